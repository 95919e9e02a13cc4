package io.github.palimpsest.evaluation.masks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

import io.github.palimpsest.task.Progress;

/** A folder of masks and one of predictions, to be filled. */
record LabelFolders(Path root) {

    LabelFolders {
        try {
            Files.createDirectories(root.resolve("data/masks"));
            Files.createDirectories(root.resolve("predictions"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path masks() {
        return root.resolve("data/masks");
    }

    Path predictions() {
        return root.resolve("predictions");
    }

    void classes(String text) throws IOException {
        Files.writeString(root.resolve("data/classes.txt"), text);
    }

    void legend(String text) throws IOException {
        Files.writeString(predictions().resolve("legend.csv"), text);
    }

    void mask(String name, int width, int... values) throws IOException {
        write(masks().resolve(name), width, values);
    }

    /** 16 bits where a value needs them. */
    void prediction(String name, int width, int... values) throws IOException {
        write(predictions().resolve(name), width, values);
    }

    /** Loses the second half of a file. */
    void cut(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(root.resolve(name));
        Files.write(root.resolve(name), Arrays.copyOf(bytes, bytes.length / 2));
    }

    private static void write(Path file, int width, int... values) throws IOException {
        boolean deep = Arrays.stream(values).anyMatch(value -> value > 255);
        BufferedImage image = new BufferedImage(width, values.length / width,
                deep ? BufferedImage.TYPE_USHORT_GRAY : BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, width, values.length / width, values);
        Files.createDirectories(file.getParent());
        String name = file.toString();
        if (!ImageIO.write(image, name.endsWith(".tif") ? "tiff" : "png", file.toFile()))
            throw new IOException("no writer for " + name);
    }

    /** A progress that keeps all sentences. */
    static Progress listening(List<String> sentences) {
        return new Progress() {
            @Override
            public void report(double fraction, String stage) {}

            @Override
            public void say(String sentence) {
                sentences.add(sentence);
            }

            @Override
            public void warn(String sentence) {
                sentences.add(sentence);
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
    }
}
