package io.github.palimpsest.crf;

/** A single channel on a lattice. */
final class LatticeSingles extends LatticeValues {

    LatticeSingles(PermutohedralLattice lattice) {
        super(lattice, 1);
    }

    @Override
    void splat(PermutohedralLattice lattice, float[] pixels, int from, int to, float[] target) {
        int[] of = lattice.vertexOf();
        float[] weights = lattice.weights();
        int corners = lattice.corners();
        for (int pixel = from, i = from * corners; pixel < to; pixel++)
            for (int end = i + corners; i < end; i++)
                target[of[i]] += weights[i] * pixels[pixel];
    }

    @Override
    void blur(int[] neighbours, float[] source, float[] target, int from, int to) {
        for (int v = from; v < to; v++)
            target[v] = source[v] + 0.5f * (source[neighbours[2 * v]] + source[neighbours[2 * v + 1]]);
    }

    @Override
    void slice(PermutohedralLattice lattice, float[] source, float factor, int from, int count, float[] sums, int at) {
        int[] of = lattice.vertexOf();
        float[] weights = lattice.weights();
        int corners = lattice.corners();
        for (int pixel = 0, i = from * corners; pixel < count; pixel++) {
            float sum = 0;
            for (int end = i + corners; i < end; i++)
                sum += weights[i] * source[of[i]];
            sums[at + pixel] += factor * sum;
        }
    }
}
