package io.github.palimpsest.background;

import io.github.palimpsest.tensor.Tensor;

/** The colours of a grid of cells in Lab, and which cells touch each other or the picture's border. */
final class CellColours {

    final int rows;
    final int columns;
    private final float[] lab;

    /** @param rgb {@code 3×rows×columns}, 0..255 */
    CellColours(Tensor rgb) {
        rows = rgb.size(1);
        columns = rgb.size(2);
        lab = LabColour.of(rgb);
    }

    int cells() {
        return rows * columns;
    }

    boolean isBorder(int cell) {
        int row = cell / columns;
        int column = cell % columns;
        return row == 0 || column == 0 || row == rows - 1 || column == columns - 1;
    }

    /** The distance of two cells' colours in Lab. */
    float distance(int p, int q) {
        int n = cells();
        float l = lab[p] - lab[q];
        float a = lab[n + p] - lab[n + q];
        float b = lab[2 * n + p] - lab[2 * n + q];
        return (float) Math.sqrt(l * l + a * a + b * b);
    }

    /** Something to do with a pair of cells. */
    interface Pair {
        void take(int p, int q, float distance);
    }

    /** Goes through all pairs of cells that share a side or a corner, each once. */
    void forEachTouching(Pair pair) {
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) {
                int p = row * columns + column;
                if (column + 1 < columns)
                    pair.take(p, p + 1, distance(p, p + 1));
                for (int x = Math.max(0, column - 1); row + 1 < rows && x <= Math.min(columns - 1, column + 1); x++)
                    pair.take(p, (row + 1) * columns + x, distance(p, (row + 1) * columns + x));
            }
    }
}
