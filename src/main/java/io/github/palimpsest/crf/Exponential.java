package io.github.palimpsest.crf;

/** The exponential function in single precision, several times as fast as {@link Math#exp}. */
final class Exponential {

    private static final float LOG2_E = 1.44269504f;
    // ln 2 in two parts, the first with few bits, so that its multiples are exact.
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    // Adding it leaves the nearest whole number in the low bits.
    private static final float ROUNDER = 12582912f;

    private Exponential() {}

    /**
     * e to the power of x, to a relative error of 3e-7.
     *
     * @param x at most 0; below −87 the result is 0
     */
    static float of(float x) {
        if (x < -87)
            return 0;
        float shifted = x * LOG2_E + ROUNDER;
        float whole = shifted - ROUNDER;
        float r = x - whole * LN2_HIGH - whole * LN2_LOW;
        // Not Horner's chain: the processor works on the three parts at a time.
        float square = r * r;
        float fourth = 1 / 24f + r * (1 / 120f + r * (1 / 720f));
        float series = 1 + r + square * (1 / 2f + r * (1 / 6f) + square * fourth);
        int exponent = Float.floatToRawIntBits(shifted) << 23;
        return Float.intBitsToFloat(Float.floatToRawIntBits(series) + exponent);
    }
}
