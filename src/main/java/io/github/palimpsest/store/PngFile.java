package io.github.palimpsest.store;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as PNG; the same picture always gives the same bytes. */
public final class PngFile {

    private PngFile() {}

    /**
     * Writes a picture through a temporary name.
     *
     * @throws io.github.palimpsest.task.UserException if it cannot be written, naming the file
     */
    public static void write(Path file, BufferedImage picture) {
        byte[] png = bytes(picture);
        AtomicFile.write(file, out -> out.write(png));
    }

    /** Encoded in memory, without ImageIO's cache on disk. */
    public static byte[] bytes(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(picture, "png", out))
                throw new IllegalStateException("Java has no writer for PNG");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
