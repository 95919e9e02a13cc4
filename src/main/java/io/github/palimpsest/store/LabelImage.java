package io.github.palimpsest.store;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import io.github.palimpsest.task.UserException;

/**
 * One label for every pixel of an image, 0..255, as a PNG with a palette: the value is the label, the colour is for people.
 *
 * @param width in pixels
 * @param height in pixels
 * @param labels row-major, unsigned
 */
public record LabelImage(int width, int height, byte[] labels) {

    /** The label of pixels about which nothing is said. */
    public static final int UNLABELLED = 255;

    /** @throws IllegalArgumentException if there are not as many labels as pixels */
    public LabelImage {
        if (labels.length != width * height)
            throw new IllegalArgumentException(labels.length + " labels for " + width + "×" + height + " pixels");
    }

    /**
     * Writes it through a temporary name. The same labels and colours always give the same bytes.
     *
     * @param colours 0xRRGGBB of the labels from 0; labels beyond are grey, 255 is white
     * @throws UserException if it cannot be written, naming the file
     */
    public void write(Path file, List<Integer> colours) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, palette(colours));
        System.arraycopy(labels, 0, ((DataBufferByte) image.getRaster().getDataBuffer()).getData(), 0, labels.length);
        PngFile.write(file, image);
    }

    private static IndexColorModel palette(List<Integer> colours) {
        byte[][] rgb = new byte[3][256];
        for (int label = 0; label < 256; label++)
            for (int c = 0; c < 3; c++)
                rgb[c][label] = (byte) (label < colours.size() ? colours.get(label) >> (16 - 8 * c)
                        : label == UNLABELLED ? 255 : 128);
        return new IndexColorModel(8, 256, rgb[0], rgb[1], rgb[2]);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws UserException if the file is absent, damaged or something else, naming it
     */
    public static LabelImage read(Path file) {
        BufferedImage image;
        try (var in = Files.newInputStream(file)) {
            image = ImageIO.read(in);
        } catch (IOException | RuntimeException e) {
            throw e instanceof IOException problem ? FileProblem.reading(file, problem) : damaged(file, e);
        }
        if (image == null || image.getType() != BufferedImage.TYPE_BYTE_INDEXED && image.getType() != BufferedImage.TYPE_BYTE_GRAY)
            throw damaged(file, null);
        byte[] labels = image.getRaster().getDataElements(0, 0, image.getWidth(), image.getHeight(), null) instanceof byte[] values
                ? values : null;
        if (labels == null)
            throw damaged(file, null);
        return new LabelImage(image.getWidth(), image.getHeight(), labels);
    }

    private static UserException damaged(Path file, Exception cause) {
        return new UserException(file + " is no label image (a PNG of one channel and 8 bits): it is damaged or was replaced. "
                + "Delete it and run the same command again.", cause);
    }
}
