package io.github.palimpsest.dataset;

import java.util.Arrays;

import io.github.palimpsest.tensor.Tensor;

/**
 * An image's values as the file has them.
 *
 * @param channels one (grey) or three (red, green, blue) of {@code width × height} values
 * @param full the largest value of the file's type: 255, 65535…, and 1 for floating point
 * @param deep whether the values are of more than 8 bits and have to be normalised; else they are 0..255
 * @param inverted whether 0 is white
 */
record Samples(int width, int height, float[][] channels, float full, boolean deep, boolean inverted) {

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

    /**
     * The values of a grey image as fractions of the largest value of their type, 0 black; values of floating point as
     * they are. Null if the channels differ, so if the image has colours.
     */
    Tensor toFractions() {
        float[] grey = channels[0];
        for (float[] channel : channels)
            if (!Arrays.equals(channel, grey))
                return null;
        float[] fractions = new float[grey.length];
        for (int i = 0; i < fractions.length; i++) {
            float fraction = grey[i] / full;
            fractions[i] = inverted ? 1 - fraction : fraction;
        }
        return Tensor.of(fractions, 1, height, width);
    }
}
