package io.github.palimpsest.crf;

/**
 * Finds the simplex of the permutohedral lattice around a pixel: the keys of its {@code d + 1} corners and the pixel's
 * barycentric weights in it. Keeps scratch memory, so each thread has its own.
 */
final class Simplices {

    private final KernelFeatures features;
    private final Elevation elevation;
    private final VertexKeys keys;
    private final long[] steps;
    private final int d;
    private final float[] feature;
    private final float[] elevated;
    private final float[] nearest;
    private final float[] rest;
    private final int[] order;
    private final int[] rotated;

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
        order = new int[d + 1];
        rotated = new int[d + 1];
    }

    /**
     * Writes the simplex of a pixel.
     *
     * @param corners gets the keys of the corners from {@code corner}, {@link VertexKeys#words} numbers each
     * @param weights gets the barycentric weights from {@code weight}, of sum 1
     */
    void locate(int pixel, long[] corners, int corner, float[] weights, int weight) {
        features.at(pixel, feature);
        elevation.apply(feature, elevated);
        int excess = round();
        sort();
        int[] descending = excess == 0 ? order : rotate(excess);
        float scale = 1f / (d + 1);
        for (int r = 1; r <= d; r++)
            weights[weight + r] = (remainder(descending[d - r]) - remainder(descending[d - r + 1])) * scale;
        weights[weight] = 1 + (remainder(descending[d]) - remainder(descending[0])) * scale;
        keys.pack(nearest, corners, corner);
        int words = keys.words();
        for (int r = 1, at = corner; r <= d; r++, at += words)
            for (int w = 0; w < words; w++)
                corners[at + words + w] = corners[at + w] + steps[descending[d - r + 1] * words + w];
    }

    private float remainder(int i) {
        return elevated[i] - nearest[i];
    }

    /** The nearest point with multiples of d + 1; how far, in such multiples, its sum is from 0. */
    private int round() {
        float sum = 0;
        for (int i = 0; i <= d; i++) {
            float rounded = (float) Math.rint(elevated[i] * (1f / (d + 1)));
            nearest[i] = rounded * (d + 1);
            rest[i] = elevated[i] - nearest[i];
            sum += rounded;
        }
        return (int) sum;
    }

    /** Coordinates by falling remainder; equal ones stay in order. */
    private void sort() {
        for (int i = 0; i <= d; i++) {
            int place = i;
            while (place > 0 && rest[order[place - 1]] < rest[i]) {
                order[place] = order[place - 1];
                place--;
            }
            order[place] = i;
        }
    }

    /** Brings the point back to sum 0: what was rounded up most unluckily goes down, or the other way round. */
    private int[] rotate(int excess) {
        for (int rank = 0; rank <= d; rank++) {
            int i = order[rank];
            int turned = rank + excess;
            if (turned < 0) {
                turned += d + 1;
                nearest[i] += d + 1;
            } else if (turned > d) {
                turned -= d + 1;
                nearest[i] -= d + 1;
            }
            rotated[turned] = i;
        }
        return rotated;
    }
}
