package io.github.palimpsest.erasing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.engine.RandomTensors;
import io.github.palimpsest.task.Seed;
import io.github.palimpsest.tensor.Tensor;

/** What is kept of features, in memory and on disk. */
class TrainingCellsTest {

    private static final int CHANNELS = 3;

    @TempDir
    private Path folder;

    /** Two views of different sizes, of 3×4 and 5×2 cells. */
    private static List<Tensor> views(int image) {
        return List.of(RandomTensors.normal(2 * image, CHANNELS, 3, 4), RandomTensors.normal(2 * image + 1, CHANNELS,
                5, 2));
    }

    private static List<List<Float>> allCells(List<Tensor> views) {
        List<List<Float>> cells = new ArrayList<>();
        for (Tensor view : views) {
            int n = view.size(1) * view.size(2);
            for (int i = 0; i < n; i++)
                cells.add(List.of(view.data()[i], view.data()[n + i], view.data()[2 * n + i]));
        }
        return cells;
    }

    private TrainingCells filled(int keep, long memory) {
        TrainingCells cells = new TrainingCells(folder, CHANNELS, keep, memory);
        for (int image = 0; image < 4; image++)
            cells.add(views(image), Seed.random(1, image));
        return cells;
    }

    @Test
    void thePooledFeaturesAreTheMeanOverAllCellsOfAllViews() {
        try (TrainingCells cells = filled(5, 1 << 20)) {
            assertEquals(4, cells.images());
            float[] pooled = new float[CHANNELS + 1];
            for (int image = 0; image < 4; image++) {
                cells.readPooled(image, pooled, 1);
                for (int c = 0; c < CHANNELS; c++) {
                    int channel = c;
                    assertEquals(allCells(views(image)).stream().mapToDouble(cell ->
                            cell.get(channel)).average().orElseThrow(),
                            pooled[1 + c], 1e-6);
                }
            }
        }
    }

    @Test
    void theKeptCellsAreDifferentCellsOfTheViews() {
        try (TrainingCells cells = filled(15, 1 << 20)) {
            for (int image = 0; image < 4; image++) {
                assertEquals(15, cells.cells(image));
                float[] values = new float[15 * CHANNELS];
                cells.readCells(image, 0, 15, values, 0);
                Set<List<Float>> kept = new HashSet<>();
                for (int k = 0; k < 15; k++)
                    kept.add(List.of(values[3 * k], values[3 * k + 1], values[3 * k + 2]));
                assertEquals(15, kept.size());
                assertTrue(allCells(views(image)).containsAll(kept));
            }
        }
        try (TrainingCells cells = filled(100, 1 << 20)) {
            assertEquals(22, cells.cells(0), "no more than there are");
        }
    }

    @Test
    void cellsAreReadInARing() {
        try (TrainingCells cells = filled(5, 1 << 20)) {
            float[] inOrder = new float[5 * CHANNELS];
            float[] fromThree = new float[5 * CHANNELS];
            cells.readCells(2, 0, 5, inOrder, 0);
            cells.readCells(2, 3, 5, fromThree, 0);
            for (int i = 0; i < inOrder.length; i++)
                assertEquals(inOrder[(i + 3 * CHANNELS) % inOrder.length], fromThree[i]);
        }
    }

    @Test
    void onDiskIsTheSameAsInMemory() {
        float[][] read = new float[3][];
        double[] deviation = new double[3];
        long[] memory = {1 << 20, 0, 100};
        for (int i = 0; i < 3; i++)
            try (TrainingCells cells = filled(5, memory[i])) {
                read[i] = new float[4 * 6 * CHANNELS];
                for (int image = 0; image < 4; image++) {
                    cells.readPooled(image, read[i], image * 6 * CHANNELS);
                    cells.readCells(image, 2, 5, read[i], (image * 6 + 1) * CHANNELS);
                }
                deviation[i] = cells.deviation();
            }
        assertArrayEquals(read[0], read[1]);
        assertArrayEquals(read[0], read[2]);
        assertEquals(deviation[0], deviation[1]);
        double mean = 0;
        double squares = 0;
        for (float value : read[0]) {
            mean += value / read[0].length;
            squares += (double) value * value / read[0].length;
        }
        assertEquals(Math.sqrt(squares - mean * mean), deviation[0], 1e-6);
    }

    @Test
    void theCacheKeepsWhatFitsUnderItsCapAndNothingMore() throws Exception {
        // An image has 22 cells of 3 channels of 4 bytes.
        try (FeatureCache cache = new FeatureCache(folder, CHANNELS, 2 * 22 * 3 * 4 + 200)) {
            for (int image = 0; image < 3; image++)
                cache.put(image, views(image));
            cache.put(7, List.of(RandomTensors.normal(9, CHANNELS, 2, 4)));
            assertTrue(cache.has(0) && cache.has(1) && cache.has(7));
            assertFalse(cache.has(2) || cache.has(3));
            assertEquals(views(1), cache.get(1));
            assertEquals(List.of(RandomTensors.normal(9, CHANNELS, 2, 4)), cache.get(7));
            assertTrue(Files.size(folder.resolve("features")) <= 2 * 22 * 3 * 4 + 200);
        }
        assertFalse(Files.exists(folder.resolve("features")), "it is scratch");
        try (FeatureCache none = new FeatureCache(folder, CHANNELS, 0)) {
            none.put(0, views(0));
            assertFalse(none.has(0));
        }
    }
}
