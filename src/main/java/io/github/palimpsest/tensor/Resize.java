package io.github.palimpsest.tensor;

import java.util.Arrays;

/** Maps and images at another size, and mirrored. Pure functions: the result never shares memory with what is given. */
public final class Resize {

    private Resize() {}

    /**
     * Bilinear interpolation with half-pixel centres: the output pixel {@code i} of {@code n} looks at the place
     * {@code (i + ½) · N / n − ½} of the input's {@code N} pixels, and beyond the outermost centres the edge goes on.
     * This is what OpenCV and PyTorch ({@code align_corners=False}) call bilinear. Nothing is averaged when the result
     * is smaller, so a strong reduction skips pixels.
     *
     * @param image {@code C×H×W}
     * @param height of the result, at least 1
     * @param width of the result, at least 1
     * @return {@code C×height×width}
     * @throws IllegalArgumentException if the image is not of rank 3 or has no pixels, or a size is below 1
     */
    public static Tensor bilinear(Tensor image, int height, int width) {
        requireImage(image);
        if (height < 1 || width < 1)
            throw new IllegalArgumentException("cannot resize to " + height + "×" + width);
        int channels = image.size(0);
        int oldHeight = image.size(1);
        int oldWidth = image.size(2);
        if (oldHeight < 1 || oldWidth < 1)
            throw new IllegalArgumentException("there is nothing to resize in " + image);
        if (oldHeight == height && oldWidth == width)
            return image.copy();

        Axis down = new Axis(oldHeight, height);
        Axis across = new Axis(oldWidth, width);
        Tensor result = Tensor.zeros(channels, height, width);
        float[] from = image.data();
        float[] to = result.data();
        // The two input rows that an output row lies between, stretched to the new width. Neighbouring output rows
        // share them.
        float[] upper = new float[width];
        float[] lower = new float[width];
        for (int c = 0; c < channels; c++) {
            int upperIs = -1;
            int lowerIs = -1;
            for (int y = 0; y < height; y++) {
                int first = down.first[y];
                int second = down.second[y];
                if (upperIs != first) {
                    if (lowerIs == first) {
                        float[] swap = upper;
                        upper = lower;
                        lower = swap;
                        lowerIs = upperIs;
                    } else {
                        across.stretch(from, (c * oldHeight + first) * oldWidth, upper);
                    }
                    upperIs = first;
                }
                if (lowerIs != second) {
                    across.stretch(from, (c * oldHeight + second) * oldWidth, lower);
                    lowerIs = second;
                }
                float weight = down.weight[y];
                int row = (c * height + y) * width;
                for (int x = 0; x < width; x++)
                    to[row + x] = upper[x] + weight * (lower[x] - upper[x]);
            }
        }
        return result;
    }

    /**
     * The mirror image, left and right exchanged.
     *
     * @param image {@code C×H×W}
     * @return {@code C×H×W}
     * @throws IllegalArgumentException if the image is not of rank 3
     */
    public static Tensor flipped(Tensor image) {
        requireImage(image);
        Tensor result = Tensor.zeros(image.shape());
        float[] from = image.data();
        float[] to = result.data();
        int width = image.size(2);
        for (int row = 0; row + width <= from.length && width > 0; row += width)
            for (int x = 0; x < width; x++)
                to[row + x] = from[row + width - 1 - x];
        return result;
    }

    private static void requireImage(Tensor image) {
        if (image.rank() != 3)
            throw new IllegalArgumentException("not C×H×W: " + Arrays.toString(image.shape()));
    }

    /** Along one axis: the two input pixels that every output pixel lies between, and the weight of the second. */
    private static final class Axis {

        final int[] first;
        final int[] second;
        final float[] weight;

        Axis(int oldSize, int newSize) {
            first = new int[newSize];
            second = new int[newSize];
            weight = new float[newSize];
            double scale = (double) oldSize / newSize;
            for (int i = 0; i < newSize; i++) {
                double place = Math.max(0, Math.min(oldSize - 1, (i + 0.5) * scale - 0.5));
                first[i] = (int) place;
                second[i] = Math.min(oldSize - 1, first[i] + 1);
                weight[i] = (float) (place - first[i]);
            }
        }

        void stretch(float[] from, int start, float[] row) {
            for (int x = 0; x < row.length; x++) {
                float left = from[start + first[x]];
                row[x] = left + weight[x] * (from[start + second[x]] - left);
            }
        }
    }
}
