package io.github.palimpsest.segmentation.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.task.CancellableProgress;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.UserException;

class KeptModelTest {

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("model.palimpsest");
        SmallModel.model().write(file);
    }

    @AfterEach
    void close() {
        KeptModel.close();
    }

    private ApplySettings settings(String tile) {
        return ApplySettings.parse(new SettingsText(ApplySettings.defaultsAnd(Map.of()), Map.of("model", file.toString(),
                "device", "cpu", "threads", "1", "memory", "4096", "tile", tile)));
    }

    private Segmenter opened() {
        return KeptModel.use(settings("1"), Progress.silent(), segmenter -> segmenter);
    }

    @Test
    void oneModelIsOpenedOnce() throws IOException {
        Segmenter first = opened();
        assertSame(first, opened());
        Path link = Files.createSymbolicLink(folder.resolve("link.palimpsest"), file);
        file = link;
        assertSame(first, opened(), "another name of the same file");
    }

    @Test
    void whatChangedIsOpenedAnew() throws IOException {
        Segmenter first = opened();
        SmallModel.telling().write(file);
        Segmenter second = opened();
        assertNotSame(first, second);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        Segmenter third = opened();
        assertNotSame(second, third);
        assertNotSame(third, KeptModel.use(settings("2"), Progress.silent(), segmenter -> segmenter));
    }

    @Test
    void theSameComesOutOfAModelThatWasKept() {
        Segmenter.Options options = new Segmenter.Options(Optional.empty(), true);
        Segmentation first = KeptModel.use(settings("1"), Progress.silent(),
                segmenter -> segmenter.segment(SmallModel.waves(40, 50), options, 0));
        KeptModel.use(settings("1"), Progress.silent(), segmenter -> segmenter.segment(SmallModel.waves(64, 33), options, 0));
        Segmentation again = KeptModel.use(settings("1"), Progress.silent(),
                segmenter -> segmenter.segment(SmallModel.waves(40, 50), options, 0));
        assertEquals(first.probabilities(), again.probabilities());
    }

    @Test
    void whoeverUsesItNowCanCancelIt() {
        Segmenter.Options refined = Segmenter.Options.DEFAULT;
        opened();
        assertThrows(CancelledException.class, () -> KeptModel.use(settings("1"), new CancellableProgress(() -> true),
                segmenter -> segmenter.segment(SmallModel.waves(40, 50), refined, 0)));
        assertEquals(2000, KeptModel.use(settings("1"), Progress.silent(),
                segmenter -> segmenter.segment(SmallModel.waves(40, 50), refined, 0)).labels().length);
    }

    @Test
    void anotherOneIsToldToWait() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Segmenter> work = other.submit(() -> KeptModel.use(settings("1"), Progress.silent(), segmenter -> {
                inside.countDown();
                try {
                    enough.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return segmenter;
            }));
            inside.await();
            String said = assertThrows(UserException.class, this::opened).getMessage();
            assertTrue(said.startsWith("Another image is being segmented"), said);
            KeptModel.close();
            enough.countDown();
            assertSame(work.get(), opened(), "nobody closed it meanwhile");
        } finally {
            enough.countDown();
            other.shutdown();
        }
    }

    @Test
    void whatFailedUnexpectedlyIsNotKept() {
        Segmenter first = opened();
        assertThrows(IllegalStateException.class, () -> KeptModel.use(settings("1"), Progress.silent(), segmenter -> {
            throw new IllegalStateException("who knows");
        }));
        Segmenter second = opened();
        assertNotSame(first, second);
        assertThrows(UserException.class, () -> KeptModel.use(settings("1"), Progress.silent(), segmenter -> {
            throw new UserException("The tag is unknown.");
        }));
        assertSame(second, opened());
    }

    @Test
    void aBadFileIsASentenceAndLeavesNothingBehind() throws IOException {
        opened();
        Files.writeString(file, "no model");
        assertThrows(UserException.class, this::opened);
        Files.delete(file);
        assertTrue(assertThrows(UserException.class, this::opened).getMessage().contains("There is no model"));
        SmallModel.model().write(file);
        opened();
    }
}
