package io.github.palimpsest.segmentation.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.background.BackgroundScore;
import io.github.palimpsest.background.CellGrid;
import io.github.palimpsest.task.Seed;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

class ImageCellsTest {

    private static final int HEIGHT = 48;
    private static final int WIDTH = 80;

    private static Tensor random(SplittableRandom random, int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.length(); i++)
            tensor.data()[i] = (float) random.nextDouble();
        return tensor;
    }

    /** In an image of 6×10 cells of 8×8 pixels every pixel is a point. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCellIsWhatMostOfItsPixelsAre(boolean otherSide) {
        SplittableRandom random = Seed.random(11);
        Tensor maps = random(random, 2, 5, 7);
        Tensor cue = random(random, 1, HEIGHT, WIDTH);
        CellGrid grid = CellGrid.about(60, HEIGHT, WIDTH);
        assertEquals(new CellGrid(HEIGHT, WIDTH, 6, 10), grid);
        ImageCells cells = ImageCells.of(random(random, 3, 4, 4), List.of(maps), .5, List.of(cue));
        assertTrue(cells.features().hasShape(3, 6, 10));

        Tensor full = Resize.bilinear(maps, HEIGHT, WIDTH);
        byte[] labels = new byte[HEIGHT * WIDTH];
        for (int i = 0; i < labels.length; i++) {
            double value = otherSide ? 1 - cue.data()[i] : cue.data()[i];
            double strongest = Math.sqrt(Math.max(full.data()[i], full.data()[labels.length + i]));
            labels[i] = (byte) (strongest > .75 + .3 * (1 - 2 * value) ? 1 : 0);
        }
        byte[] expected = grid.majority(labels);
        assertArrayEquals(expected, cells.labels(0, 0, otherSide, new BackgroundScore(.75, .3)));
        int foreground = 0;
        for (byte label : expected)
            foreground += label == 1 ? 1 : 0;
        assertTrue(foreground > 5 && foreground < 55, foreground + " of 60 cells");
    }
}
