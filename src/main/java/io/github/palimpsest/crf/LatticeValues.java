package io.github.palimpsest.crf;

import java.util.Arrays;

/**
 * Values of one or several channels on the vertices of a lattice, the channels of a vertex side by side, and the three
 * steps of a filter. Everything is summed up in a fixed order, so that results do not depend on the threads.
 */
abstract class LatticeValues {

    /** Pixels are splatted in so many parts, each into an array of its own. */
    static final int PARTS = 2;

    private final PermutohedralLattice lattice;
    private float[] values;
    private float[] spare;

    LatticeValues(PermutohedralLattice lattice, int channels) {
        this.lattice = lattice;
        values = new float[(lattice.vertices() + 1) * channels];
        spare = new float[values.length];
    }

    /** How many of some wanted channels best go together, with some to spare: 1, 4 or 8. */
    static int channels(int wanted) {
        if (wanted > LatticeQuads.CHANNELS)
            return LatticeOctets.CHANNELS;
        return wanted > 1 ? LatticeQuads.CHANNELS : 1;
    }

    /** Values of 1, 4 or 8 channels. */
    static LatticeValues of(PermutohedralLattice lattice, int channels) {
        return switch (channels) {
            case 1 -> new LatticeSingles(lattice);
            case LatticeQuads.CHANNELS -> new LatticeQuads(lattice);
            case LatticeOctets.CHANNELS -> new LatticeOctets(lattice);
            default -> throw new IllegalArgumentException(channels + " channels");
        };
    }

    /** Filters up to slicing. @param pixels the channels of each pixel side by side */
    final void filter(float[] pixels, Threads threads) {
        threads.each(PARTS, part -> splat(pixels, part));
        blur(threads);
    }

    /** Splats one of the {@link #PARTS} of the pixels. @param pixels the channels of each pixel side by side */
    final void splat(float[] pixels, int part) {
        float[] target = part == 0 ? values : spare;
        Arrays.fill(target, 0);
        splat(lattice, pixels, (int) ((long) lattice.pixels() * part / PARTS),
                (int) ((long) lattice.pixels() * (part + 1) / PARTS), target);
    }

    /** Brings the parts together and blurs them along all directions. */
    final void blur(Threads threads) {
        float[] first = values;
        float[] second = spare;
        threads.over(values.length, (from, to) -> add(second, first, from, to));
        for (int direction = 0; direction < lattice.corners(); direction++) {
            int[] neighbours = lattice.neighbours(direction);
            float[] source = values;
            float[] target = spare;
            threads.over(lattice.vertices(), (from, to) -> blur(neighbours, source, target, from + 1, to + 1));
            values = target;
            spare = source;
        }
    }

    private static void add(float[] source, float[] target, int from, int to) {
        for (int i = from; i < to; i++)
            target[i] += source[i];
    }

    /**
     * Adds what is filtered.
     *
     * @param factor on all of it
     * @param count of pixels from {@code from}
     * @param sums gets the first pixel's first channel at {@code at}, its next one {@link PixelTile#SIZE} further
     */
    final void slice(float factor, int from, int count, float[] sums, int at) {
        slice(lattice, values, factor, from, count, sums, at);
    }

    abstract void splat(PermutohedralLattice lattice, float[] pixels, int from, int to, float[] target);

    abstract void blur(int[] neighbours, float[] source, float[] target, int from, int to);

    abstract void slice(PermutohedralLattice lattice, float[] source, float factor, int from, int count, float[] sums,
            int at);
}
