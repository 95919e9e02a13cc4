package io.github.palimpsest.background;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.tensor.Tensor;

class CellGridTest {

    @ParameterizedTest
    @CsvSource({"1120,213,320,27,41", "1120,320,213,41,27", "1120,256,256,33,33", "60,213,320,6,9", "60,10,1000,1,60",
            "60,1000,10,60,1", "1120,3,5000,1,1120", "1120,1,1,1,1", "1120,20,30,20,30", "1120,5,300,4,259"})
    void cellsAreAsManyAndAsSquareAsThePictureAllows(int cells, int height, int width, int rows, int columns) {
        assertEquals(new CellGrid(height, width, rows, columns), CellGrid.about(cells, height, width));
    }

    @Test
    void meansAreThoseOfTheCells() {
        Tensor image = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 1, 2, 5);
        CellGrid grid = new CellGrid(2, 5, 1, 2); // columns 0–1 and 2–4
        assertArrayEquals(new float[] {(1 + 2 + 6 + 7) / 4f, (3 + 4 + 5 + 8 + 9 + 10) / 6f}, grid.means(image).data());
        assertThrows(IllegalArgumentException.class, () -> grid.means(Tensor.zeros(1, 5, 2)));
    }

    @Test
    void aCellIsWhatMostOfItsPixelsAre() {
        byte u = CellGrid.UNSURE;
        byte[] labels = {
            0, 0, 3, 7, u, u, 0, 1,
            0, 1, 4, u, u, 0, 0, 1};
        assertArrayEquals(new byte[] {0, 1, u, u}, new CellGrid(2, 8, 1, 4).majority(labels));
    }

    @Test
    void moreCellsThanPixelsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new CellGrid(2, 2, 3, 1));
    }
}
