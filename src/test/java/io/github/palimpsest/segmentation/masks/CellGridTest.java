package io.github.palimpsest.segmentation.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.task.Seed;
import io.github.palimpsest.tensor.Tensor;

class CellGridTest {

    @ParameterizedTest
    @CsvSource({"640,640", "320,213", "213,320", "2000,100", "1,5000", "3,3"})
    void thereAreAboutSoManyCells(int width, int height) {
        CellGrid grid = CellGrid.of(width, height, 60);
        assertTrue(grid.cells() >= 50 && grid.cells() <= 70, grid + " of " + width + "×" + height);
    }

    @Test
    void cellsAreNearlySquare() {
        assertEquals(new CellGrid(6, 10), CellGrid.of(320, 200, 60));
    }

    /** Against maps enlarged until every cell holds whole pixels, where the mean is plain. */
    @ParameterizedTest
    @CsvSource({"6,10", "4,5", "1,1", "13,2"})
    void poolingIsTheMeanOverACellsArea(int rows, int columns) {
        var random = Seed.random(5);
        Tensor map = Tensor.zeros(2, 7, 9);
        for (int i = 0; i < map.length(); i++)
            map.data()[i] = (float) random.nextDouble();
        float[] expected = new float[2 * rows * columns];
        for (int c = 0; c < 2; c++)
            for (int y = 0; y < 7 * rows; y++)
                for (int x = 0; x < 9 * columns; x++)
                    expected[(c * rows + y / 7) * columns + x / 9] += map.data()[(c * 7 + y / rows) * 9 + x / columns] / 63;
        assertArrayEquals(expected, new CellGrid(rows, columns).pool(map).data(), 1e-5f);
    }
}
