package io.github.palimpsest.crf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExponentialTest {

    @Test
    void isThatOfTheStandardLibrary() {
        float[] x = new float[100_001];
        float[] a = new float[x.length];
        float[] w = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            a[i] = i % 7 - 3;
            x[i] = a[i] - 87f * i / (x.length - 1);
            w[i] = 1 + i % 5;
        }
        float[] y = x.clone();
        Exponential.apply(y, a, w);
        for (int i = 0; i < x.length; i++)
            assertEquals(1, y[i] / (w[i] * Math.exp((double) x[i] - a[i])), 2e-5, "at " + (x[i] - a[i]));
    }

    @Test
    void differencesBeyondAllBoundsGiveNumbers() {
        float[] y = { -88, -1e30f, Float.NEGATIVE_INFINITY };
        Exponential.apply(y, new float[3], new float[] { 1, 1, 1 });
        for (float value : y)
            assertTrue(value >= 0 && value < 1e-37, "" + value);
    }
}
