package io.github.palimpsest.engine.dl4j;

import java.util.Arrays;

/**
 * Sums that vectorise. Java may not reorder the additions of one running sum, so there are {@value #LANES} of them side by side;
 * each takes a few floats only and then goes into a double, so that nearly nothing is lost.
 */
final class Sums {

    private static final int LANES = 64;
    private static final int STRETCH = 16 * LANES;

    private Sums() {}

    static double of(float[] values) {
        float[] lanes = new float[LANES];
        double total = 0;
        int whole = values.length / LANES * LANES;
        for (int at = 0; at < whole; at += STRETCH) {
            Arrays.fill(lanes, 0);
            for (int i = at; i < Math.min(whole, at + STRETCH); i += LANES)
                for (int k = 0; k < LANES; k++)
                    lanes[k] += values[i + k];
            for (float lane : lanes)
                total += lane;
        }
        for (int i = whole; i < values.length; i++)
            total += values[i];
        return total;
    }

    /** The sum of {@code a·(b − shift)}. */
    static double ofProducts(float[] a, float[] b, float shift) {
        float[] lanes = new float[LANES];
        double total = 0;
        int whole = a.length / LANES * LANES;
        for (int at = 0; at < whole; at += STRETCH) {
            Arrays.fill(lanes, 0);
            for (int i = at; i < Math.min(whole, at + STRETCH); i += LANES)
                for (int k = 0; k < LANES; k++)
                    lanes[k] += a[i + k] * (b[i + k] - shift);
            for (float lane : lanes)
                total += lane;
        }
        for (int i = whole; i < a.length; i++)
            total += a[i] * (b[i] - shift);
        return total;
    }

    /** The sum of {@code (value − shift)²}. */
    static double ofSquares(float[] values, float shift) {
        float[] lanes = new float[LANES];
        double total = 0;
        int whole = values.length / LANES * LANES;
        for (int at = 0; at < whole; at += STRETCH) {
            Arrays.fill(lanes, 0);
            for (int i = at; i < Math.min(whole, at + STRETCH); i += LANES)
                for (int k = 0; k < LANES; k++)
                    lanes[k] += (values[i + k] - shift) * (values[i + k] - shift);
            for (float lane : lanes)
                total += lane;
        }
        for (int i = whole; i < values.length; i++)
            total += (values[i] - shift) * (values[i] - shift);
        return total;
    }
}
