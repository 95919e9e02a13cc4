package io.github.palimpsest.segmentation.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.task.Seed;
import io.github.palimpsest.tensor.Tensor;

class AreaMeansTest {

    /** Against maps enlarged until every cell holds whole pixels, where the mean is plain. */
    @ParameterizedTest
    @CsvSource({"6,10", "4,5", "1,1", "13,2", "7,9"})
    void aCellIsTheMeanOverItsArea(int rows, int columns) {
        var random = Seed.random(5);
        Tensor map = Tensor.zeros(2, 7, 9);
        for (int i = 0; i < map.length(); i++)
            map.data()[i] = (float) random.nextDouble();
        float[] expected = new float[2 * rows * columns];
        for (int c = 0; c < 2; c++)
            for (int y = 0; y < 7 * rows; y++)
                for (int x = 0; x < 9 * columns; x++)
                    expected[(c * rows + y / 7) * columns + x / 9] +=
                            map.data()[(c * 7 + y / rows) * 9 + x / columns] / 63;
        assertArrayEquals(expected, AreaMeans.of(map, rows, columns).data(), 1e-5f);
    }
}
