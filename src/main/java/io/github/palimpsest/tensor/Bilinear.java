package io.github.palimpsest.tensor;

import java.util.Arrays;

/**
 * Bilinear interpolation of planes between two fixed sizes, with half-pixel centres: see {@link Resize#bilinear}. Safe
 * for use by several threads at once.
 */
public final class Bilinear {

    private final Axis down;
    private final Axis across;

    /** From planes of one size to those of another; all sizes at least 1. */
    public Bilinear(int oldHeight, int oldWidth, int height, int width) {
        if (oldHeight < 1 || oldWidth < 1 || height < 1 || width < 1)
            throw new IllegalArgumentException(
                "cannot resize " + oldHeight + "×" + oldWidth + " to " + height + "×" + width);
        down = new Axis(oldHeight, height, 0, height);
        across = new Axis(oldWidth, width, 0, width);
    }

    private Bilinear(Axis down, Axis across) {
        this.down = down;
        this.across = across;
    }

    /**
     * From planes of one size to a rectangle of those of another, to the last bit as the whole would have it.
     *
     * @throws IllegalArgumentException if a size is below 1 or the rectangle leaves the new plane
     */
    static Bilinear window(int oldHeight, int oldWidth, int wholeHeight, int wholeWidth, int top, int left, int height,
            int width) {
        if (oldHeight < 1 || oldWidth < 1 || height < 1 || width < 1 || top < 0 || left < 0 || top + height > wholeHeight
                || left + width > wholeWidth)
            throw new IllegalArgumentException("no " + height + "×" + width + " at " + top + "," + left + " of " + oldHeight
                + "×" + oldWidth + " as " + wholeHeight + "×" + wholeWidth);
        return new Bilinear(new Axis(oldHeight, wholeHeight, top, height), new Axis(oldWidth, wholeWidth, left, width));
    }

    /**
     * Sets a plane of the new size that starts at {@code toAt} from one of the old size that starts at {@code fromAt}.
     */
    public void resize(float[] from, int fromAt, float[] to, int toAt) {
        int width = across.first.length;
        // The two input rows that an output row lies between, stretched to the new width. Neighbouring output rows
        // share them.
        float[] upper = new float[width];
        float[] lower = new float[width];
        int upperIs = -1;
        int lowerIs = -1;
        for (int y = 0; y < down.first.length; y++) {
            int first = down.first[y];
            int second = down.second[y];
            if (upperIs != first) {
                if (lowerIs == first) {
                    float[] swap = upper;
                    upper = lower;
                    lower = swap;
                    lowerIs = upperIs;
                } else {
                    across.stretch(from, fromAt + first * across.oldSize, upper);
                }
                upperIs = first;
            }
            if (lowerIs != second) {
                across.stretch(from, fromAt + second * across.oldSize, lower);
                lowerIs = second;
            }
            float weight = down.weight[y];
            int row = toAt + y * width;
            for (int x = 0; x < width; x++)
                to[row + x] = upper[x] + weight * (lower[x] - upper[x]);
        }
    }

    /**
     * The transpose of {@link #resize}, by which gradients go back: sets {@code below}, a plane of the old size, to the
     * sum over the pixels of {@code above}, a plane of the new size, each by the weights with which it looked at the
     * old ones.
     */
    public void transpose(float[] above, float[] below) {
        int width = across.first.length;
        float[] gathered = new float[width];
        float[] row = new float[across.oldSize];
        Arrays.fill(below, 0, down.oldSize * across.oldSize, 0);
        for (int old = 0; old < down.oldSize; old++) {
            Arrays.fill(gathered, 0);
            for (int y = down.from[old]; y < down.to[old]; y++) {
                float weight = (down.first[y] == old ? 1 - down.weight[y] : 0)
                    + (down.second[y] == old ? down.weight[y] : 0);
                for (int x = 0; x < width; x++)
                    gathered[x] += weight * above[y * width + x];
            }
            across.gather(gathered, row);
            System.arraycopy(row, 0, below, old * across.oldSize, across.oldSize);
        }
    }

    /** Along one axis: the two input pixels that every output pixel lies between, and the weight of the second. */
    private static final class Axis {

        final int oldSize;
        final int[] first;
        final int[] second;
        final float[] weight;
        /** The output pixels from here on, and up to there, may look at an input pixel. */
        final int[] from;
        final int[] to;

        /** Of the new pixels, so many from {@code start} on. */
        Axis(int oldSize, int wholeSize, int start, int newSize) {
            this.oldSize = oldSize;
            first = new int[newSize];
            second = new int[newSize];
            weight = new float[newSize];
            from = new int[oldSize];
            to = new int[oldSize];
            Arrays.fill(from, newSize);
            double scale = (double) oldSize / wholeSize;
            for (int i = 0; i < newSize; i++) {
                double place = Math.max(0, Math.min(oldSize - 1, (start + i + 0.5) * scale - 0.5));
                first[i] = (int) place;
                second[i] = Math.min(oldSize - 1, first[i] + 1);
                weight[i] = (float) (place - first[i]);
                for (int old : new int[] { first[i], second[i] }) {
                    from[old] = Math.min(from[old], i);
                    to[old] = i + 1;
                }
            }
        }

        void stretch(float[] from, int start, float[] row) {
            for (int x = 0; x < row.length; x++) {
                float left = from[start + first[x]];
                row[x] = left + weight[x] * (from[start + second[x]] - left);
            }
        }

        void gather(float[] above, float[] below) {
            Arrays.fill(below, 0);
            for (int x = 0; x < above.length; x++) {
                float right = weight[x] * above[x];
                below[first[x]] += above[x] - right;
                below[second[x]] += right;
            }
        }
    }
}
