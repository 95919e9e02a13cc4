package io.github.palimpsest.crf;

import java.util.Arrays;

/**
 * The permutohedral lattice of one kernel on one image, ready to filter: which vertices each pixel touches and with which
 * weight, the same sorted by vertex, and the vertices' neighbours. The weights include the symmetric normalisation
 * {@code 1/√(K·1)}. Vertices are numbered from 1; number 0 stands for all that are absent and is always 0.
 */
final class PermutohedralLattice {

    private static final int CHUNK = 1 << 15;

    private final int pixels;
    private final int corners;
    private final int vertices;
    private final int[] vertexOf;
    private final float[] weights;
    private final int[][] neighbours;
    private int[] splatStart;
    private int[] splatPixels;
    private float[] splatWeights;

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
        lattice.sortByVertex();
        return lattice;
    }

    /** Simplices are found side by side, then numbered one after another, in chunks that keep their keys in the cache. */
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
            for (int i = 0; i < size * corners; i++)
                vertexOf[start * corners + i] = table.add(chunk, i * words);
        }
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

    private void normalize(Threads threads) {
        float[] mass = new float[vertices + 1];
        for (int i = 0; i < vertexOf.length; i++)
            mass[vertexOf[i]] += weights[i];
        float[] blurred = new LatticeValues(this, 1).blurred(mass, threads);
        float gain = gain();
        threads.over(pixels, (from, to) -> {
            for (int i = from * corners; i < to * corners; i += corners) {
                float sum = 0;
                for (int c = 0; c < corners; c++)
                    sum += weights[i + c] * blurred[vertexOf[i + c]];
                float factor = (float) (1 / Math.sqrt(sum * gain + 1e-20));
                for (int c = 0; c < corners; c++)
                    weights[i + c] *= factor;
            }
        });
    }

    private void sortByVertex() {
        splatStart = new int[vertices + 2];
        for (int vertex : vertexOf)
            splatStart[vertex + 1]++;
        for (int vertex = 0; vertex <= vertices; vertex++)
            splatStart[vertex + 1] += splatStart[vertex];
        int[] next = splatStart.clone();
        splatPixels = new int[vertexOf.length];
        splatWeights = new float[vertexOf.length];
        for (int pixel = 0, i = 0; pixel < pixels; pixel++)
            for (int c = 0; c < corners; c++, i++) {
                int place = next[vertexOf[i]]++;
                splatPixels[place] = pixel;
                splatWeights[place] = weights[i];
            }
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
