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

        Bilinear planes = new Bilinear(oldHeight, oldWidth, height, width);
        Tensor result = Tensor.zeros(channels, height, width);
        for (int c = 0; c < channels; c++)
            planes.resize(image.data(), c * oldHeight * oldWidth, result.data(), c * height * width);
        return result;
    }

    /**
     * A rectangle of what {@link #bilinear} would give, to the last bit, without the rest.
     *
     * @param image {@code C×H×W}
     * @param wholeHeight of the whole result
     * @param wholeWidth of the whole result
     * @param top first row of the rectangle
     * @param left first column of the rectangle
     * @param height of the rectangle, at least 1
     * @param width of the rectangle, at least 1
     * @return {@code C×height×width}
     * @throws IllegalArgumentException if the image is not of rank 3 or has no pixels, or the rectangle is empty or leaves
     *             the whole result
     */
    public static Tensor window(Tensor image, int wholeHeight, int wholeWidth, int top, int left, int height, int width) {
        requireImage(image);
        int plane = image.size(1) * image.size(2);
        Bilinear planes = Bilinear.window(image.size(1), image.size(2), wholeHeight, wholeWidth, top, left, height, width);
        Tensor result = Tensor.zeros(image.size(0), height, width);
        for (int c = 0; c < image.size(0); c++)
            planes.resize(image.data(), c * plane, result.data(), c * height * width);
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
}
