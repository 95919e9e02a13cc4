package io.github.palimpsest.segmentation;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import javax.imageio.ImageIO;

import io.github.palimpsest.erasing.AdversarialErasing;
import io.github.palimpsest.erasing.ErasingSettings;
import io.github.palimpsest.erasing.SmallRun;
import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.Progress;

/** A segmentation of a {@link SmallRun} that takes about a second. */
public final class SmallSegmentation {

    /** Every mixture of the two tags. */
    static final int IMAGES = 8;

    private SmallSegmentation() {}

    /** Draws images in {@code images} and makes a run of them in {@code run}, both in a folder. */
    public static RunFolder run(Path folder) {
        return run(folder, drawn(folder.resolve("images")));
    }

    /** Makes a run of images in {@code run}. */
    static RunFolder run(Path folder, Path images) {
        AdversarialErasing.train(ErasingSettings.parse(SmallRun.settings(images, folder.resolve("run"), "epochs", "4", "batch",
                "3", "crop", "48", "loss", "logistic", "delta", "0.6")), Progress.silent());
        return new RunFolder(folder.resolve("run"));
    }

    /**
     * Draws red discs and green ones, each a tag, on a grey that is not quite even: what a network learns in no time. There is an
     * image of both, one of neither, and one that is not square.
     */
    static Path drawn(Path folder) {
        StringBuilder table = new StringBuilder("image,tags\n");
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < IMAGES; i++) {
            boolean red = i % 2 == 0 && i != 2 || i == 3;
            boolean green = i % 2 == 1;
            BufferedImage image = new BufferedImage(i == 1 ? 56 : 48, 48, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 48; y++)
                for (int x = 0; x < image.getWidth(); x++)
                    image.setRGB(x, y, 0x010101 * (60 + random.nextInt(8)));
            if (red)
                disc(image, 14 + random.nextInt(6), 14 + random.nextInt(20), 0xd02020);
            if (green)
                disc(image, 34 - random.nextInt(6), 14 + random.nextInt(20), 0x20b040);
            write(image, folder.resolve("disc" + i + ".png"));
            table.append("disc" + i + ".png," + (red && green ? "red;green" : red ? "red" : green ? "green" : "") + "\n");
        }
        AtomicFile.writeString(folder.resolve("tags.csv"), table.toString());
        return folder;
    }

    /** Draws cells, of which ten have a nucleus and three have none, and three empty images. */
    static Path cells(Path folder) {
        StringBuilder table = new StringBuilder("image,tags\n");
        SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < 16; i++) {
            BufferedImage image = new BufferedImage(48, 48, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 48; y++)
                for (int x = 0; x < 48; x++)
                    image.setRGB(x, y, 0x010101 * (60 + random.nextInt(8)));
            int cx = 18 + random.nextInt(12), cy = 18 + random.nextInt(12);
            if (i < 13)
                disc(image, cx, cy, 14, 0x20b040);
            if (i < 10)
                disc(image, cx, cy, 7, 0xd02020);
            write(image, folder.resolve("cell" + i + ".png"));
            table.append("cell" + i + ".png," + (i < 10 ? "cell;nucleus" : i < 13 ? "cell" : "") + "\n");
        }
        AtomicFile.writeString(folder.resolve("tags.csv"), table.toString());
        return folder;
    }

    private static void disc(BufferedImage image, int cx, int cy, int rgb) {
        disc(image, cx, cy, 9, rgb);
    }

    private static void disc(BufferedImage image, int cx, int cy, int radius, int rgb) {
        for (int y = 0; y < image.getHeight(); y++)
            for (int x = 0; x < image.getWidth(); x++)
                if ((x - cx) * (x - cx) + (y - cy) * (y - cy) <= radius * radius)
                    image.setRGB(x, y, rgb);
    }

    private static void write(BufferedImage image, Path file) {
        AtomicFile.write(file, out -> ImageIO.write(image, "png", out));
    }

    /**
     * Settings of a small whole segmentation beside its run; more, or others, as key, value, key, value. The cue is given,
     * because choosing one takes longer than all the rest.
     */
    public static Map<String, String> settings(RunFolder run, Path result, String... more) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of("output", run.root().toString(), "result", result.toString(),
                "device", "cpu", "masks", "crf", "background", "low_response", "background_score", "0.45", "background_weight", "0.2"));
        settings.putAll(Map.of("merge", "2", "epochs", "3", "batch", "2", "learning_rate", "0.01"));
        for (int i = 0; i < more.length; i += 2)
            settings.put(more[i], more[i + 1]);
        if ("paper".equals(settings.get("masks")))
            settings.keySet().removeAll(List.of("background_score", "background_weight"));
        return settings;
    }

    /** A segmentation of a run in a folder; more settings as key, value, key, value. */
    public static SegmentationRecord train(RunFolder run, Path result, Progress progress, String... more) {
        ProhibitiveSegmentationLearning.train(SegmentationSettings.parse(settings(run, result, more)), progress);
        return Json.read(new RunFolder(result).segmentationRecord(), SegmentationRecord.class);
    }
}
