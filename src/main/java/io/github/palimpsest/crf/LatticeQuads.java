package io.github.palimpsest.crf;

/** Four channels on a lattice, written out as {@link LatticeOctets} are. */
final class LatticeQuads extends LatticeValues {

    static final int CHANNELS = 4;

    private static final int NEXT = PixelTile.SIZE;

    LatticeQuads(PermutohedralLattice lattice) {
        super(lattice, CHANNELS);
    }

    @Override
    void splat(PermutohedralLattice lattice, float[] pixels, int from, int to, float[] target) {
        int[] of = lattice.vertexOf();
        float[] weights = lattice.weights();
        int corners = lattice.corners();
        for (int pixel = from, i = from * corners; pixel < to; pixel++) {
            int p = pixel * CHANNELS;
            float a = pixels[p];
            float b = pixels[p + 1];
            float c = pixels[p + 2];
            float d = pixels[p + 3];
            for (int end = i + corners; i < end; i++) {
                int v = of[i] * CHANNELS;
                float w = weights[i];
                target[v] += w * a;
                target[v + 1] += w * b;
                target[v + 2] += w * c;
                target[v + 3] += w * d;
            }
        }
    }

    @Override
    void blur(int[] neighbours, float[] source, float[] target, int from, int to) {
        for (int vertex = from; vertex < to; vertex++) {
            int v = vertex * CHANNELS;
            int a = neighbours[2 * vertex] * CHANNELS;
            int b = neighbours[2 * vertex + 1] * CHANNELS;
            target[v] = source[v] + 0.5f * (source[a] + source[b]);
            target[v + 1] = source[v + 1] + 0.5f * (source[a + 1] + source[b + 1]);
            target[v + 2] = source[v + 2] + 0.5f * (source[a + 2] + source[b + 2]);
            target[v + 3] = source[v + 3] + 0.5f * (source[a + 3] + source[b + 3]);
        }
    }

    @Override
    void slice(PermutohedralLattice lattice, float[] source, float factor, int from, int count, float[] sums, int at) {
        int[] of = lattice.vertexOf();
        float[] weights = lattice.weights();
        int corners = lattice.corners();
        for (int pixel = 0, i = from * corners; pixel < count; pixel++) {
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            for (int end = i + corners; i < end; i++) {
                int v = of[i] * CHANNELS;
                float w = weights[i];
                a += w * source[v];
                b += w * source[v + 1];
                c += w * source[v + 2];
                d += w * source[v + 3];
            }
            int s = at + pixel;
            sums[s] += factor * a;
            sums[s + NEXT] += factor * b;
            sums[s + 2 * NEXT] += factor * c;
            sums[s + 3 * NEXT] += factor * d;
        }
    }
}
