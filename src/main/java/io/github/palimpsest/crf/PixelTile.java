package io.github.palimpsest.crf;

import java.util.Arrays;

/**
 * Neighbouring pixels while their marginals are updated: so few that they stay in the cache, label after label, so
 * that loops run along pixels and the compiler turns them into vectors. (It does so where a loop writes to one array
 * and all arrays have the same index: hence an array for each label.)
 */
final class PixelTile {

    /** Pixels at a time: an odd number of cache lines, or all labels of a pixel would compete for the same few. */
    static final int SIZE = 240;

    private final float[] messages;
    private final float[][] rows;
    private final float[] prior = new float[SIZE];
    private final float[] perPixel = new float[SIZE];

    /** @param channels room for messages, at least as many as labels − 1 */
    PixelTile(int labels, int channels) {
        messages = new float[channels * SIZE];
        rows = new float[labels][SIZE];
    }

    /** The messages, to which to add: those of a channel {@link #SIZE} after those of the one before. */
    float[] messages() {
        return messages;
    }

    /** The marginals of a label. */
    float[] marginals(int label) {
        return rows[label];
    }

    /** Begins with no messages. */
    void clear() {
        Arrays.fill(messages, 0);
        for (float[] row : rows)
            Arrays.fill(row, 0);
    }

    /**
     * Takes the messages, and what the last label gets if those of all labels have a given sum.
     *
     * @param sums of the pixels from {@code from}
     */
    void takeMessages(float[] sums, int from, int count) {
        float[] last = rows[rows.length - 1];
        System.arraycopy(sums, from, last, 0, count);
        for (int label = 0; label < rows.length - 1; label++) {
            System.arraycopy(messages, label * SIZE, rows[label], 0, SIZE);
            subtract(last, rows[label]);
        }
    }

    /**
     * Makes marginals: the softmax of messages plus log P, which is P times their exponential. Below what an
     * exponential can be, P is of no account: the label of the greatest message has more.
     *
     * @param prior P of all labels, those of a label {@code pixels} after those of the one before
     */
    void softmax(float[] priors, int pixels, int from, int count) {
        float[] greatest = perPixel;
        System.arraycopy(rows[0], 0, greatest, 0, SIZE);
        for (float[] row : rows)
            maximize(greatest, row);
        for (int label = 0; label < rows.length; label++) {
            System.arraycopy(priors, label * pixels + from, prior, 0, count);
            Exponential.apply(rows[label], greatest, prior);
        }
        float[] sum = perPixel;
        Arrays.fill(sum, 0);
        for (float[] row : rows)
            add(sum, row);
        for (float[] row : rows)
            divide(row, sum);
    }

    private static void maximize(float[] target, float[] a) {
        for (int i = 0; i < target.length; i++)
            target[i] = Math.max(target[i], a[i]);
    }

    private static void add(float[] target, float[] a) {
        for (int i = 0; i < target.length; i++)
            target[i] += a[i];
    }

    private static void subtract(float[] target, float[] a) {
        for (int i = 0; i < target.length; i++)
            target[i] -= a[i];
    }

    private static void divide(float[] target, float[] a) {
        for (int i = 0; i < target.length; i++)
            target[i] /= a[i];
    }
}
