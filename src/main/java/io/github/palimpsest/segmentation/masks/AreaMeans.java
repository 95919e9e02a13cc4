package io.github.palimpsest.segmentation.masks;

import java.util.Arrays;

import io.github.palimpsest.tensor.Tensor;

/**
 * Maps of any size brought to a coarser or finer grid by averaging over each cell's area. A map's value counts for
 * the whole of its pixel, so that a map coarser than the grid is only repeated.
 */
final class AreaMeans {

    private AreaMeans() {}

    /** The means over the cells: {@code C×H×W} becomes {@code C×rows×columns}. */
    static Tensor of(Tensor map, int rows, int columns) {
        int channels = map.size(0);
        int height = map.size(1);
        int width = map.size(2);
        Tensor narrow = Tensor.zeros(channels, height, columns);
        pool(map.data(), narrow.data(), channels * height, width, columns, 1);
        Tensor pooled = Tensor.zeros(channels, rows, columns);
        pool(narrow.data(), pooled.data(), channels, height, rows, columns);
        return pooled;
    }

    /** Along one axis of {@code outer×from×inner}. */
    private static void pool(float[] values, float[] result, int outer, int from, int to, int inner) {
        double size = (double) from / to;
        double[] sums = new double[inner];
        for (int o = 0; o < outer; o++)
            for (int cell = 0; cell < to; cell++) {
                double start = cell * size;
                double end = Math.min(from, start + size);
                Arrays.fill(sums, 0);
                for (int i = (int) start; i < end; i++) {
                    double share = Math.min(end, i + 1) - Math.max(start, i);
                    for (int k = 0; k < inner; k++)
                        sums[k] += share * values[(o * from + i) * inner + k];
                }
                for (int k = 0; k < inner; k++)
                    result[(o * to + cell) * inner + k] = (float) (sums[k] / (end - start));
            }
    }
}
