package io.github.palimpsest.dataset;

import io.github.palimpsest.tensor.Tensor;

/**
 * An image's values as the file has them.
 *
 * @param channels one (grey) or three (red, green, blue) of {@code width × height} values
 * @param deep whether the values are of more than 8 bits and have to be normalised; else they are 0..255
 * @param inverted whether 0 is white
 */
record Samples(int width, int height, float[][] channels, boolean deep, boolean inverted) {

    /** The image as a tensor {@code 3×H×W} of 0..255; uses up the values. */
    Tensor toTensor(Normalization normalization) {
        if (deep)
            normalization.apply(channels);
        int n = width * height;
        float[] rgb = new float[3 * n];
        for (int c = 0; c < 3; c++)
            System.arraycopy(channels[channels.length == 1 ? 0 : c], 0, rgb, c * n, n);
        if (inverted)
            for (int i = 0; i < rgb.length; i++)
                rgb[i] = 255 - rgb[i];
        return Tensor.of(rgb, 3, height, width);
    }
}
