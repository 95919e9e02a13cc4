package io.github.palimpsest.background;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How well each cell's region is connected to the picture's border (Zhu et al. 2014, equations 2 to 5): regions are
 * soft, by the geodesic distance in colour; a region that has much border for its area is background. Cells of the
 * border are all linked to each other, because ground may be cut in two by an object.
 * <p>
 * Distances are whole numbers of {@value #UNITS}ths of a Lab unit, and beyond four times {@value #SIGMA} a cell does
 * not belong to the region any more; so Dial's buckets do the work of Dijkstra's heap. Cells at distance 0 are joined.
 */
final class BoundaryConnectivity {

    /** In Lab units; the paper names 10 and finds 5 to 15 alike. */
    private static final double SIGMA = 7;
    /** How much of the usual difference between neighbours is noise and no step of a path. */
    private static final double NOISE = 0.5;
    private static final int UNITS = 32;
    private static final int REACH = (int) (4 * SIGMA * UNITS);
    private static final float[] BELONGING = new float[REACH + 1];

    static {
        for (int d = 0; d <= REACH; d++)
            BELONGING[d] = (float) Math.exp(-(double) d * d / (2 * SIGMA * SIGMA * UNITS * UNITS));
    }

    private final CellColours colours;
    private final float noise;
    private final int[] nodeOf;
    private int nodes;
    private int[] size;
    private int[] border;
    private int[] start;
    private int[] target;
    private int[] weight;

    BoundaryConnectivity(CellColours colours) {
        this.colours = colours;
        noise = noise(colours);
        nodeOf = joined();
        link();
    }

    /** Of each cell the connectivity: 0 far from the border, about 1 and more for background. */
    float[] ofCells() {
        float[] ofNodes = new float[nodes];
        Buckets buckets = new Buckets();
        for (int node = 0; node < nodes; node++)
            ofNodes[node] = buckets.connectivity(node);
        float[] result = new float[nodeOf.length];
        for (int cell = 0; cell < result.length; cell++)
            result[cell] = ofNodes[nodeOf[cell]];
        return result;
    }

    /**
     * Half of how unlike its most similar neighbour a cell is on average. Without this the noise of many cells would
     * add up along a path; with all of it, faint objects would leak into their ground.
     */
    private static float noise(CellColours colours) {
        float[] least = new float[colours.cells()];
        Arrays.fill(least, Float.POSITIVE_INFINITY);
        colours.forEachTouching((p, q, distance) -> {
            least[p] = Math.min(least[p], distance);
            least[q] = Math.min(least[q], distance);
        });
        double sum = 0;
        for (float one : least)
            sum += one;
        return least.length > 1 ? (float) (NOISE * sum / least.length) : 0;
    }

    private int units(float distance) {
        return (int) Math.min(REACH + 1, Math.round(Math.max(0, distance - noise) * UNITS));
    }

    /** Joins cells at distance 0; afterwards the number of its node for each cell. */
    private int[] joined() {
        int[] parent = new int[colours.cells()];
        for (int i = 0; i < parent.length; i++)
            parent[i] = i;
        forEachLink((p, q, distance) -> {
            if (units(distance) == 0)
                parent[root(parent, p)] = root(parent, q);
        });
        int[] node = new int[parent.length];
        Arrays.fill(node, -1);
        int[] result = new int[parent.length];
        for (int i = 0; i < parent.length; i++) {
            int root = root(parent, i);
            if (node[root] < 0)
                node[root] = nodes++;
            result[i] = node[root];
        }
        return result;
    }

    private static int root(int[] parent, int cell) {
        while (parent[cell] != cell) {
            parent[cell] = parent[parent[cell]];
            cell = parent[cell];
        }
        return cell;
    }

    private void forEachLink(CellColours.Pair pair) {
        colours.forEachTouching(pair);
        int[] edge = IntStream.range(0, colours.cells()).filter(colours::isBorder).toArray();
        for (int i = 0; i < edge.length; i++)
            for (int j = i + 1; j < edge.length; j++)
                pair.take(edge[i], edge[j], colours.distance(edge[i], edge[j]));
    }

    private void link() {
        size = new int[nodes];
        border = new int[nodes];
        for (int cell = 0; cell < nodeOf.length; cell++) {
            size[nodeOf[cell]]++;
            if (colours.isBorder(cell))
                border[nodeOf[cell]]++;
        }
        int[] shortest = new int[nodes * nodes];
        Arrays.fill(shortest, REACH + 1);
        forEachLink((p, q, distance) -> {
            int a = nodeOf[p];
            int b = nodeOf[q];
            if (a != b) {
                int length = Math.min(shortest[a * nodes + b], units(distance));
                shortest[a * nodes + b] = length;
                shortest[b * nodes + a] = length;
            }
        });
        int links = 0;
        for (int length : shortest)
            links += length <= REACH ? 1 : 0;
        start = new int[nodes + 1];
        target = new int[links];
        weight = new int[links];
        int link = 0;
        for (int a = 0; a < nodes; a++) {
            for (int b = 0; b < nodes; b++)
                if (shortest[a * nodes + b] <= REACH) {
                    target[link] = b;
                    weight[link++] = shortest[a * nodes + b];
                }
            start[a + 1] = link;
        }
    }

    /** Shortest paths from one node at a time: for every length a list of the nodes that are reached by it. */
    private final class Buckets {

        private final int[] distance = new int[nodes];
        private final int[] first = new int[REACH + 1];
        private final int[] next = new int[target.length + 1];
        private final int[] entry = new int[target.length + 1];
        private int entries;

        Buckets() {
            Arrays.fill(first, -1);
        }

        float connectivity(int source) {
            Arrays.fill(distance, REACH + 1);
            entries = 0;
            reach(source, 0);
            double area = 0;
            double length = 0;
            for (int d = 0; d <= REACH; d++) {
                // No link has length 0, so a bucket does not grow while it is emptied.
                for (int e = first[d]; e >= 0; e = next[e]) {
                    int node = entry[e];
                    if (distance[node] != d)
                        continue;
                    area += size[node] * BELONGING[d];
                    length += border[node] * BELONGING[d];
                    for (int link = start[node]; link < start[node + 1]; link++)
                        if (d + weight[link] < distance[target[link]])
                            reach(target[link], d + weight[link]);
                }
                first[d] = -1;
            }
            return (float) (length / Math.sqrt(area));
        }

        private void reach(int node, int d) {
            if (d > REACH)
                return;
            distance[node] = d;
            entry[entries] = node;
            next[entries] = first[d];
            first[d] = entries++;
        }
    }
}
