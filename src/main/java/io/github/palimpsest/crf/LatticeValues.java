package io.github.palimpsest.crf;

/**
 * Values on the vertices of a lattice, the channels of a vertex side by side, and the three steps of a filter. Each
 * vertex and each pixel sums up its own in a fixed order, so that results do not depend on the threads. Channels go in
 * blocks of eight, four, two and one, so that sums stay in registers.
 */
final class LatticeValues {

    /** Floats that are gathered at a time; they stay in the first cache. */
    private static final int GATHERED = 1024;

    /** From this length on the system's copy is quicker than a loop. */
    private static final int WORTH_A_CALL = 6;

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
            for (; block + 8 <= c; block += 8)
                splat8(pixels, block, first, end, at + block);
            if ((c & 4) != 0) {
                splat4(pixels, block, first, end, at + block);
                block += 4;
            }
            if ((c & 2) != 0) {
                splat2(pixels, block, first, end, at + block);
                block += 2;
            }
            if ((c & 1) != 0)
                splat1(pixels, block, first, end, at + block);
        }
    }

    private void splat8(float[] pixels, int block, int first, int end, int at) {
        int[] of = lattice.splatPixels();
        float[] weights = lattice.splatWeights();
        float[] target = values;
        int n = channels;
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        for (int i = first; i < end; i++) {
            int p = of[i] * n + block;
            float w = weights[i];
            a += w * pixels[p];
            b += w * pixels[p + 1];
            c += w * pixels[p + 2];
            d += w * pixels[p + 3];
            e += w * pixels[p + 4];
            f += w * pixels[p + 5];
            g += w * pixels[p + 6];
            h += w * pixels[p + 7];
        }
        target[at] = a;
        target[at + 1] = b;
        target[at + 2] = c;
        target[at + 3] = d;
        target[at + 4] = e;
        target[at + 5] = f;
        target[at + 6] = g;
        target[at + 7] = h;
    }

    private void splat4(float[] pixels, int block, int first, int end, int at) {
        int[] of = lattice.splatPixels();
        float[] weights = lattice.splatWeights();
        float[] target = values;
        int n = channels;
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = first; i < end; i++) {
            int p = of[i] * n + block;
            float w = weights[i];
            a += w * pixels[p];
            b += w * pixels[p + 1];
            c += w * pixels[p + 2];
            d += w * pixels[p + 3];
        }
        target[at] = a;
        target[at + 1] = b;
        target[at + 2] = c;
        target[at + 3] = d;
    }

    private void splat2(float[] pixels, int block, int first, int end, int at) {
        int[] of = lattice.splatPixels();
        float[] weights = lattice.splatWeights();
        float[] target = values;
        int n = channels;
        float a = 0;
        float b = 0;
        for (int i = first; i < end; i++) {
            int p = of[i] * n + block;
            float w = weights[i];
            a += w * pixels[p];
            b += w * pixels[p + 1];
        }
        target[at] = a;
        target[at + 1] = b;
    }

    private void splat1(float[] pixels, int block, int first, int end, int at) {
        int[] of = lattice.splatPixels();
        float[] weights = lattice.splatWeights();
        float[] target = values;
        int n = channels;
        float a = 0;
        for (int i = first; i < end; i++) {
            int p = of[i] * n + block;
            float w = weights[i];
            a += w * pixels[p];
        }
        target[at] = a;
    }

    private void blur(Threads threads) {
        for (int direction = 0; direction < lattice.corners(); direction++) {
            int[] neighbours = lattice.neighbours(direction);
            float[] source = values;
            float[] target = spare;
            threads.over(lattice.vertices(), channels == 1
                    ? (from, to) -> blur1(neighbours, source, target, from + 1, to + 1)
                    : (from, to) -> blur(neighbours, source, target, from + 1, to + 1));
            values = target;
            spare = source;
        }
    }

    private static void blur1(int[] neighbours, float[] source, float[] target, int from, int to) {
        for (int v = from; v < to; v++)
            target[v] = source[v] + 0.5f * (source[neighbours[2 * v]] + source[neighbours[2 * v + 1]]);
    }

    /**
     * Gathers rows first: what is left is a long loop over contiguous memory, which the compiler turns into vectors.
     */
    private void blur(int[] neighbours, float[] source, float[] target, int from, int to) {
        int c = channels;
        int rows = Math.max(1, GATHERED / c);
        float[] before = new float[rows * c];
        float[] after = new float[rows * c];
        for (int first = from; first < to; first += rows) {
            int count = Math.min(rows, to - first);
            for (int row = 0; row < count; row++) {
                int v = 2 * (first + row);
                copy(source, neighbours[v] * c, before, row * c, c);
                copy(source, neighbours[v + 1] * c, after, row * c, c);
            }
            average(source, first * c, before, after, target, count * c);
        }
    }

    private static void copy(float[] source, int from, float[] target, int to, int length) {
        if (length >= WORTH_A_CALL) {
            System.arraycopy(source, from, target, to, length);
            return;
        }
        for (int i = 0; i < length; i++)
            target[to + i] = source[from + i];
    }

    private static void average(float[] source, int at, float[] before, float[] after, float[] target, int length) {
        for (int i = 0; i < length; i++)
            target[at + i] = source[at + i] + 0.5f * (before[i] + after[i]);
    }

    /** Adds the filtered channels of a pixel. @param factor on all of them */
    void slice(int pixel, float factor, float[] sums) {
        int[] of = lattice.vertexOf();
        float[] weights = lattice.weights();
        int c = channels;
        int first = pixel * lattice.corners();
        int end = first + lattice.corners();
        int block = 0;
        for (; block + 8 <= c; block += 8)
            slice8(of, weights, values, c, block, first, end, factor, sums);
        if ((c & 4) != 0) {
            slice4(of, weights, values, c, block, first, end, factor, sums);
            block += 4;
        }
        for (; block < c; block++)
            slice1(of, weights, values, c, block, first, end, factor, sums);
    }

    private static void slice8(int[] of, float[] weights, float[] values, int channels, int block, int first, int end,
            float factor, float[] sums) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        for (int i = first; i < end; i++) {
            int at = of[i] * channels + block;
            float w = weights[i];
            a += w * values[at];
            b += w * values[at + 1];
            c += w * values[at + 2];
            d += w * values[at + 3];
            e += w * values[at + 4];
            f += w * values[at + 5];
            g += w * values[at + 6];
            h += w * values[at + 7];
        }
        sums[block] += factor * a;
        sums[block + 1] += factor * b;
        sums[block + 2] += factor * c;
        sums[block + 3] += factor * d;
        sums[block + 4] += factor * e;
        sums[block + 5] += factor * f;
        sums[block + 6] += factor * g;
        sums[block + 7] += factor * h;
    }

    private static void slice4(int[] of, float[] weights, float[] values, int channels, int block, int first, int end,
            float factor, float[] sums) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = first; i < end; i++) {
            int at = of[i] * channels + block;
            float w = weights[i];
            a += w * values[at];
            b += w * values[at + 1];
            c += w * values[at + 2];
            d += w * values[at + 3];
        }
        sums[block] += factor * a;
        sums[block + 1] += factor * b;
        sums[block + 2] += factor * c;
        sums[block + 3] += factor * d;
    }

    private static void slice1(int[] of, float[] weights, float[] values, int channels, int block, int first, int end,
            float factor, float[] sums) {
        float a = 0;
        for (int i = first; i < end; i++) {
            int at = of[i] * channels + block;
            float w = weights[i];
            a += w * values[at];
        }
        sums[block] += factor * a;
    }
}
