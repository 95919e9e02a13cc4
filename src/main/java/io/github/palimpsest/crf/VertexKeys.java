package io.github.palimpsest.crf;

/**
 * Coordinates of lattice vertices packed into as few {@code long}s as hold them. Packing is linear: the key of a
 * neighbour is the key of the vertex plus a constant, so that keys are walked without unpacking.
 */
final class VertexKeys {

    private static final int BITS = 62;

    private final int dimension;
    private final int words;
    private final int[] word;
    private final int[] shift;
    private final long[] lowest;

    /** @param ranges the least and greatest elevated coordinate for each of {@code d} coordinates */
    VertexKeys(double[][] ranges) {
        dimension = ranges.length;
        word = new int[dimension];
        shift = new int[dimension];
        lowest = new long[dimension];
        // Rounding moves a coordinate by less than two lattice steps, a corner by one more, a neighbour by one more.
        long margin = 4L * (dimension + 1);
        int used = 0;
        int last = 0;
        for (int i = 0; i < dimension; i++) {
            lowest[i] = (long) Math.floor(ranges[i][0]) - margin;
            long span = (long) Math.ceil(ranges[i][1]) + margin - lowest[i];
            int bits = 64 - Long.numberOfLeadingZeros(span);
            if (used + bits > BITS) {
                last++;
                used = 0;
            }
            word[i] = last;
            shift[i] = used;
            used += bits;
        }
        words = last + 1;
    }

    /** How many {@code long}s make a key. */
    int words() {
        return words;
    }

    /** Writes the key of a vertex. @param coordinates whole numbers, of which the last is implied and not used */
    void pack(float[] coordinates, long[] keys, int at) {
        for (int w = 0; w < words; w++)
            keys[at + w] = 0;
        for (int i = 0; i < dimension; i++)
            keys[at + word[i]] += (long) coordinates[i] - lowest[i] << shift[i];
    }

    /**
     * What to add to a key to go one step along each of the {@code d + 1} directions of the lattice: +1 on every
     * coordinate, and −d on the direction's own.
     *
     * @return a step for each direction, {@link #words} numbers each
     */
    long[] steps() {
        long[] steps = new long[(dimension + 1) * words];
        for (int direction = 0; direction <= dimension; direction++)
            for (int i = 0; i < dimension; i++)
                steps[direction * words + word[i]] += (i == direction ? -(long) dimension : 1L) << shift[i];
        return steps;
    }
}
