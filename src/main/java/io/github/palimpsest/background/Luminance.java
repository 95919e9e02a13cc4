package io.github.palimpsest.background;

import io.github.palimpsest.tensor.Tensor;

/** Grey levels of colour pictures, by the weights of ITU-R BT.601: .299 red, .587 green, .114 blue, rounded. */
final class Luminance {

    private Luminance() {}

    /**
     * @param rgb {@code 3×H×W}, 0..255
     * @return of each pixel, 0..255; grey pixels keep their value
     */
    static int[] of(Tensor rgb) {
        int n = rgb.size(1) * rgb.size(2);
        float[] from = rgb.data();
        int[] levels = new int[n];
        for (int i = 0; i < n; i++) {
            double level = 0.299 * from[i] + 0.587 * from[n + i] + 0.114 * from[2 * n + i];
            levels[i] = (int) Math.max(0, Math.min(255, Math.round(level)));
        }
        return levels;
    }
}
