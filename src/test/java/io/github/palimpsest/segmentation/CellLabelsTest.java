package io.github.palimpsest.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.store.LabelImage;

class CellLabelsTest {

    /** A mask in which a label, or none, often goes on from one pixel to the next. */
    static LabelImage mask(int width, int height, int labels, long seed) {
        Random random = new Random(seed);
        byte[] mask = new byte[width * height];
        for (int i = 0; i < mask.length; i++)
            mask[i] = i > 0 && random.nextDouble() < 0.7 ? mask[i - 1]
                    : (byte) (random.nextDouble() < 0.3 ? LabelImage.UNLABELLED : random.nextInt(labels));
        return new LabelImage(width, height, mask);
    }

    /** The cell whose centre is nearest, to a pixel's centre. */
    static int nearest(int pixel, int pixels, int cells) {
        return (int) Math.floor((pixel + 0.5) * cells / pixels);
    }

    @ParameterizedTest
    @CsvSource({"12,8,3,2", "13,9,5,4", "7,5,7,5", "3,2,8,5", "40,1,6,1"})
    void aPixelsLabelIsCountedInTheCellThatItLooksAt(int width, int height, int w, int h) {
        LabelImage mask = mask(width, height, 4, 31 * width + h);
        CellLabels cells = CellLabels.of(mask, h, w);
        long labelled = 0;
        for (int cell = 0; cell < h * w; cell++) {
            Map<Integer, Integer> expected = new TreeMap<>();
            int pixels = 0;
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    if (nearest(y, height, h) * w + nearest(x, width, w) == cell) {
                        pixels++;
                        int label = mask.labels()[y * width + x] & 0xff;
                        if (label != LabelImage.UNLABELLED)
                            expected.merge(label, 1, Integer::sum);
                    }
            Map<Integer, Integer> found = new TreeMap<>();
            for (int entry = cells.from(cell); entry < cells.from(cell + 1); entry++)
                found.put(cells.label(entry), cells.count(entry));
            assertEquals(expected, found);
            assertEquals(pixels, cells.pixels(cell));
            labelled += expected.values().stream().mapToInt(n -> n).sum();
        }
        assertEquals(labelled, cells.labelledPixels());
        assertEquals(width * height, cells.pixels());
    }

    @ParameterizedTest
    @CsvSource({"12,8,3,2", "15,9,5,3", "7,5,7,5"})
    void mirroredCellsAreThoseOfTheMirroredMask(int width, int height, int w, int h) {
        LabelImage mask = mask(width, height, 4, 5);
        byte[] flipped = new byte[width * height];
        for (int i = 0; i < flipped.length; i++)
            flipped[i] = mask.labels()[i - i % width + width - 1 - i % width];
        CellLabels cells = CellLabels.of(mask, h, w);
        assertEquals(CellLabels.of(new LabelImage(width, height, flipped), h, w), cells.mirrored());
        assertEquals(cells, cells.mirrored().mirrored());
    }
}
