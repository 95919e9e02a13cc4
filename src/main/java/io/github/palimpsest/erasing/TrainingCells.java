package io.github.palimpsest.erasing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.github.palimpsest.store.FeatureFile;
import io.github.palimpsest.task.Seed;
import io.github.palimpsest.tensor.Tensor;

/**
 * What the training of a linear head needs of every image's features: their mean over all cells, and some random cells. In
 * memory as long as that fits under a cap, on disk otherwise.
 */
final class TrainingCells implements AutoCloseable {

    private final int channels;
    private final int keep;
    private final FeatureFile file;
    private final List<Long> firstRow = new ArrayList<>();
    private final List<Integer> rows = new ArrayList<>();
    private long nextRow;
    private double sum;
    private double squares;

    /**
     * @param keep the most cells that are kept of an image
     * @param memory bytes that may be held in memory
     */
    TrainingCells(Path folder, int channels, int keep, long memory) {
        this.channels = channels;
        this.keep = keep;
        this.file = FeatureFile.create(folder.resolve("cells"), channels, memory);
    }

    int channels() {
        return channels;
    }

    int images() {
        return rows.size();
    }

    /** The cells kept of an image, at least 1. */
    int cells(int image) {
        return rows.get(image) - 1;
    }

    /** Adds the next image by the features of its views, each {@code C×h×w}. */
    void add(List<Tensor> views, SplittableRandom random) {
        int total = views.stream().mapToInt(TrainingCells::cellsOf).sum();
        int kept = Math.min(keep, total);
        float[] block = new float[(1 + kept) * channels];
        for (int c = 0; c < channels; c++) {
            double all = 0;
            for (Tensor view : views)
                all += ScoreMaps.mean(view.data(), c * cellsOf(view), cellsOf(view)) * cellsOf(view);
            block[c] = (float) (all / total);
        }
        int[] order = Seed.shuffled(total, random);
        for (int k = 0; k < kept; k++)
            copyCell(views, order[k], block, (1 + k) * channels);
        for (float value : block) {
            sum += value;
            squares += (double) value * value;
        }
        file.append(block, 1 + kept);
        firstRow.add(nextRow);
        rows.add(1 + kept);
        nextRow += 1 + kept;
    }

    private static int cellsOf(Tensor view) {
        return view.size(1) * view.size(2);
    }

    private void copyCell(List<Tensor> views, int cell, float[] to, int offset) {
        for (Tensor view : views) {
            int n = cellsOf(view);
            if (cell < n) {
                for (int c = 0; c < channels; c++)
                    to[offset + c] = view.data()[c * n + cell];
                return;
            }
            cell -= n;
        }
    }

    /** Reads the mean features of an image into {@code to}. */
    void readPooled(int image, float[] to, int offset) {
        file.read(firstRow.get(image), 1, to, offset);
    }

    /** Reads {@code count ≤ cells(image)} of the image's cells, which lie in random order, from one of them on, going round. */
    void readCells(int image, int from, int count, float[] to, int offset) {
        int first = Math.min(count, cells(image) - from);
        file.read(firstRow.get(image) + 1 + from, first, to, offset);
        if (first < count)
            file.read(firstRow.get(image) + 1, count - first, to, offset + first * channels);
    }

    /** The standard deviation of all features that were kept, at least a little above 0. */
    double deviation() {
        double n = (double) nextRow * channels;
        return Math.max(1e-6, Math.sqrt(Math.max(0, squares / n - (sum / n) * (sum / n))));
    }

    @Override
    public void close() {
        file.close();
    }
}
