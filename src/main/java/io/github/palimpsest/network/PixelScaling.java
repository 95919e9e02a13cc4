package io.github.palimpsest.network;

import java.util.Arrays;

import io.github.palimpsest.tensor.Tensor;

/** How RGB pixels of 0..255 become what a network was trained on. */
enum PixelScaling {

    /** {@code x/127.5 − 1}, RGB: Keras' mode {@code tf}. */
    PLUS_MINUS_ONE(new int[] { 0, 1, 2 }, new float[] { 127.5f, 127.5f, 127.5f }, 127.5f),

    /** BGR less the mean of ImageNet, not scaled: Keras' mode {@code caffe}. */
    CAFFE(new int[] { 2, 1, 0 }, new float[] { 103.939f, 116.779f, 123.68f }, 1);

    private final int[] source;
    private final float[] mean;
    private final float divisor;

    PixelScaling(int[] source, float[] mean, float divisor) {
        this.source = source;
        this.mean = mean;
        this.divisor = divisor;
    }

    Tensor apply(Tensor rgb) {
        if (rgb.rank() < 3 || rgb.rank() > 4 || rgb.size(-3) != 3)
            throw new IllegalArgumentException("not 3×H×W or N×3×H×W: " + Arrays.toString(rgb.shape()));
        Tensor scaled = Tensor.zeros(rgb.shape());
        float[] from = rgb.data();
        float[] to = scaled.data();
        int plane = rgb.size(-1) * rgb.size(-2);
        for (int image = 0; image < to.length; image += 3 * plane)
            for (int c = 0; c < 3; c++)
                for (int i = 0, in = image + source[c] * plane, out = image + c * plane; i < plane; i++)
                    to[out + i] = (from[in + i] - mean[c]) / divisor;
        return scaled;
    }
}
