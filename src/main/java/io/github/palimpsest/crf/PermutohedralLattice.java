package io.github.palimpsest.crf;

import java.util.Arrays;

/**
 * The permutohedral lattice of one kernel on one image, ready to filter: which vertices each pixel touches and with
 * which weight, the same sorted by vertex, and the vertices' neighbours. The weights include the symmetric
 * normalisation {@code 1/√(K·1)}. Vertices are numbered from 1; number 0 stands for all that are absent and is always
 * 0.
 */
final class PermutohedralLattice {

    private static final int CHUNK = 1 << 15;

    private final int pixels;
    private final int corners;
    private final int vertices;
    private final int[] vertexOf;
    private final float[] weights;
    private final int[][] neighbours;
    private final int[] splatStart;
    private final int[] splatPixels;
    private final float[] splatWeights;

    private PermutohedralLattice(int pixels, int corners, int vertices, int[] vertexOf, float[] weights,
            int[][] neighbours) {
        this.pixels = pixels;
        this.corners = corners;
        this.vertices = vertices;
        this.vertexOf = vertexOf;
        this.weights = weights;
        this.neighbours = neighbours;
        splatStart = new int[vertices + 2];
        splatPixels = new int[vertexOf.length];
        splatWeights = new float[vertexOf.length];
    }

    /** Builds the lattice of a kernel. The same features give the same lattice on any number of threads. */
    static PermutohedralLattice of(KernelFeatures features, Threads threads) {
        int d = features.dimension();
        Elevation elevation = new Elevation(d);
        float[][] featureRanges = new float[d][];
        Arrays.setAll(featureRanges, features::range);
        double[][] ranges = new double[d][];
        Arrays.setAll(ranges, i -> elevation.range(i, featureRanges));
        VertexKeys keys = new VertexKeys(ranges);
        VertexTable table = new VertexTable(keys.words());
        int[] vertexOf = new int[features.pixels() * (d + 1)];
        float[] weights = new float[vertexOf.length];
        touch(features, elevation, keys, table, vertexOf, weights, threads);
        PermutohedralLattice lattice = new PermutohedralLattice(features.pixels(), d + 1, table.vertices(), vertexOf,
                weights, neighbours(table, keys, d + 1, threads));
        lattice.sortByVertex(threads);
        lattice.normalize(threads);
        return lattice;
    }

    /**
     * Simplices are found side by side, then numbered one after another, in chunks that keep their keys in the cache.
     */
    private static void touch(KernelFeatures features, Elevation elevation, VertexKeys keys, VertexTable table,
            int[] vertexOf, float[] weights, Threads threads) {
        int corners = features.dimension() + 1;
        int words = keys.words();
        int pixels = features.pixels();
        long[] chunk = new long[Math.min(CHUNK, pixels) * corners * words];
        for (int first = 0; first < pixels; first += CHUNK) {
            int start = first;
            int size = Math.min(CHUNK, pixels - start);
            threads.over(size, (from, to) -> {
                Simplices simplices = new Simplices(features, elevation, keys);
                for (int i = from; i < to; i++)
                    simplices.locate(start + i, chunk, i * corners * words, weights, (start + i) * corners);
            });
            number(table, chunk, words, vertexOf, start * corners, size * corners, corners);
        }
    }

    /** A pixel shares most corners with the one before it, and comparing is quicker than looking up. */
    private static void number(VertexTable table, long[] keys, int words, int[] vertexOf, int first, int size,
            int corners) {
        for (int i = 0; i < size; i++)
            vertexOf[first + i] = i >= corners && sameKey(keys, i * words, (i - corners) * words, words)
                    ? vertexOf[first + i - corners] : table.add(keys, i * words);
    }

    private static boolean sameKey(long[] keys, int a, int b, int words) {
        for (int w = 0; w < words; w++)
            if (keys[a + w] != keys[b + w])
                return false;
        return true;
    }

    /** For each direction the vertices before and after each vertex, two numbers for each, from vertex 0. */
    private static int[][] neighbours(VertexTable table, VertexKeys keys, int directions, Threads threads) {
        long[] steps = keys.steps();
        int[][] neighbours = new int[directions][2 * (table.vertices() + 1)];
        for (int direction = 0; direction < directions; direction++) {
            int[] along = neighbours[direction];
            int step = direction * keys.words();
            threads.over(table.vertices(), (from, to) -> {
                long[] key = new long[keys.words()];
                for (int vertex = from + 1; vertex <= to; vertex++) {
                    table.stepped(vertex, steps, step, key);
                    int after = table.find(key, 0);
                    along[2 * vertex + 1] = after;
                    if (after != 0)
                        along[2 * after] = vertex; // no other vertex has this one after it
                }
            });
        }
        return neighbours;
    }

    /**
     * Sorts what pixels touch by vertex, and by pixel within a vertex. Blocks of pixels count side by side, then each
     * knows where its own begin: the order is the same for any number of blocks.
     */
    private void sortByVertex(Threads threads) {
        int blocks = threads.number();
        int[][] next = new int[blocks][];
        threads.each(blocks, block -> {
            int[] counts = new int[vertices + 1];
            for (int i = from(block, blocks) * corners; i < from(block + 1, blocks) * corners; i++)
                counts[vertexOf[i]]++;
            next[block] = counts;
        });
        for (int vertex = 0, sum = 0; vertex <= vertices; vertex++) {
            splatStart[vertex] = sum;
            for (int[] counts : next) {
                int count = counts[vertex];
                counts[vertex] = sum;
                sum += count;
            }
        }
        splatStart[vertices + 1] = vertexOf.length;
        threads.each(blocks, block -> {
            int[] place = next[block];
            for (int pixel = from(block, blocks), i = pixel * corners; pixel < from(block + 1, blocks); pixel++)
                for (int c = 0; c < corners; c++, i++) {
                    int to = place[vertexOf[i]]++;
                    splatPixels[to] = pixel;
                    splatWeights[to] = weights[i];
                }
        });
    }

    private int from(int block, int blocks) {
        return (int) ((long) pixels * block / blocks);
    }

    /** Brings {@code 1/√(K·1)} into the weights. */
    private void normalize(Threads threads) {
        float[] factor = new float[pixels];
        Arrays.fill(factor, 1);
        LatticeValues ones = new LatticeValues(this, 1);
        ones.filter(factor, threads);
        float gain = gain();
        threads.over(pixels, (from, to) -> {
            float[] sum = new float[1];
            for (int pixel = from; pixel < to; pixel++) {
                sum[0] = 0;
                ones.slice(pixel, gain, sum);
                factor[pixel] = (float) (1 / Math.sqrt(sum[0] + 1e-20));
                for (int i = pixel * corners; i < (pixel + 1) * corners; i++)
                    weights[i] *= factor[pixel];
            }
        });
        threads.over(splatPixels.length, (from, to) -> {
            for (int i = from; i < to; i++)
                splatWeights[i] *= factor[splatPixels[i]];
        });
    }

    int pixels() {
        return pixels;
    }

    /** The corners of a simplex, and the directions of the blur: d + 1. */
    int corners() {
        return corners;
    }

    /** The number of vertices, without number 0. */
    int vertices() {
        return vertices;
    }

    /** The corners of each pixel's simplex, {@link #corners} for each. */
    int[] vertexOf() {
        return vertexOf;
    }

    /** The weights of {@link #vertexOf}: barycentric, times the pixel's normalisation. */
    float[] weights() {
        return weights;
    }

    /** Where the pixels of each vertex begin in {@link #splatPixels}; one more number than the greatest vertex + 1. */
    int[] splatStart() {
        return splatStart;
    }

    int[] splatPixels() {
        return splatPixels;
    }

    float[] splatWeights() {
        return splatWeights;
    }

    /** For a direction the vertices before and after each vertex, at 2v and 2v + 1. */
    int[] neighbours(int direction) {
        return neighbours[direction];
    }

    /** What slicing multiplies by, so that splatting, blurring with [½, 1, ½] and slicing keep a constant. */
    float gain() {
        return (float) (1 / (1 + Math.pow(2, 1 - corners)));
    }
}
