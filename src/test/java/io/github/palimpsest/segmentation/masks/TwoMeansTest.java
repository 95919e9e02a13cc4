package io.github.palimpsest.segmentation.masks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TwoMeansTest {

    @Test
    void theBorderIsHalfWayBetweenTheMeans() {
        TwoMeans groups = TwoMeans.of(new float[] {0, 0, 1, 0, 10, 4, 11, 4}, 2);
        boolean firstIsSecond = groups.isSecond(new float[] {0, 0}, 0, 1);
        TwoMeans upper = firstIsSecond ? groups.swapped() : groups;
        // Means (.5, 0) and (10.5, 4): the normal is (10, 4), the middle (5.5, 2).
        assertEquals(10 * 5.5 + 4 * 2, upper.offset(), 1e-9);
        assertEquals(0, upper.beyond(new float[] {5.5f, 2}, 0, 1), 1e-9);
        assertEquals(10, upper.beyond(new float[] {6.5f, 2}, 0, 1), 1e-9);
    }

    @Test
    void channelsMayLieApart() {
        TwoMeans groups = new TwoMeans(new double[] {1, -2}, 3);
        assertEquals(7 - 2 * 1 - 3, groups.beyond(new float[] {9, 7, 9, 1}, 1, 2), 1e-9);
        assertEquals(-(7 - 2 * 1 - 3), groups.swapped().beyond(new float[] {9, 7, 9, 1}, 1, 2), 1e-9);
    }

    @Test
    void whatIsAllTheSameHasNoGroups() {
        assertNull(TwoMeans.of(new float[] {3, 1, 3, 1, 3, 1}, 2));
        assertNull(TwoMeans.of(new float[0], 2));
        assertNull(TwoMeans.of(new float[] {1, 2, 3}, 3), "one sample");
    }

    /** Against all borders between neighbours on a line: in one dimension the best two groups can be found by trying all. */
    @RepeatedTest(20)
    void onALineTheTwoGroupsAreNearlyAsTightAsTheBest(RepetitionInfo round) {
        SplittableRandom random = new SplittableRandom(round.getCurrentRepetition());
        float[] samples = new float[60];
        for (int i = 0; i < samples.length; i++)
            samples[i] = (float) (i < 20 + round.getCurrentRepetition() ? random.nextDouble() : 2 + random.nextDouble());
        TwoMeans groups = TwoMeans.of(samples, 1);
        assertNotNull(groups);
        double best = Double.MAX_VALUE;
        for (float border : samples) {
            double spread = spread(samples, border);
            best = Math.min(best, spread);
        }
        double border = groups.offset() / groups.normal()[0];
        assertEquals(best, spread(samples, border), 1e-6);
    }

    /** Σ squared distances to the mean of the own side. */
    private static double spread(float[] samples, double border) {
        double[] sum = new double[2], squares = new double[2];
        int[] n = new int[2];
        for (float x : samples) {
            int side = x > border ? 1 : 0;
            n[side]++;
            sum[side] += x;
            squares[side] += (double) x * x;
        }
        double spread = 0;
        for (int side = 0; side < 2; side++)
            spread += n[side] == 0 ? 0 : squares[side] - sum[side] * sum[side] / n[side];
        return spread;
    }

    /** No move of one sample to the other group's mean brings it nearer: what Lloyd's algorithm ends with. */
    @Test
    void everySampleIsWithTheNearerMean() {
        SplittableRandom random = new SplittableRandom(5);
        int channels = 7, n = 300;
        float[] samples = new float[n * channels];
        for (int i = 0; i < samples.length; i++)
            samples[i] = (float) random.nextGaussian() + (i / channels % 3 == 0 && i % channels < 3 ? 2 : 0);
        TwoMeans groups = TwoMeans.of(samples, channels);
        double[][] means = new double[2][channels];
        int[] counts = new int[2];
        for (int i = 0; i < n; i++) {
            int group = groups.isSecond(samples, i * channels, 1) ? 1 : 0;
            counts[group]++;
            for (int c = 0; c < channels; c++)
                means[group][c] += samples[i * channels + c];
        }
        int agree = 0;
        for (int i = 0; i < n; i++) {
            double[] distance = new double[2];
            for (int group = 0; group < 2; group++)
                for (int c = 0; c < channels; c++)
                    distance[group] += Math.pow(samples[i * channels + c] - means[group][c] / counts[group], 2);
            agree += distance[1] < distance[0] == groups.isSecond(samples, i * channels, 1) ? 1 : 0;
        }
        assertEquals(n, agree);
        assertTrue(Math.min(counts[0], counts[1]) > n / 5, counts[0] + " and " + counts[1]);
    }
}
