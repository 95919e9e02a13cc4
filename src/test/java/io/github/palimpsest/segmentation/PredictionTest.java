package io.github.palimpsest.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.engine.RandomTensors;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

class PredictionTest {

    private final Tensor logits = RandomTensors.normal(4, 5, 3, 4);

    @Test
    void onlyTheBackgroundAndTheAllowedTagsShareTheProbability() {
        Prediction prediction = Prediction.of(logits, List.of(3, 1), 3, 4);
        assertEquals(List.of(0, 2, 4), prediction.labels());
        for (int cell = 0; cell < 12; cell++) {
            double sum = 0;
            for (int label : prediction.labels())
                sum += Math.exp(logits.data()[label * 12 + cell]);
            for (int i = 0; i < 3; i++)
                assertEquals(Math.exp(logits.data()[prediction.labels().get(i) * 12 + cell]) / sum,
                        prediction.probabilities().data()[i * 12 + cell], 1e-5);
        }
    }

    @Test
    void confidencesWeighTheTags() {
        Tensor twoOne = Tensor.of(new float[] {0, (float) Math.log(2), (float) Math.log(5)}, 3, 1, 1);
        Prediction prediction = Prediction.of(twoOne, List.of(1, 0), List.of(0.2, 0.5), 1, 1);
        assertArrayEquals(new float[] {1 / 3f, 1 / 3f, 1 / 3f}, prediction.probabilities().data(), 1e-5f);
        Tensor sure = Tensor.of(new float[] {-2000, 2000}, 2, 1, 1);
        assertArrayEquals(new int[] {0}, Prediction.of(sure, List.of(0), List.of(0.0), 1, 1).mostLikely());
    }

    @Test
    void probabilitiesNotLogitsAreResizedAndStayAProbability() {
        Tensor large = Prediction.of(logits, List.of(0, 2), 13, 9).probabilities();
        assertEquals(Resize.bilinear(Prediction.of(logits, List.of(0, 2), 3, 4).probabilities(), 13, 9), large);
        for (int pixel = 0; pixel < 13 * 9; pixel++) {
            double sum = 0;
            for (int i = 0; i < 3; i++) {
                float p = large.data()[i * 13 * 9 + pixel];
                assertTrue(p > 0);
                sum += p;
            }
            assertEquals(1, sum, 1e-5);
        }
        Tensor sure = Tensor.of(new float[] {-2000, 2000}, 2, 1, 1);
        assertTrue(Prediction.of(sure, List.of(0), 1, 1).probabilities().data()[0] > 0, "a logarithm can be taken");
    }

    @Test
    void withoutTagsAllIsBackground() {
        Prediction prediction = Prediction.of(logits, List.of(), 2, 2);
        assertArrayEquals(new float[] {1, 1, 1, 1}, prediction.probabilities().data(), 1e-6f);
        assertArrayEquals(new int[4], prediction.mostLikely());
    }

    @Test
    void theMostLikelyLabelIsGivenByItsNumber() {
        Prediction prediction = new Prediction(
                Tensor.of(new float[] {0.5f, 0.1f, 0.4f, 0.5f, 0.2f, 0.2f, 0, 0.7f, 0.4f}, 3, 1, 3),
                List.of(0, 2, 300));
        assertArrayEquals(new int[] {0, 300, 0}, prediction.mostLikely());
        assertArrayEquals(new int[] {2, 2, 2},
                prediction.refined(Tensor.of(new float[] {0, 0, 0, 1, 1, 1, 0, 0, 0}, 3, 1, 3)).mostLikely());
        assertThrows(IllegalArgumentException.class, () -> prediction.refined(Tensor.zeros(2, 1, 3)));
    }
}
