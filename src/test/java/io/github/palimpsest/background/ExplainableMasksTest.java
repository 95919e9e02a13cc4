package io.github.palimpsest.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.palimpsest.tensor.Tensor;

/** On features of pictures that hold a rectangle each, of which some channels know. */
class ExplainableMasksTest {

    private static final int ROWS = 7;
    private static final int COLUMNS = 9;
    private static final int CHANNELS = 12;
    private static final int IMAGES = 40;

    private final List<Tensor> features = new ArrayList<>();
    private final List<byte[]> truth = new ArrayList<>();

    @BeforeEach
    void draw() {
        SplittableRandom random = new SplittableRandom(3);
        for (int image = 0; image < IMAGES; image++) {
            int top = 1 + random.nextInt(2);
            int left = 1 + random.nextInt(3);
            int bottom = top + 3 + random.nextInt(2);
            int right = left + 3 + random.nextInt(2);
            byte[] mask = mask(top, left, bottom, right);
            Tensor tensor = Tensor.zeros(CHANNELS, ROWS, COLUMNS);
            for (int c = 0; c < CHANNELS; c++) {
                double level = 3 * gaussian(random); // of the whole picture, which must not matter
                for (int i = 0; i < mask.length; i++)
                    tensor.data()[c * mask.length + i] = (float) ((c + 1) * (level + 0.6 * gaussian(random)
                            + (c % 3 == 0 ? mask[i] : c % 3 == 1 ? -0.5 * mask[i] : 0)));
            }
            features.add(tensor);
            truth.add(mask);
        }
    }

    @Test
    void theTrueMaskIsExplainedBest() {
        ExplainableMasks masks = new ExplainableMasks(features, 1);
        double best = masks.explained(truth);
        SplittableRandom random = new SplittableRandom(4);
        assertTrue(best > 0.8, "the true mask gets " + best);
        assertTrue(best > masks.explained(changed(m -> grown(m, 0))) + 0.02, "eroded");
        assertTrue(best > masks.explained(changed(m -> grown(m, 1))) + 0.02, "dilated");
        assertTrue(best > masks.explained(changed(m -> shifted(m, 1))) + 0.02, "shifted");
        assertTrue(best > masks.explained(changed(m -> shifted(m, 2))) + 0.02, "shifted by two");
        assertTrue(best > masks.explained(changed(m -> random(m, random))) + 0.2, "random");
    }

    @Test
    void theOrderOfImagesDoesNotMatter() {
        double before = new ExplainableMasks(features, 5).explained(truth);
        List<Tensor> backwards = new ArrayList<>();
        List<byte[]> masks = new ArrayList<>();
        for (int i = IMAGES - 1; i >= 0; i--) {
            backwards.add(features.get(i));
            masks.add(truth.get(i));
        }
        assertEquals(before, new ExplainableMasks(backwards, 5).explained(masks));
    }

    @Test
    void aCandidateIsNotChangedByThoseBeforeIt() {
        ExplainableMasks masks = new ExplainableMasks(features, 5);
        double before = masks.explained(truth);
        masks.explained(changed(m -> grown(m, 1)));
        assertEquals(before, masks.explained(truth));
    }

    @Test
    void unsureCellsAreLeftOutWhetherFewOrMany() {
        ExplainableMasks masks = new ExplainableMasks(features, 6);
        for (int sure : new int[] {9, 6, 4, 2}) {
            double explained = masks.explained(changed(m -> unsure(m, sure)));
            assertTrue(explained > 0.75, sure + " of 10 sure cells give " + explained);
        }
    }

    @Test
    void nothingIsExplainedWhereThereIsNothingToTellApart() {
        ExplainableMasks masks = new ExplainableMasks(features, 7);
        assertEquals(0, masks.explained(changed(m -> new byte[m.length])));
        assertEquals(0, masks.explained(changed(m -> unsure(m, 0))));
    }

    @Test
    void featuresWithoutVarianceAreNoObstacle() {
        features.replaceAll(image -> {
            Tensor copy = image.copy();
            Arrays.fill(copy.data(), 0, 2 * ROWS * COLUMNS, 7f);
            return copy;
        });
        double explained = new ExplainableMasks(features, 8).explained(truth);
        assertTrue(explained > 0.7 && explained <= 1, "explained " + explained);
    }

    @Test
    void masksOfOtherNumbersAreRefused() {
        ExplainableMasks masks = new ExplainableMasks(features, 8);
        assertThrows(IllegalArgumentException.class, () -> masks.explained(truth.subList(1, IMAGES)));
        assertThrows(IllegalArgumentException.class, () -> masks.explained(changed(m -> new byte[3])));
        assertThrows(IllegalArgumentException.class, () -> new ExplainableMasks(features.subList(0, 1), 1));
    }

    private List<byte[]> changed(Function<byte[], byte[]> change) {
        return truth.stream().map(change).toList();
    }

    private static byte[] mask(int top, int left, int bottom, int right) {
        byte[] mask = new byte[ROWS * COLUMNS];
        for (int y = top; y < Math.min(ROWS, bottom); y++)
            for (int x = left; x < Math.min(COLUMNS, right); x++)
                mask[y * COLUMNS + x] = 1;
        return mask;
    }

    /** Every cell with a neighbour of this label takes it. */
    private static byte[] grown(byte[] mask, int label) {
        byte[] result = mask.clone();
        for (int i = 0; i < mask.length; i++) {
            int x = i % COLUMNS;
            if (x > 0 && mask[i - 1] == label || x < COLUMNS - 1 && mask[i + 1] == label
                    || i >= COLUMNS && mask[i - COLUMNS] == label
                    || i < mask.length - COLUMNS && mask[i + COLUMNS] == label)
                result[i] = (byte) label;
        }
        return result;
    }

    private static byte[] shifted(byte[] mask, int by) {
        byte[] result = new byte[mask.length];
        for (int i = 0; i < mask.length; i++)
            result[i] = mask[i / COLUMNS * COLUMNS + (i + by) % COLUMNS];
        return result;
    }

    private static byte[] random(byte[] mask, SplittableRandom random) {
        byte[] result = mask.clone();
        for (int i = result.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            byte swap = result[i];
            result[i] = result[j];
            result[j] = swap;
        }
        return result;
    }

    /** Only so many of ten cells stay sure. */
    private static byte[] unsure(byte[] mask, int sure) {
        byte[] result = mask.clone();
        IntStream.range(0, mask.length).filter(i -> 7 * i % 10 >= sure).forEach(i -> result[i] = CellGrid.UNSURE);
        return result;
    }

    private static double gaussian(SplittableRandom random) {
        double sum = -6;
        for (int i = 0; i < 12; i++)
            sum += random.nextDouble();
        return sum;
    }
}
