package io.github.palimpsest.crf;

/**
 * Values on the vertices of a lattice, the channels of a vertex side by side, and the three steps of a filter. Each vertex and
 * each pixel sums up its own in a fixed order, so that results do not depend on the threads. Channels go in blocks of four, two
 * and one, so that sums stay in registers.
 */
final class LatticeValues {

    private final PermutohedralLattice lattice;
    private final int channels;
    private float[] values;
    private float[] spare;

    LatticeValues(PermutohedralLattice lattice, int channels) {
        this.lattice = lattice;
        this.channels = channels;
        values = new float[(lattice.vertices() + 1) * channels];
        spare = new float[values.length];
    }

    /** Blurs values that were splatted elsewhere. @return the blurred ones, which live until the next call */
    float[] blurred(float[] splatted, Threads threads) {
        values = splatted;
        blur(threads);
        return values;
    }

    /** Filters up to slicing. @param pixels the channels of each pixel side by side */
    void filter(float[] pixels, Threads threads) {
        threads.over(lattice.vertices(), (from, to) -> splat(pixels, from + 1, to + 1));
        blur(threads);
    }

    private void splat(float[] pixels, int from, int to) {
        int[] start = lattice.splatStart();
        int c = channels;
        for (int vertex = from; vertex < to; vertex++) {
            int first = start[vertex];
            int end = start[vertex + 1];
            int at = vertex * c;
            int block = 0;
            for (; block + 4 <= c; block += 4)
                splat4(pixels, block, first, end, at + block);
            if ((c & 2) != 0) {
                splat2(pixels, block, first, end, at + block);
                block += 2;
            }
            if ((c & 1) != 0)
                splat1(pixels, block, first, end, at + block);
        }
    }

    private void splat4(float[] pixels, int block, int first, int end, int at) {
        int[] of = lattice.splatPixels();
        float[] weights = lattice.splatWeights();
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = first; i < end; i++) {
            int p = of[i] * channels + block;
            float w = weights[i];
            a += w * pixels[p];
            b += w * pixels[p + 1];
            c += w * pixels[p + 2];
            d += w * pixels[p + 3];
        }
        values[at] = a;
        values[at + 1] = b;
        values[at + 2] = c;
        values[at + 3] = d;
    }

    private void splat2(float[] pixels, int block, int first, int end, int at) {
        int[] of = lattice.splatPixels();
        float[] weights = lattice.splatWeights();
        float a = 0;
        float b = 0;
        for (int i = first; i < end; i++) {
            int p = of[i] * channels + block;
            a += weights[i] * pixels[p];
            b += weights[i] * pixels[p + 1];
        }
        values[at] = a;
        values[at + 1] = b;
    }

    private void splat1(float[] pixels, int block, int first, int end, int at) {
        int[] of = lattice.splatPixels();
        float[] weights = lattice.splatWeights();
        float a = 0;
        for (int i = first; i < end; i++)
            a += weights[i] * pixels[of[i] * channels + block];
        values[at] = a;
    }

    private void blur(Threads threads) {
        for (int direction = 0; direction < lattice.corners(); direction++) {
            int[] neighbours = lattice.neighbours(direction);
            float[] source = values;
            float[] target = spare;
            threads.over(lattice.vertices(), channels == 1 ? (from, to) -> blur1(neighbours, source, target, from + 1, to + 1)
                    : (from, to) -> blur(neighbours, source, target, from + 1, to + 1));
            values = target;
            spare = source;
        }
    }

    private static void blur1(int[] neighbours, float[] source, float[] target, int from, int to) {
        for (int v = from; v < to; v++)
            target[v] = source[v] + 0.5f * (source[neighbours[2 * v]] + source[neighbours[2 * v + 1]]);
    }

    private void blur(int[] neighbours, float[] source, float[] target, int from, int to) {
        int c = channels;
        for (int v = from; v < to; v++) {
            int at = v * c;
            int before = neighbours[2 * v] * c;
            int after = neighbours[2 * v + 1] * c;
            int i = 0;
            for (; i + 4 <= c; i += 4) {
                target[at + i] = source[at + i] + 0.5f * (source[before + i] + source[after + i]);
                target[at + i + 1] = source[at + i + 1] + 0.5f * (source[before + i + 1] + source[after + i + 1]);
                target[at + i + 2] = source[at + i + 2] + 0.5f * (source[before + i + 2] + source[after + i + 2]);
                target[at + i + 3] = source[at + i + 3] + 0.5f * (source[before + i + 3] + source[after + i + 3]);
            }
            for (; i < c; i++)
                target[at + i] = source[at + i] + 0.5f * (source[before + i] + source[after + i]);
        }
    }

    /** Adds the filtered channels of a pixel. @param factor on all of them */
    void slice(int pixel, float factor, float[] sums) {
        int[] of = lattice.vertexOf();
        float[] weights = lattice.weights();
        float[] v = values;
        int n = channels;
        int first = pixel * lattice.corners();
        int end = first + lattice.corners();
        int block = 0;
        for (; block + 4 <= n; block += 4) {
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            for (int i = first; i < end; i++) {
                int at = of[i] * n + block;
                float w = weights[i];
                a += w * v[at];
                b += w * v[at + 1];
                c += w * v[at + 2];
                d += w * v[at + 3];
            }
            sums[block] += factor * a;
            sums[block + 1] += factor * b;
            sums[block + 2] += factor * c;
            sums[block + 3] += factor * d;
        }
        for (; block < n; block++) {
            float a = 0;
            for (int i = first; i < end; i++)
                a += weights[i] * v[of[i] * n + block];
            sums[block] += factor * a;
        }
    }
}
