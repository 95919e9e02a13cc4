package io.github.palimpsest.segmentation;

import java.util.Arrays;

import io.github.palimpsest.store.LabelImage;

/**
 * A training mask as a network with coarser cells needs it: how many pixels of each label lie in each cell. A pixel
 * belongs to the cell from which it would take its prediction in nearest-neighbour upsampling with half-pixel centres,
 * pixel {@code y} of {@code H} to cell {@code ⌊(y + ½) · h / H⌋} of {@code h}. So a mean over cells, weighted by these
 * counts, is exactly the mean over pixels. Most cells have one label, and only the labels that are there are stored.
 * Unchangeable.
 */
public final class CellLabels {

    private final int[] rows;
    private final int[] columns;
    /** Where each cell's entries begin, and the end. */
    private final int[] start;
    private final byte[] labels;
    private final int[] counts;
    private final long labelled;

    private CellLabels(int[] rows, int[] columns, int[] start, byte[] labels, int[] counts) {
        this.rows = rows;
        this.columns = columns;
        this.start = start;
        this.labels = labels;
        this.counts = counts;
        this.labelled = Arrays.stream(counts).asLongStream().sum();
    }

    /**
     * Counts the labels of a mask.
     *
     * @param mask 0 background, 1.. tags, 255 unlabelled
     * @param height of the network's answer, in cells
     * @param width of the network's answer, in cells
     */
    public static CellLabels of(LabelImage mask, int height, int width) {
        int[] top = borders(mask.height(), height);
        int[] left = borders(mask.width(), width);
        int[] start = new int[height * width + 1];
        byte[] labels = new byte[height * width];
        int[] counts = new int[height * width];
        int[] inCell = new int[256];
        int n = 0;
        for (int cell = 0; cell < height * width; cell++) {
            Arrays.fill(inCell, 0);
            for (int y = top[cell / width]; y < top[cell / width + 1]; y++)
                for (int x = left[cell % width]; x < left[cell % width + 1]; x++)
                    inCell[mask.labels()[y * mask.width() + x] & 0xff]++;
            for (int label = 0; label < LabelImage.UNLABELLED; label++)
                if (inCell[label] > 0) {
                    if (n == labels.length) {
                        labels = Arrays.copyOf(labels, 2 * n);
                        counts = Arrays.copyOf(counts, 2 * n);
                    }
                    labels[n] = (byte) label;
                    counts[n++] = inCell[label];
                }
            start[cell + 1] = n;
        }
        return new CellLabels(sizes(top), sizes(left), start, Arrays.copyOf(labels, n), Arrays.copyOf(counts, n));
    }

    /** The first pixel of every cell, and the end. */
    private static int[] borders(int pixels, int cells) {
        int[] borders = new int[cells + 1];
        int pixel = 0;
        for (int cell = 0; cell <= cells; cell++) {
            while (pixel < pixels && (2L * pixel + 1) * cells / (2L * pixels) < cell)
                pixel++;
            borders[cell] = pixel;
        }
        return borders;
    }

    private static int[] sizes(int[] borders) {
        int[] sizes = new int[borders.length - 1];
        for (int i = 0; i < sizes.length; i++)
            sizes[i] = borders[i + 1] - borders[i];
        return sizes;
    }

    /** Left and right exchanged: the labels that belong to the mirrored network's answer. */
    public CellLabels mirrored() {
        int[] mirroredStart = new int[start.length];
        byte[] mirroredLabels = new byte[labels.length];
        int[] mirroredCounts = new int[counts.length];
        int n = 0;
        for (int cell = 0; cell < start.length - 1; cell++) {
            int x = cell % width();
            int from = cell - x + width() - 1 - x;
            int length = start[from + 1] - start[from];
            System.arraycopy(labels, start[from], mirroredLabels, n, length);
            System.arraycopy(counts, start[from], mirroredCounts, n, length);
            n += length;
            mirroredStart[cell + 1] = n;
        }
        int[] mirroredColumns = new int[columns.length];
        for (int x = 0; x < columns.length; x++)
            mirroredColumns[x] = columns[columns.length - 1 - x];
        return new CellLabels(rows, mirroredColumns, mirroredStart, mirroredLabels, mirroredCounts);
    }

    /** In cells. */
    public int height() {
        return rows.length;
    }

    /** In cells. */
    public int width() {
        return columns.length;
    }

    /** The mask's pixels, labelled or not. */
    public long pixels() {
        return Arrays.stream(rows).asLongStream().sum() * Arrays.stream(columns).asLongStream().sum();
    }

    /** The mask's pixels that have a label. */
    public long labelledPixels() {
        return labelled;
    }

    /** The pixels of a cell, row-major, labelled or not. */
    int pixels(int cell) {
        return rows[cell / columns.length] * columns[cell % columns.length];
    }

    /** The first entry of a cell; its last is before the first of the next. */
    int from(int cell) {
        return start[cell];
    }

    /** The number of entries, each a label and how often it is in a cell. */
    int entries() {
        return labels.length;
    }

    /** The label of an entry. */
    int label(int entry) {
        return labels[entry] & 0xff;
    }

    /** The pixels of an entry. */
    int count(int entry) {
        return counts[entry];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CellLabels that && Arrays.equals(rows, that.rows)
                && Arrays.equals(columns, that.columns) && Arrays.equals(start, that.start)
                && Arrays.equals(labels, that.labels) && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(start) * 31 + Arrays.hashCode(labels);
    }
}
