package io.github.palimpsest.report;

import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.tensor.Tensor;

/** Images and labels at a size for looking at. */
final class Reduction {

    private Reduction() {}

    /** The width of an image {@code C×H×W} whose longest side is cut down to this. */
    static int width(Tensor pixels, int longest) {
        return reduced(pixels.size(2), pixels, longest);
    }

    /** The height of an image {@code C×H×W} whose longest side is cut down to this. */
    static int height(Tensor pixels, int longest) {
        return reduced(pixels.size(1), pixels, longest);
    }

    private static int reduced(int side, Tensor pixels, int longest) {
        double scale = Math.min(1, (double) longest / Math.max(pixels.size(1), pixels.size(2)));
        return (int) Math.max(1, StrictMath.round(scale * side));
    }

    /**
     * Means over the pixels that fall on each smaller one, 0xRRGGBB.
     *
     * @param pixels {@code C×H×W}, 1 or 3 channels, 0..255
     */
    static int[] colours(Tensor pixels, int width, int height) {
        int oldHeight = pixels.size(1);
        int oldWidth = pixels.size(2);
        int[] reduced = new int[width * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) {
                int top = (int) ((long) y * oldHeight / height);
                int bottom = (int) Math.max(top + 1, (long) (y + 1) * oldHeight / height);
                int left = (int) ((long) x * oldWidth / width);
                int right = (int) Math.max(left + 1, (long) (x + 1) * oldWidth / width);
                for (int c = 0; c < 3; c++) {
                    int plane = Math.min(c, pixels.size(0) - 1) * oldHeight;
                    double sum = 0;
                    for (int row = top; row < bottom; row++)
                        for (int column = left; column < right; column++)
                            sum += pixels.data()[(plane + row) * oldWidth + column];
                    double value = sum / ((bottom - top) * (right - left));
                    reduced[y * width + x] |= (int) StrictMath.round(Math.max(0, Math.min(255, value))) << 16 - 8 * c;
                }
            }
        return reduced;
    }

    /** The label at each smaller pixel's centre: labels have no mean. */
    static int[] labels(LabelStack stack, int slice, int width, int height) {
        return labels(stack.slices().get(slice), stack.width(), stack.height(), width, height);
    }

    /** {@link #labels(LabelStack, int, int, int)} of an image's labels. */
    static int[] labels(byte[] labels, int oldWidth, int oldHeight, int width, int height) {
        int[] reduced = new int[width * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) {
                int row = (int) ((y + .5) * oldHeight / height);
                int column = (int) ((x + .5) * oldWidth / width);
                reduced[y * width + x] = labels[row * oldWidth + column] & 255;
            }
        return reduced;
    }
}
