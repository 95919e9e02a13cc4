package io.github.palimpsest.segmentation.model;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

import io.github.palimpsest.store.PngFile;
import io.github.palimpsest.tensor.Tensor;

/** The labels as colours laid over the image; the background stays as it is. */
public final class Overlay {

    /** How much of the label's colour there is, 0..1. */
    private static final double OPACITY = 0.5;

    private Overlay() {}

    /**
     * Writes it as a PNG through a temporary name.
     *
     * @param rgb {@code 3×H×W}, 0..255
     * @param colours 0xRRGGBB of all labels, the background's first
     */
    static void write(Path file, Tensor rgb, Segmentation segmentation, List<Integer> colours) {
        int width = segmentation.width();
        BufferedImage picture = new BufferedImage(width, segmentation.height(), BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, width, segmentation.height(), pixels(rgb, segmentation, colours), 0, width);
        PngFile.write(file, picture);
    }

    /** Its pixels as 0xRRGGBB, row-major. */
    public static int[] pixels(Tensor rgb, Segmentation segmentation, List<Integer> colours) {
        int plane = segmentation.labels().length;
        int[] pixels = new int[plane];
        for (int i = 0; i < plane; i++) {
            int label = segmentation.labels()[i] & 0xffff;
            double opacity = label == 0 ? 0 : OPACITY;
            int colour = 0;
            for (int c = 0; c < 3; c++) {
                double value = (1 - opacity) * rgb.data()[c * plane + i]
                        + opacity * (colours.get(label) >> 16 - 8 * c & 0xff);
                colour = colour << 8 | (int) Math.max(0, Math.min(255, Math.round(value)));
            }
            pixels[i] = colour;
        }
        return pixels;
    }
}
