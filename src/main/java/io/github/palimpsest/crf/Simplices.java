package io.github.palimpsest.crf;

import java.util.Arrays;

/**
 * Finds the simplex of the permutohedral lattice around a pixel: the keys of its {@code d + 1} corners and the pixel's
 * barycentric weights in it. Keeps scratch memory, so each thread has its own.
 */
final class Simplices {

    /** Adding and subtracting it rounds to the nearest whole number. */
    private static final float ROUNDER = 12582912f;

    private final KernelFeatures features;
    private final Elevation elevation;
    private final VertexKeys keys;
    private final long[] steps;
    private final int d;
    private final float[] feature;
    private final float[] elevated;
    private final float[] nearest;
    private final float[] rest;
    private final int[] rank;
    private final int[] order;
    private final float[] sorted;

    Simplices(KernelFeatures features, Elevation elevation, VertexKeys keys) {
        this.features = features;
        this.elevation = elevation;
        this.keys = keys;
        steps = keys.steps();
        d = features.dimension();
        feature = new float[d];
        elevated = new float[d + 1];
        nearest = new float[d + 1];
        rest = new float[d + 1];
        rank = new int[d + 1];
        order = new int[d + 1];
        sorted = new float[d + 1];
    }

    /**
     * Writes the simplex of a pixel.
     *
     * @param corners gets the keys of the corners from {@code corner}, {@link VertexKeys#words} numbers each
     * @param weights gets the barycentric weights from {@code weight}, of sum 1
     * @return where the keys end
     */
    int locate(int pixel, long[] corners, int corner, float[] weights, int weight) {
        features.at(pixel, feature);
        elevation.apply(feature, elevated);
        int excess = round();
        rank();
        order(excess);
        float scale = 1f / (d + 1);
        for (int r = 1; r <= d; r++)
            weights[weight + r] = (sorted[d - r] - sorted[d - r + 1]) * scale;
        weights[weight] = 1 + (sorted[d] - sorted[0]) * scale;
        keys.pack(nearest, corners, corner);
        int words = keys.words();
        for (int r = 1, at = corner; r <= d; r++, at += words)
            for (int w = 0; w < words; w++)
                corners[at + words + w] = corners[at + w] + steps[order[d - r + 1] * words + w];
        return corner + (d + 1) * words;
    }

    /** The nearest point with multiples of d + 1; how far, in such multiples, its sum is from 0. */
    private int round() {
        float sum = 0;
        for (int i = 0; i <= d; i++) {
            float rounded = elevated[i] * (1f / (d + 1)) + ROUNDER - ROUNDER;
            nearest[i] = rounded * (d + 1);
            rest[i] = elevated[i] - nearest[i];
            sum += rounded;
        }
        return (int) sum;
    }

    /**
     * The place of each coordinate by falling remainder; equal ones stay in order. By the signs of differences:
     * branches would go either way at random.
     */
    private void rank() {
        Arrays.fill(rank, 0);
        for (int i = 0; i < d; i++) {
            int place = rank[i];
            for (int j = i + 1; j <= d; j++) {
                int less = Float.floatToRawIntBits(rest[i] - rest[j]) >>> 31;
                place += less;
                rank[j] += 1 - less;
            }
            rank[i] = place;
        }
    }

    /** Brings the point back to sum 0: what was rounded up most unluckily goes down, or the other way round. */
    private void order(int excess) {
        for (int i = 0; i <= d; i++) {
            int place = rank[i] + excess;
            int turn = ((place >>> 31) - (d - place >>> 31)) * (d + 1);
            nearest[i] += turn;
            order[place + turn] = i;
            sorted[place + turn] = elevated[i] - nearest[i];
        }
    }
}
