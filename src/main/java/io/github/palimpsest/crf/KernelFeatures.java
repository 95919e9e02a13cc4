package io.github.palimpsest.crf;

import io.github.palimpsest.tensor.Tensor;

/**
 * Where each pixel lies for a Gaussian kernel: its position and, for the bilateral one, its channels, in standard
 * deviations.
 */
final class KernelFeatures {

    private final int width;
    private final int height;
    private final float xy;
    private final float[] channels;
    private final float rgb;
    private final int dimension;

    private KernelFeatures(int width, int height, double xy, float[] channels, int channelCount, double rgb) {
        this.width = width;
        this.height = height;
        this.xy = (float) xy;
        this.channels = channels;
        this.rgb = (float) rgb;
        this.dimension = 2 + channelCount;
    }

    /** Positions alone. @param xy standard deviation in pixels */
    static KernelFeatures ofPositions(int width, int height, double xy) {
        return new KernelFeatures(width, height, xy, new float[0], 0, 1);
    }

    /** Positions and channels. @param image {@code C×H×W} */
    static KernelFeatures ofImage(Tensor image, double xy, double rgb) {
        return new KernelFeatures(image.size(2), image.size(1), xy, image.data(), image.size(0), rgb);
    }

    int pixels() {
        return width * height;
    }

    /** 2 + the number of channels. */
    int dimension() {
        return dimension;
    }

    /** Writes where a pixel lies. */
    void at(int pixel, float[] feature) {
        feature[0] = pixel % width / xy;
        feature[1] = pixel / width / xy;
        int n = pixels();
        for (int d = 2, i = pixel; d < dimension; d++, i += n)
            feature[d] = channels[i] / rgb;
    }

    /** The least and the greatest value along a dimension. */
    float[] range(int d) {
        if (d < 2)
            return new float[] {0, ((d == 0 ? width : height) - 1) / xy};
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        for (int i = (d - 2) * pixels(); i < (d - 1) * pixels(); i++) {
            least = Math.min(least, channels[i]);
            greatest = Math.max(greatest, channels[i]);
        }
        return new float[] {least / rgb, greatest / rgb};
    }
}
