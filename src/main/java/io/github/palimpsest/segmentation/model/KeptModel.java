package io.github.palimpsest.segmentation.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.store.RealPath;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/**
 * The model that was applied last, kept ready for the next image: a macro that calls a command for each of a thousand
 * images opens it once. Another model, a file that changed, or other settings take its place; there is never more than
 * one.
 */
public final class KeptModel {

    private static final ReentrantLock BUSY = new ReentrantLock();
    private static final Relay RELAY = new Relay();

    private static Key key;
    private static Segmenter segmenter;

    private KeptModel() {}

    /** What a model is known by; a file that is moved into another's place has another number in its file system. */
    private record Key(Path file, long size, FileTime modified, Object number, EngineSettings engine, Limits limits) {

        static Key of(ApplySettings settings) {
            Path file = RealPath.of(settings.model());
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return new Key(file, found.size(), found.lastModifiedTime(), found.fileKey(), settings.engine(),
                        settings.limits());
            } catch (IOException e) {
                return null;
            }
        }
    }

    /** Speaks to whoever uses the model now. */
    private static final class Relay implements Progress {

        private volatile Progress to = Progress.silent();

        @Override
        public void report(double fraction, String stage) {
            to.report(fraction, stage);
        }

        @Override
        public void say(String sentence) {
            to.say(sentence);
        }

        @Override
        public void warn(String sentence) {
            to.warn(sentence);
        }

        @Override
        public boolean isCancelled() {
            return to.isCancelled();
        }
    }

    /**
     * Works with a model, opened now or before; with one worker, 0.
     *
     * @throws UserException if it cannot be opened, or is at work for somebody else
     */
    public static <R> R use(ApplySettings settings, Progress progress, Function<Segmenter, R> work) {
        if (!BUSY.tryLock())
            throw new UserException("Another image is being segmented: wait until that is done, or cancel it.");
        boolean sane = false;
        try {
            RELAY.to = progress;
            R result = work.apply(ready(settings, progress));
            sane = true;
            return result;
        } catch (UserException | CancelledException e) {
            sane = true;
            throw e;
        } finally {
            RELAY.to = Progress.silent();
            if (!sane)
                drop();
            BUSY.unlock();
        }
    }

    /** Closes the model that is kept, if there is one and nobody is working with it. */
    public static void close() {
        if (!BUSY.tryLock())
            return;
        try {
            drop();
        } finally {
            BUSY.unlock();
        }
    }

    private static Segmenter ready(ApplySettings settings, Progress progress) {
        Key wanted = Key.of(settings);
        if (segmenter != null && wanted != null && wanted.equals(key))
            return segmenter;
        drop();
        SegmentationModel model = SegmentationModel.open(settings.model());
        Engine engine = Engines.start(settings.engine());
        progress.say(engine.status().sentence());
        segmenter = new Segmenter(model, engine, 1, settings.engine().threads(), settings.limits(), RELAY);
        key = wanted;
        return segmenter;
    }

    private static void drop() {
        if (segmenter != null)
            segmenter.close();
        segmenter = null;
        key = null;
    }
}
