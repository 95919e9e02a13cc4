package io.github.palimpsest.crf;

/**
 * Eight channels on a lattice, each written out, so that those of a pixel stay in registers. (Loops over so few are
 * slower by half, and the compiler makes no vectors of rows that lie anywhere in memory.)
 */
final class LatticeOctets extends LatticeValues {

    static final int CHANNELS = 8;

    private static final int NEXT = PixelTile.SIZE;

    LatticeOctets(PermutohedralLattice lattice) {
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
            float e = pixels[p + 4];
            float f = pixels[p + 5];
            float g = pixels[p + 6];
            float h = pixels[p + 7];
            for (int end = i + corners; i < end; i++) {
                int v = of[i] * CHANNELS;
                float w = weights[i];
                target[v] += w * a;
                target[v + 1] += w * b;
                target[v + 2] += w * c;
                target[v + 3] += w * d;
                target[v + 4] += w * e;
                target[v + 5] += w * f;
                target[v + 6] += w * g;
                target[v + 7] += w * h;
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
            target[v + 4] = source[v + 4] + 0.5f * (source[a + 4] + source[b + 4]);
            target[v + 5] = source[v + 5] + 0.5f * (source[a + 5] + source[b + 5]);
            target[v + 6] = source[v + 6] + 0.5f * (source[a + 6] + source[b + 6]);
            target[v + 7] = source[v + 7] + 0.5f * (source[a + 7] + source[b + 7]);
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
            float e = 0;
            float f = 0;
            float g = 0;
            float h = 0;
            for (int end = i + corners; i < end; i++) {
                int v = of[i] * CHANNELS;
                float w = weights[i];
                a += w * source[v];
                b += w * source[v + 1];
                c += w * source[v + 2];
                d += w * source[v + 3];
                e += w * source[v + 4];
                f += w * source[v + 5];
                g += w * source[v + 6];
                h += w * source[v + 7];
            }
            int s = at + pixel;
            sums[s] += factor * a;
            sums[s + NEXT] += factor * b;
            sums[s + 2 * NEXT] += factor * c;
            sums[s + 3 * NEXT] += factor * d;
            sums[s + 4 * NEXT] += factor * e;
            sums[s + 5 * NEXT] += factor * f;
            sums[s + 6 * NEXT] += factor * g;
            sums[s + 7 * NEXT] += factor * h;
        }
    }
}
