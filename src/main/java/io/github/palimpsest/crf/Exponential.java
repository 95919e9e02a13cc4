package io.github.palimpsest.crf;

/**
 * The exponential function of many numbers at once: e to the power of x / 64 from a polynomial, squared six times.
 * Without branches, tables and tricks on bits the compiler turns the loop into vectors.
 */
final class Exponential {

    /** Below, the result would not be a normal number. */
    private static final float LEAST = -87;

    /** Of LEAST / 64 .. 0: the polynomial is the Taylor series there. */
    private static final float MIDDLE = LEAST / 128;

    private static final double C = Math.exp(MIDDLE);
    private static final float C0 = (float) C;
    private static final float C2 = (float) (C / 2);
    private static final float C3 = (float) (C / 6);
    private static final float C4 = (float) (C / 24);
    private static final float C5 = (float) (C / 120);
    private static final float C6 = (float) (C / 720);
    private static final float C7 = (float) (C / 5040);
    private static final float C8 = (float) (C / 40320);
    private static final float C9 = (float) (C / 362880);

    private Exponential() {}

    /**
     * Replaces each x by w e<sup>x − a</sup>, to a relative error of 2e-5.
     *
     * @param a at least x; a difference of more than 87 counts as 87
     * @param w the factors
     */
    static void apply(float[] x, float[] a, float[] w) {
        for (int i = 0; i < x.length; i++) {
            float t = Math.max(x[i] - a[i], LEAST) * (1 / 64f) - MIDDLE;
            float y = C4 + t * (C5 + t * (C6 + t * (C7 + t * (C8 + t * C9))));
            y = C0 + t * (C0 + t * (C2 + t * (C3 + t * y)));
            y *= y;
            y *= y;
            y *= y;
            y *= y;
            y *= y;
            x[i] = w[i] * (y * y);
        }
    }
}
