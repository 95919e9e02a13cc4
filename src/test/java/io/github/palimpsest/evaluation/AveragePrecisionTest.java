package io.github.palimpsest.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

class AveragePrecisionTest {

    @Test
    void theExampleOfScikitLearn() {
        assertEquals(0.8333333, AveragePrecision.of(new float[] {0.1f, 0.4f, 0.35f, 0.8f},
                new boolean[] {false, false, true, true}), 1e-6);
    }

    @Test
    void perfectWorstAndConstantScores() {
        assertEquals(1, AveragePrecision.of(new float[] {3, 2, 1}, new boolean[] {true, true, false}));
        assertEquals(1.0 / 3, AveragePrecision.of(new float[] {3, 2, 1}, new boolean[] {false, false, true}), 1e-12);
        assertEquals(0.25, AveragePrecision.of(new float[] {0, -0f, 0, 0}, new boolean[] {true, false, false, false}));
        assertEquals(1, AveragePrecision.of(new float[] {5}, new boolean[] {true}));
    }

    @Test
    void itIsTheSumOverAllThresholds() {
        Random random = new Random(9);
        for (int trial = 0; trial < 50; trial++) {
            int n = 1 + random.nextInt(60);
            float[] scores = new float[n];
            boolean[] positive = new boolean[n];
            for (int i = 0; i < n; i++) {
                scores[i] = random.nextInt(12) - 6;
                positive[i] = i == 0 || random.nextInt(3) == 0;
            }
            assertEquals(bruteForce(scores, positive), AveragePrecision.of(scores, positive), 1e-12);
        }
    }

    @Test
    void onlyTagsThatCanBeJudgedCount() {
        float[][] scores = {{1, 0, 0.5f}, {0, 1, 0.5f}};
        boolean[][] positive = {{true, true, false}, {false, true, false}};
        double[] byTag = AveragePrecision.byTag(scores, positive, 3);
        assertArrayEquals(new double[] {1, Double.NaN, Double.NaN}, byTag);
        assertEquals(1, AveragePrecision.mean(byTag));
        assertTrue(Double.isNaN(AveragePrecision.mean(AveragePrecision.byTag(new float[0][], new boolean[0][], 2))));
    }

    @Test
    void whatCannotBeRankedIsRefused() {
        assertTrue(Double.isNaN(AveragePrecision.of(new float[] {1}, new boolean[] {false})));
        assertThrows(IllegalArgumentException.class, () -> AveragePrecision.of(new float[] {Float.NaN}, new boolean[1]));
        assertThrows(IllegalArgumentException.class, () -> AveragePrecision.of(new float[2], new boolean[1]));
    }

    private static double bruteForce(float[] scores, boolean[] positive) {
        TreeSet<Float> thresholds = new TreeSet<>();
        double all = 0;
        for (int i = 0; i < scores.length; i++) {
            thresholds.add(scores[i]);
            all += positive[i] ? 1 : 0;
        }
        double sum = 0;
        double recallBefore = 0;
        for (float threshold : thresholds.descendingSet()) {
            double right = 0;
            double above = 0;
            for (int i = 0; i < scores.length; i++)
                if (scores[i] >= threshold) {
                    above++;
                    right += positive[i] ? 1 : 0;
                }
            sum += (right / all - recallBefore) * right / above;
            recallBefore = right / all;
        }
        return sum;
    }
}
