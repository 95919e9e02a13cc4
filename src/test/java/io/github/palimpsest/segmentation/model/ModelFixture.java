package io.github.palimpsest.segmentation.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import io.github.palimpsest.store.SegmentedImage;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Tensor;

/**
 * Makes the model of format 1 that every later version must open, {@code format-1.palimpsest}, and what it says of a
 * picture, {@code format-1-labels.png}. They were made once, by the version that brought the format, and are not to be
 * made again: run {@code main} with a folder only to make the files of another format.
 */
final class ModelFixture {

    static final int HEIGHT = 64;
    static final int WIDTH = 96;

    private ModelFixture() {}

    static Tensor picture() {
        return SmallModel.waves(HEIGHT, WIDTH);
    }

    static Segmentation segmented(SegmentationModel model) {
        try (Segmenter segmenter = new Segmenter(model, SmallModel.engine(), 1, 1, Limits.DEFAULT, Progress.silent())) {
            return segmenter.segment(picture(), Segmenter.Options.DEFAULT, 0);
        }
    }

    /** Packs it more tightly than models are written, because it goes into the repository. */
    private static void compress(Path from, Path to) throws IOException {
        try (ZipFile stored = new ZipFile(from.toFile());
                ZipOutputStream compressed = new ZipOutputStream(Files.newOutputStream(to))) {
            compressed.setLevel(9);
            for (ZipEntry entry : stored.stream().toList()) {
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                compressed.putNextEntry(copy);
                stored.getInputStream(entry).transferTo(compressed);
                compressed.closeEntry();
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        String name = "format-" + ModelDescription.FORMAT;
        SegmentationModel model = SmallModel.telling();
        Path stored = Files.createTempFile("fixture", ".palimpsest");
        model.write(stored);
        compress(stored, folder.resolve(name + ".palimpsest"));
        Files.delete(stored);
        Segmentation found = segmented(model);
        new SegmentedImage(WIDTH, HEIGHT, found.labels(), 3).writePng(folder.resolve(name + "-labels.png"),
                model.description().rgb());
    }
}
