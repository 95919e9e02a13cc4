package io.github.palimpsest.crf;

import java.util.Arrays;

/**
 * The permutohedral lattice of one kernel on one image, ready to filter: which vertices each pixel touches and with
 * which weight, and the vertices' neighbours. The weights include the symmetric
 * normalisation {@code 1/√(K·1)}. Vertices are numbered from 1; number 0 stands for all that are absent and is always
 * 0.
 */
final class PermutohedralLattice {

    /** Pixels whose simplices are found by one thread at a time. */
    private static final int PART = 2048;
    private static final int PARTS = 8;
    private static final int CHUNK = PARTS * PART;

    private final int pixels;
    private final int corners;
    private final int vertices;
    private final int[] vertexOf;
    private final float[] weights;
    private final int[][] neighbours;

    private PermutohedralLattice(int pixels, int corners, int vertices, int[] vertexOf, float[] weights,
            int[][] neighbours) {
        this.pixels = pixels;
        this.corners = corners;
        this.vertices = vertices;
        this.vertexOf = vertexOf;
        this.weights = weights;
        this.neighbours = neighbours;
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
        lattice.normalize(threads);
        return lattice;
    }

    /**
     * Simplices are found side by side, then numbered one after another: a chunk, whose keys the cache holds, is
     * numbered while those of the next are found.
     */
    private static void touch(KernelFeatures features, Elevation elevation, VertexKeys keys, VertexTable table,
            int[] vertexOf, float[] weights, Threads threads) {
        int corners = features.dimension() + 1;
        int words = keys.words();
        int pixels = features.pixels();
        int chunks = (pixels + CHUNK - 1) / CHUNK;
        long[][] found = new long[2][Math.min(CHUNK, pixels) * corners * words];
        for (int step = 0; step <= chunks; step++) {
            int start = step * CHUNK;
            long[] current = found[step % 2];
            long[] former = found[1 - step % 2];
            threads.each(PARTS + 1, part -> {
                if (part > 0)
                    locate(new Simplices(features, elevation, keys), start + (part - 1) * PART,
                            Math.min(start + part * PART, pixels), current, (part - 1) * PART * corners * words,
                            weights, corners);
                else if (start > 0)
                    number(table, former, words, vertexOf, (start - CHUNK) * corners,
                            Math.min(CHUNK, pixels - start + CHUNK) * corners, corners);
            });
        }
    }

    private static void locate(Simplices simplices, int from, int to, long[] keys, int at, float[] weights,
            int corners) {
        for (int pixel = from, key = at; pixel < to; pixel++)
            key = simplices.locate(pixel, keys, key, weights, pixel * corners);
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

    /** Brings {@code 1/√(K·1)} into the weights. */
    private void normalize(Threads threads) {
        float[] constant = new float[pixels];
        Arrays.fill(constant, 1);
        LatticeValues ones = new LatticeSingles(this);
        ones.filter(constant, threads);
        threads.over(pixels, (from, to) -> {
            float[] sums = new float[to - from];
            ones.slice(gain(), from, to - from, sums, 0);
            for (int pixel = from; pixel < to; pixel++) {
                float factor = (float) (1 / Math.sqrt(sums[pixel - from] + 1e-20));
                for (int i = pixel * corners; i < (pixel + 1) * corners; i++)
                    weights[i] *= factor;
            }
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

    /** For a direction the vertices before and after each vertex, at 2v and 2v + 1. */
    int[] neighbours(int direction) {
        return neighbours[direction];
    }

    /** What slicing multiplies by, so that splatting, blurring with [½, 1, ½] and slicing keep a constant. */
    float gain() {
        return (float) (1 / (1 + Math.pow(2, 1 - corners)));
    }
}
