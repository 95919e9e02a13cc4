package io.github.palimpsest.background;

import io.github.palimpsest.tensor.Tensor;

/**
 * A picture cut into nearly square cells of nearly the same size.
 *
 * @param height of the picture, in pixels
 * @param width of the picture
 * @param rows of cells, 1..height
 * @param columns of cells, 1..width
 */
public record CellGrid(int height, int width, int rows, int columns) {

    /** Of a cell that is neither mostly ground nor mostly foreground. */
    public static final byte UNSURE = (byte) 255;

    /** @throws IllegalArgumentException if there is not a pixel for each cell */
    public CellGrid {
        if (rows < 1 || columns < 1 || rows > height || columns > width)
            throw new IllegalArgumentException(rows + "×" + columns + " cells of " + height + "×" + width + " pixels");
    }

    /** About so many cells, fewer where a picture has not as many pixels. */
    public static CellGrid about(int cells, int height, int width) {
        int rows = within(Math.sqrt((double) cells * height / width), height);
        int columns = within(Math.sqrt((double) cells * width / height), width);
        // Where a narrow picture cannot have its share of one, the other must not have more than what remains.
        if (height < width)
            columns = Math.min(columns, within((double) cells / rows, width));
        else
            rows = Math.min(rows, within((double) cells / columns, height));
        return new CellGrid(height, width, rows, columns);
    }

    private static int within(double wanted, int most) {
        return (int) Math.max(1, Math.min(most, Math.round(wanted)));
    }

    /** The number of cells. */
    public int cells() {
        return rows * columns;
    }

    /**
     * The mean over each cell.
     *
     * @param image {@code C×height×width}
     * @return {@code C×rows×columns}
     */
    public Tensor means(Tensor image) {
        if (image.rank() != 3 || image.size(1) != height || image.size(2) != width)
            throw new IllegalArgumentException(image + " for " + this);
        Tensor result = Tensor.zeros(image.size(0), rows, columns);
        for (int c = 0; c < image.size(0); c++)
            for (int row = 0; row < rows; row++)
                for (int column = 0; column < columns; column++)
                    result.data()[(c * rows + row) * columns + column] = mean(image.data(), c, row, column);
        return result;
    }

    private float mean(float[] values, int channel, int row, int column) {
        int left = left(column);
        int right = left(column + 1);
        double sum = 0;
        for (int y = top(row); y < top(row + 1); y++)
            for (int x = left; x < right; x++)
                sum += values[(channel * height + y) * width + x];
        return (float) (sum / ((double) (top(row + 1) - top(row)) * (right - left)));
    }

    /**
     * What most pixels of each cell are.
     *
     * @param labels row-major, one for each pixel: 0 background, 255 unlabelled, else foreground
     * @return row-major, one for each cell: 0 if more than half of its pixels are background, 1 if more than half are
     * foreground, else {@link #UNSURE}
     */
    public byte[] majority(byte[] labels) {
        if (labels.length != height * width)
            throw new IllegalArgumentException(labels.length + " labels for " + this);
        byte[] cells = new byte[cells()];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                cells[row * columns + column] = majority(labels, row, column);
        return cells;
    }

    private byte majority(byte[] labels, int row, int column) {
        int ground = 0;
        int foreground = 0;
        int pixels = 0;
        for (int y = top(row); y < top(row + 1); y++)
            for (int x = left(column); x < left(column + 1); x++) {
                byte label = labels[y * width + x];
                pixels++;
                if (label == 0)
                    ground++;
                else if (label != UNSURE)
                    foreground++;
            }
        if (2 * ground > pixels)
            return 0;
        return 2 * foreground > pixels ? 1 : UNSURE;
    }

    private int top(int row) {
        return (int) ((long) row * height / rows);
    }

    private int left(int column) {
        return (int) ((long) column * width / columns);
    }
}
