package io.github.palimpsest.segmentation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.github.palimpsest.dataset.ImageCheck;
import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.dataset.ReadSettings;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * The images of a finished run of adversarial erasing, where they are now.
 *
 * @param record of the run
 * @param folder that the images' names are relative to
 */
record RunImages(RunRecord record, Path folder) {

    /**
     * Opens a run that segmentation can learn from.
     *
     * @param moved the folder of the images, if it is not where the run found them; may be null
     * @throws UserException if there is no run, it is not finished, or its images are not there, with what to do
     */
    static RunImages open(RunFolder run, Path moved) {
        RunRecord record = record(run);
        if (!record.finished())
            throw new UserException("The run in " + run.root() + " has not come to its end: run train-ae with its settings again, "
                    + "it goes on where it stopped.");
        if (record.images().isEmpty() || record.rounds().stream().noneMatch(RoundRecord::merged))
            throw new UserException("The run in " + run.root() + " has no round that was merged, so there is nothing to make masks "
                    + "of. Begin a run in another output, with a lower stop_at= or rounds=1.");
        RunImages images = new RunImages(record, moved == null ? Path.of(record.folder()) : moved);
        if (!Files.exists(images.file(0)))
            throw new UserException("The image " + images.file(0) + " of this run is not there. Give images= the folder that the "
                    + "run's images are in now.");
        return images;
    }

    /**
     * Reads what a run says of itself.
     *
     * @throws UserException if there is no run, or a newer version wrote it
     */
    static RunRecord record(RunFolder run) {
        if (!Files.exists(run.record()))
            throw new UserException("There is no run in " + run.root() + " (no run.json). Give output= the folder that train-ae "
                    + "wrote, or use run-all.");
        Written written = Json.read(run.record(), Written.class);
        if (written.format() > RunRecord.FORMAT)
            throw new UserException("The run in " + run.root() + " was written by a newer version (" + written.program()
                    + "). Install that version.");
        return Json.read(run.record(), RunRecord.class);
    }

    /** What every version of a run's record says. */
    private record Written(int format, String program) {}

    /** Tells this run from others: it stays when the images are moved, and changes when anything else does. */
    String identity() {
        String content = Json.text(new RunRecord(record.format(), "", record.command(), record.settings(), record.engine(),
                record.device(), record.threads(), "", record.tags(), record.mean(), record.images(), List.of(), List.of(),
                record.rounds(), record.finished()));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    int size() {
        return record.images().size();
    }

    String name(int image) {
        return record.images().get(image).name();
    }

    Path file(int image) {
        return folder.resolve(name(image));
    }

    /** The image, {@code 3×H×W}, RGB 0..255. */
    Tensor read(int image) {
        return ImageReader.read(file(image));
    }

    /** The numbers of an image's tags, from 0. */
    List<Integer> tags(int image) {
        return record.images().get(image).tags().stream().map(record.tags()::indexOf).toList();
    }

    /** Whether each image has exactly one tag, so that tags exclude each other. */
    boolean isOneTagEach() {
        return record.images().stream().allMatch(image -> image.tags().size() == 1);
    }

    /** The last round that was merged. */
    int rounds() {
        return (int) record.rounds().stream().filter(RoundRecord::merged).count();
    }

    /** The pixels of the largest image. */
    long mostPixels() {
        return record.images().stream().mapToLong(image -> (long) image.width() * image.height()).max().orElse(0);
    }

    /** Half of the images are at most this long, in pixels. */
    int medianLongestSide() {
        int[] sides = record.images().stream().mapToInt(image -> Math.max(image.width(), image.height())).sorted().toArray();
        return sides[(sides.length - 1) / 2];
    }

    /**
     * Makes sure that the images are still those that the run was made of.
     *
     * @throws UserException for the first one that is gone or has changed
     */
    void requireUnchanged(int threads, Progress progress) {
        List<TaggedImage> files = new ArrayList<>();
        for (int i = 0; i < size(); i++)
            files.add(new TaggedImage(name(i), file(i), tags(i)));
        List<ImageCheck> checks = ImageCheck.all(files, ReadSettings.DEFAULT, threads, progress);
        for (int i = 0; i < size(); i++) {
            ImageRecord known = record.images().get(i);
            if (!checks.get(i).isUsable())
                throw new UserException(checks.get(i).problem() + " The run was made with it: restore it, or begin a new run.");
            if (!checks.get(i).sha256().equals(known.checksum()))
                throw new UserException("The image " + file(i) + " has changed since the run was made: restore it, or begin a new "
                        + "run.");
        }
    }
}
