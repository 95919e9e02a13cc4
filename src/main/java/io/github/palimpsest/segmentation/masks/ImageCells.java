package io.github.palimpsest.segmentation.masks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import io.github.palimpsest.background.BackgroundScore;
import io.github.palimpsest.background.CellGrid;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * One image on a coarse grid of cells: all that is needed to try many ways to a mask on it quickly. Maps and cues are
 * kept at a raster of points in every cell, since a cell's mean does not tell what most of it would be labelled.
 *
 * @param features {@code C×rows×columns}
 * @param strongest for each number of rounds that is tried, the highest of the tags' maps at every point, raised to
 *            gamma
 * @param cues for each cue that is tried, its value at every point, 0..1
 */
record ImageCells(Tensor features, List<float[]> strongest, List<float[]> cues) {

    private static final int CELLS = 60;

    /** So many points along each side of a cell. */
    private static final int POINTS = 8;

    /**
     * @param features {@code C×h×w}
     * @param maps {@code T×h×w}, 0..1, one for each number of rounds
     * @param gamma exponent that the maps are raised to
     * @param cues {@code 1×H×W} at the image's size, at least one
     */
    static ImageCells of(Tensor features, List<Tensor> maps, double gamma, List<Tensor> cues) {
        CellGrid grid = CellGrid.about(CELLS, cues.get(0).size(1), cues.get(0).size(2));
        int rows = grid.rows() * POINTS;
        int columns = grid.columns() * POINTS;
        List<float[]> strongest = new ArrayList<>();
        for (Tensor map : maps)
            strongest.add(strongest(Resize.bilinear(map, rows, columns), gamma));
        return new ImageCells(AreaMeans.of(features, grid.rows(), grid.columns()), strongest,
                cues.stream().map(cue -> points(cue, rows, columns)).toList());
    }

    private static float[] strongest(Tensor maps, double gamma) {
        float[] strongest = new float[maps.size(1) * maps.size(2)];
        for (int i = 0; i < maps.length(); i++)
            strongest[i % strongest.length] = Math.max(strongest[i % strongest.length], maps.data()[i]);
        for (int i = 0; i < strongest.length; i++)
            strongest[i] = (float) SoftMask.power(strongest[i], gamma);
        return strongest;
    }

    /**
     * The values of the pixels that the points lie in: what lies between the two sides of a threshold is on neither.
     */
    private static float[] points(Tensor cue, int rows, int columns) {
        float[] points = new float[rows * columns];
        for (int i = 0; i < points.length; i++) {
            int y = (int) ((2L * (i / columns) + 1) * cue.size(1) / (2L * rows));
            int x = (int) ((2L * (i % columns) + 1) * cue.size(2) / (2L * columns));
            points[i] = cue.data()[y * cue.size(2) + x];
        }
        return points;
    }

    /**
     * The cells in which, at most points, some tag's map beats the background.
     *
     * @param rounds index into the numbers of rounds
     * @param cue index into the cues
     * @param otherSide whether the cue is to be turned over: what it takes for ground is foreground
     * @return row-major, 1 for foreground, 0 for ground, {@link CellGrid#UNSURE} for half and half
     */
    byte[] labels(int rounds, int cue, boolean otherSide, BackgroundScore score) {
        return labels(beatsBackground(rounds, cue, otherSide, score));
    }

    /** The share of the points at which some tag's map beats the background, 0..1; see {@link #labels}. */
    double share(int rounds, int cue, boolean otherSide, BackgroundScore score) {
        return share(beatsBackground(rounds, cue, otherSide, score));
    }

    private IntPredicate beatsBackground(int rounds, int cue, boolean otherSide, BackgroundScore score) {
        float[] map = strongest.get(rounds);
        float[] values = cues.get(cue);
        return i -> map[i] > score.of(otherSide ? 1 - values[i] : values[i]);
    }

    /** The cells that, at most points, the cue alone takes for foreground; see {@link #labels}. */
    byte[] plainLabels(int cue, boolean otherSide) {
        return labels(isForeground(cue, otherSide));
    }

    /** The share of the points that the cue alone takes for foreground, 0..1. */
    double plainShare(int cue, boolean otherSide) {
        return share(isForeground(cue, otherSide));
    }

    private IntPredicate isForeground(int cue, boolean otherSide) {
        float[] values = cues.get(cue);
        return i -> otherSide ? values[i] < .5f : values[i] > .5f;
    }

    private double share(IntPredicate isForeground) {
        int points = features.size(1) * features.size(2) * POINTS * POINTS;
        return (double) IntStream.range(0, points).filter(isForeground).count() / points;
    }

    private byte[] labels(IntPredicate isForeground) {
        int columns = features.size(2);
        int[] foreground = new int[features.size(1) * columns];
        for (int i = 0; i < foreground.length * POINTS * POINTS; i++)
            if (isForeground.test(i)) {
                int row = i / (columns * POINTS) / POINTS;
                foreground[row * columns + i % (columns * POINTS) / POINTS]++;
            }
        byte[] labels = new byte[foreground.length];
        for (int cell = 0; cell < labels.length; cell++) {
            int twice = 2 * foreground[cell];
            labels[cell] = twice > POINTS * POINTS ? 1 : twice < POINTS * POINTS ? 0 : CellGrid.UNSURE;
        }
        return labels;
    }
}
