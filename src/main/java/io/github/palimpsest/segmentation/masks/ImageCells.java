package io.github.palimpsest.segmentation.masks;

import java.util.ArrayList;
import java.util.List;

import io.github.palimpsest.background.BackgroundScore;
import io.github.palimpsest.background.CellGrid;
import io.github.palimpsest.tensor.Tensor;

/**
 * One image on a coarse grid of cells: all that is needed to try many ways to a mask on it quickly.
 *
 * @param features {@code C×rows×columns}
 * @param strongest for each number of rounds that is tried, the highest of the tags' maps in every cell, 0..1
 * @param cues for each cue that is tried, its mean in every cell, 0..1
 */
record ImageCells(Tensor features, List<float[]> strongest, List<float[]> cues) {

    private static final int CELLS = 60;

    /**
     * @param features {@code C×h×w}
     * @param maps {@code T×h×w}, one for each number of rounds
     * @param cues {@code 1×H×W} at the image's size, at least one
     */
    static ImageCells of(Tensor features, List<Tensor> maps, List<Tensor> cues) {
        CellGrid grid = CellGrid.about(CELLS, cues.get(0).size(1), cues.get(0).size(2));
        List<float[]> strongest = new ArrayList<>();
        for (Tensor map : maps)
            strongest.add(strongest(AreaMeans.of(map, grid.rows(), grid.columns())));
        return new ImageCells(AreaMeans.of(features, grid.rows(), grid.columns()), strongest,
                cues.stream().map(cue -> grid.means(cue).data()).toList());
    }

    private static float[] strongest(Tensor maps) {
        float[] strongest = new float[maps.size(1) * maps.size(2)];
        for (int i = 0; i < maps.length(); i++)
            strongest[i % strongest.length] = Math.max(strongest[i % strongest.length], maps.data()[i]);
        return strongest;
    }

    /**
     * The cells in which some tag's map beats the background.
     *
     * @param rounds index into the numbers of rounds
     * @param cue index into the cues
     * @param otherSide whether the cue is to be turned over: what it takes for ground is foreground
     * @return 1 for foreground, 0 for ground
     */
    byte[] labels(int rounds, int cue, boolean otherSide, BackgroundScore score, double gamma) {
        float[] map = strongest.get(rounds);
        byte[] labels = new byte[map.length];
        for (int i = 0; i < map.length; i++) {
            float value = cues.get(cue)[i];
            if (SoftMask.power(map[i], gamma) > score.of(otherSide ? 1 - value : value))
                labels[i] = 1;
        }
        return labels;
    }
}
