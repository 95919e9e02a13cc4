package io.github.palimpsest.evaluation.masks;

import io.github.palimpsest.evaluation.ConfusionMatrix;

/**
 * The confusion matrices of all background thresholds 0.05, 0.10 … 0.95 at once. A pixel is given its highest tag if
 * that tag's value, 0..1, is above the threshold, else the background; so it is enough to count how many thresholds its
 * value is above.
 */
final class ThresholdSweep {

    private static final int STEPS = 20;

    private final int labels;
    private final long[] counts;

    /** @param labels including the background */
    ThresholdSweep(int labels) {
        this.labels = labels;
        counts = new long[labels * labels * STEPS];
    }

    /** What the best threshold gives. */
    record Best(double threshold, double meanIou) {}

    /**
     * Counts an image; safe from several threads.
     *
     * @param truth labels, 255 ignored
     * @param highest the label of every pixel's highest tag; meaningless where its value is 0
     * @param values of it, 0..1
     */
    void add(byte[] truth, byte[] highest, float[] values) {
        int[] bins = new int[truth.length];
        for (int i = 0; i < truth.length; i++) {
            int t = truth[i] & 0xff;
            bins[i] = t == ConfusionMatrix.IGNORED ? -1 : (t * labels + (highest[i] & 0xff)) * STEPS
                    + passed(values[i]);
        }
        synchronized (counts) {
            for (int bin : bins)
                if (bin >= 0)
                    counts[bin]++;
        }
    }

    /** How many thresholds a value is above. */
    static int passed(float value) {
        return value > 0 ? Math.min(STEPS, (int) Math.ceil(value * (double) STEPS)) - 1 : 0;
    }

    /** The threshold whose mean IoU is highest, the lowest of equals. */
    Best best() {
        Best best = new Best(Double.NaN, Double.NaN);
        for (int k = 1; k < STEPS; k++) {
            double meanIou = at(k).meanIou();
            if (k == 1 || meanIou > best.meanIou())
                best = new Best((double) k / STEPS, meanIou);
        }
        return best;
    }

    private ConfusionMatrix at(int threshold) {
        ConfusionMatrix matrix = new ConfusionMatrix(labels);
        for (int truth = 0; truth < labels; truth++)
            for (int label = 0; label < labels; label++)
                for (int k = 0; k < STEPS; k++) {
                    long pixels = counts[(truth * labels + label) * STEPS + k];
                    if (pixels > 0)
                        matrix.add(truth, k >= threshold ? label : 0, pixels);
                }
        return matrix;
    }
}
