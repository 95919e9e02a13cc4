package io.github.palimpsest.background;

import io.github.palimpsest.tensor.Tensor;

/** sRGB colours in CIE L*a*b* under D65 (IEC 61966-2-1 and CIE 15), where distances are about as people see them. */
final class LabColour {

    private static final double[] WHITE = {0.95047, 1, 1.08883};

    private LabColour() {}

    /**
     * @param rgb {@code 3×H×W}, 0..255
     * @return of each pixel L (0..100), a and b: {@code 3 · H·W} values, L of all pixels first
     */
    static float[] of(Tensor rgb) {
        int n = rgb.length() / 3;
        float[] from = rgb.data();
        float[] lab = new float[3 * n];
        for (int i = 0; i < n; i++) {
            double r = linear(from[i] / 255.0);
            double g = linear(from[n + i] / 255.0);
            double b = linear(from[2 * n + i] / 255.0);
            double x = bent((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE[0]);
            double y = bent((0.2126729 * r + 0.7151522 * g + 0.0721750 * b) / WHITE[1]);
            double z = bent((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / WHITE[2]);
            lab[i] = (float) (116 * y - 16);
            lab[n + i] = (float) (500 * (x - y));
            lab[2 * n + i] = (float) (200 * (y - z));
        }
        return lab;
    }

    private static double linear(double v) {
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static double bent(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }
}
