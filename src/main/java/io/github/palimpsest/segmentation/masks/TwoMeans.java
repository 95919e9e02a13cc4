package io.github.palimpsest.segmentation.masks;

import java.util.Arrays;

/**
 * Two groups of samples: k-means of two (Lloyd 1982). It begins with the two sides of the samples' mean along their principal
 * axis, so there is nothing to draw, and the same samples always give the same groups. Between two means the border is a plane:
 * a sample is of the second group where {@code normal · x > offset}.
 *
 * @param normal from the first mean to the second
 * @param offset of the plane half way between the means
 */
record TwoMeans(double[] normal, double offset) {

    private static final int MOST_STEPS = 100;
    private static final int AXIS_STEPS = 30;

    /**
     * @param samples one after another, all finite
     * @param channels of each, at least 1
     * @return null where all samples are the same, or there are none: there are no two groups
     */
    static TwoMeans of(float[] samples, int channels) {
        int n = samples.length / channels;
        boolean[] second = new boolean[n];
        TwoMeans groups = alongAxis(samples, channels);
        for (int step = 0; groups != null && step < MOST_STEPS; step++) {
            boolean changed = false;
            for (int i = 0; i < n; i++) {
                boolean now = groups.isSecond(samples, i * channels, 1);
                changed |= now != second[i];
                second[i] = now;
            }
            if (!changed)
                break;
            groups = between(samples, channels, second);
        }
        return groups;
    }

    /** The same groups, the first one called the second. */
    TwoMeans swapped() {
        return new TwoMeans(Arrays.stream(normal).map(value -> -value).toArray(), -offset);
    }

    /**
     * How far beyond the plane a sample is: above 0 for the second group.
     *
     * @param first where the sample's first channel is
     * @param step from one channel to the next
     */
    double beyond(float[] samples, int first, int step) {
        double sum = -offset;
        for (int c = 0; c < normal.length; c++)
            sum += normal[c] * samples[first + c * step];
        return sum;
    }

    boolean isSecond(float[] samples, int first, int step) {
        return beyond(samples, first, step) > 0;
    }

    private static TwoMeans alongAxis(float[] samples, int channels) {
        int n = samples.length / channels;
        if (n == 0)
            return null;
        double[] mean = new double[channels];
        for (int i = 0; i < samples.length; i++)
            mean[i % channels] += samples[i] / (double) n;
        double[] axis = farthest(samples, mean);
        for (int step = 0; axis != null && step < AXIS_STEPS; step++)
            axis = turned(axis, samples, mean);
        return axis == null ? null : new TwoMeans(axis, dot(axis, mean));
    }

    /** From the mean to the sample that is farthest from it, which is hardly ever at a right angle to the principal axis. */
    private static double[] farthest(float[] samples, double[] mean) {
        double[] farthest = null;
        double most = 0;
        for (int first = 0; first < samples.length; first += mean.length) {
            double[] difference = new double[mean.length];
            for (int c = 0; c < mean.length; c++)
                difference[c] = samples[first + c] - mean[c];
            double square = dot(difference, difference);
            if (square > most) {
                most = square;
                farthest = difference;
            }
        }
        return farthest;
    }

    /** One step of power iteration: Σ (x − mean) · ((x − mean) · axis), of length 1; null where that is nothing. */
    private static double[] turned(double[] axis, float[] samples, double[] mean) {
        double[] sum = new double[axis.length];
        double at = dot(axis, mean);
        for (int first = 0; first < samples.length; first += axis.length) {
            double along = -at;
            for (int c = 0; c < axis.length; c++)
                along += axis[c] * samples[first + c];
            for (int c = 0; c < axis.length; c++)
                sum[c] += along * (samples[first + c] - mean[c]);
        }
        double length = Math.sqrt(dot(sum, sum));
        return length == 0 ? null : Arrays.stream(sum).map(value -> value / length).toArray();
    }

    /** Half way between the means of two groups; null if one is empty. */
    private static TwoMeans between(float[] samples, int channels, boolean[] second) {
        double[][] means = new double[2][channels];
        int[] counts = new int[2];
        for (int i = 0; i < second.length; i++) {
            int group = second[i] ? 1 : 0;
            counts[group]++;
            for (int c = 0; c < channels; c++)
                means[group][c] += samples[i * channels + c];
        }
        if (counts[0] == 0 || counts[1] == 0)
            return null;
        double[] normal = new double[channels];
        double offset = 0;
        for (int c = 0; c < channels; c++) {
            double from = means[0][c] / counts[0];
            double to = means[1][c] / counts[1];
            normal[c] = to - from;
            offset += normal[c] * (from + to) / 2;
        }
        return new TwoMeans(normal, offset);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
