package io.github.palimpsest.evaluation.masks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ThresholdSweepTest {

    @Test
    void aValueHasPassedTheThresholdsBelowIt() {
        for (int i = -100; i <= 10_000; i++) {
            float value = i / 10_000f;
            int below = 0;
            for (int k = 1; k <= 19; k++)
                below += value > k / 20.0 ? 1 : 0;
            assertEquals(below, ThresholdSweep.passed(value), "value " + value);
        }
        assertEquals(9, ThresholdSweep.passed(0.5f));
        assertEquals(10, ThresholdSweep.passed(Math.nextUp(0.5f)));
        assertEquals(0, ThresholdSweep.passed(Float.NaN));
        assertEquals(0, ThresholdSweep.passed(Float.MIN_VALUE));
    }
}
