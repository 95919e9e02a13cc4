package io.github.palimpsest.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

    @Test
    void scoresAreThoseOfSetsOfPixels() {
        int labels = 5;
        byte[] truth = new byte[10_000];
        byte[] predicted = new byte[truth.length];
        Random random = new Random(5);
        for (int i = 0; i < truth.length; i++) {
            truth[i] = (byte) (random.nextInt(9) == 0 ? 255 : random.nextInt(labels));
            predicted[i] = (byte) (random.nextBoolean() && truth[i] != -1 ? truth[i] : random.nextInt(labels));
        }
        ConfusionMatrix matrix = new ConfusionMatrix(labels);
        matrix.add(truth, predicted);

        double sum = 0;
        for (int label = 0; label < labels; label++) {
            double both = 0;
            double either = 0;
            double is = 0;
            double given = 0;
            for (int i = 0; i < truth.length; i++)
                if (truth[i] != -1) {
                    both += truth[i] == label && predicted[i] == label ? 1 : 0;
                    either += truth[i] == label || predicted[i] == label ? 1 : 0;
                    is += truth[i] == label ? 1 : 0;
                    given += predicted[i] == label ? 1 : 0;
                }
            assertEquals(both / either, matrix.iou(label), 1e-12);
            assertEquals(both / given, matrix.precision(label), 1e-12);
            assertEquals(both / is, matrix.recall(label), 1e-12);
            sum += both / either;
        }
        assertEquals(sum / labels, matrix.meanIou(), 1e-12);
    }

    @Test
    void aSmallMatrixByHand() {
        // truth 0: 6 right, 2 called 1; truth 1: 3 right, 1 called 0; nobody has 2, but 4 pixels of truth 0 were given it
        ConfusionMatrix matrix = new ConfusionMatrix(4);
        matrix.add(0, 0, 6);
        matrix.add(0, 1, 2);
        matrix.add(1, 1, 3);
        matrix.add(1, 0, 1);
        matrix.add(0, 2, 4);
        matrix.add(255, 3, 100);
        assertEquals(6.0 / 13, matrix.iou(0), 1e-12);
        assertEquals(3.0 / 6, matrix.iou(1), 1e-12);
        assertEquals(0, matrix.iou(2));
        assertTrue(Double.isNaN(matrix.iou(3)) && Double.isNaN(matrix.precision(3)) && Double.isNaN(matrix.recall(2)));
        assertEquals((6.0 / 13 + 0.5 + 0) / 3, matrix.meanIou(), 1e-12);
        assertEquals(9.0 / 16, matrix.pixelAccuracy(), 1e-12);
        assertEquals(3.0 / 9, matrix.objectPrecision(), 1e-12);
        assertEquals(3.0 / 4, matrix.objectRecall(), 1e-12);
        assertEquals(16, matrix.pixels());
    }

    @Test
    void matricesAddUp() {
        ConfusionMatrix sum = new ConfusionMatrix(2);
        ConfusionMatrix part = new ConfusionMatrix(2);
        part.add(1, 1, 3_000_000_000L);
        sum.add(part);
        sum.add(part);
        assertEquals(6_000_000_000L, sum.count(1, 1));
        assertThrows(IllegalArgumentException.class, () -> sum.add(new ConfusionMatrix(3)));
    }

    @Test
    void anEmptyMatrixHasNoScores() {
        ConfusionMatrix matrix = new ConfusionMatrix(3);
        assertTrue(Double.isNaN(matrix.meanIou()) && Double.isNaN(matrix.pixelAccuracy())
                && Double.isNaN(matrix.objectPrecision()) && Double.isNaN(matrix.objectRecall()));
    }

    @Test
    void whatIsNoLabelIsRefused() {
        ConfusionMatrix matrix = new ConfusionMatrix(2);
        assertThrows(IllegalArgumentException.class, () -> matrix.add(2, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> matrix.add(0, 255, 1));
        assertThrows(IllegalArgumentException.class, () -> matrix.add(new byte[1], new byte[2]));
        assertThrows(IllegalArgumentException.class, () -> new ConfusionMatrix(256));
    }
}
