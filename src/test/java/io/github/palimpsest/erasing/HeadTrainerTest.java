package io.github.palimpsest.erasing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.engine.RandomTensors;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.Seed;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/** Heads on drawn features: channel t is high in some cells of the images with tag t. */
class HeadTrainerTest {

    private static final int IMAGES = 40;
    private static final int CHANNELS = 6;
    private static final Engine ENGINE = SmallRun.engine();

    @TempDir
    private Path folder;

    private static List<List<Integer>> tags() {
        List<List<Integer>> tags = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++)
            tags.add(List.of(List.<Integer>of(), List.of(0), List.of(1), List.of(0, 1)).get(i % 4));
        return tags;
    }

    private static Tensor features(int image) {
        Tensor features = RandomTensors.normal(image, CHANNELS, 4, 4);
        for (int tag : tags().get(image))
            for (int i = 0; i < 6; i++)
                features.data()[16 * tag + i] += 8;
        return features;
    }

    private TrainingCells cells(List<Tensor> features) {
        TrainingCells cells = new TrainingCells(folder, CHANNELS, 16, 1 << 20);
        for (int i = 0; i < features.size(); i++)
            cells.add(List.of(features.get(i)), Seed.random(1, i));
        return cells;
    }

    private static Learning learning(TagLoss loss, double negatives, int epochs, int batch, Optimizer optimizer) {
        return new Learning(loss, negatives, 8, epochs, batch, optimizer, 1, 32);
    }

    private HeadTrainer.Result train(List<Tensor> features, List<List<Integer>> tags, int[] fold, Learning learning) {
        try (TrainingCells cells = cells(features)) {
            return new HeadTrainer(cells, tags, 2, fold, learning).train(ENGINE, 5, 1, Progress.silent());
        }
    }

    private static List<Tensor> allFeatures() {
        List<Tensor> features = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++)
            features.add(features(i));
        return features;
    }

    @Test
    void tagsThatCanBeToldApartAreToldApartInHeldOutImagesToo() {
        HeadTrainer.Result result = train(allFeatures(), tags(), Folds.of(tags(), 1),
                learning(TagLoss.LOGISTIC, 1, 80, 8, new Optimizer.Adam(0.05, 0)));
        assertEquals(80, result.losses().size());
        assertTrue(result.losses().get(79) < 0.5 * result.losses().get(0), result.losses().toString());
        for (int tag = 0; tag < 2; tag++) {
            double lowest = Double.POSITIVE_INFINITY;
            double highest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < IMAGES; i++) {
                float score = result.heldOut()[i][tag];
                if (tags().get(i).contains(tag))
                    lowest = Math.min(lowest, score);
                else
                    highest = Math.max(highest, score);
            }
            assertTrue(lowest > highest, "tag " + tag + ": the lowest with it " + lowest + ", the highest without "
                    + highest);
        }
    }

    @Test
    void theClassifiersMapsAreHighWhereTheTagIs() {
        HeadClassifier head = train(allFeatures(), tags(), new int[IMAGES],
                learning(TagLoss.LOGISTIC, 1, 80, 8, new Optimizer.Adam(0.05, 0))).classifier();
        float[] map = head.maps(features(1), List.of(0)).data();
        for (int inside = 0; inside < 6; inside++)
            for (int outside = 6; outside < 16; outside++)
                assertTrue(map[inside] > map[outside]);
    }

    /** One image's tag shows in a channel that no other image has: only a head that saw the image can know. */
    @Test
    void aHeadNeverLearnsFromTheImagesThatItJudges() {
        int[] fold = Folds.of(tags(), 1);
        List<Tensor> features = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++)
            features.add(Tensor.zeros(CHANNELS, 4, 4));
        Arrays.fill(features.get(3).data(), 16 * 5, 16 * 6, 1);
        HeadTrainer.Result[] results = new HeadTrainer.Result[2];
        for (int swap = 0; swap < 2; swap++) {
            List<List<Integer>> tags = tags();
            // Otherwise learning alike, the head that judges image 3 must not notice what that image is tagged with.
            tags.set(3, List.of(swap));
            results[swap] = train(features, tags, fold, learning(TagLoss.LOGISTIC, 1, 20, IMAGES,
                    new Optimizer.Adam(0.05, 0)));
        }
        assertArrayEquals(results[0].heldOut()[3], results[1].heldOut()[3]);
        float[] seen = results[0].classifier().maps(features.get(3), List.of(0, 1)).data();
        assertTrue(seen[0] > seen[16] + 1, "the head that saw the image has learnt it");
    }

    /**
     * Plain gradient descent by one step from zero: the classifier is then minus the gradient, which is held against
     * finite differences of the loss that the classes' descriptions give, in double precision.
     */
    @Test
    void aStepGoesDownTheGradientOfTheDescribedLoss() {
        for (TagLoss loss : TagLoss.values()) {
            List<Tensor> features = List.of(features(0), features(1), features(3));
            List<List<Integer>> tags = List.of(List.of(), List.of(0), List.of(0, 1));
            double rate = 1e-2;
            // All cells take part, so nothing is random.
            Learning learning = new Learning(loss, 0.7, 16, 1, 3, new Optimizer.Sgd(rate, 0, 0), 1, 32);
            double deviation;
            try (TrainingCells cells = cells(features)) {
                deviation = cells.deviation();
            }
            HeadTrainer.Result result = train(features, tags, new int[] { 0, 1, 2 }, learning);
            double[] zero = new double[2 * (CHANNELS + 1)];
            zero[CHANNELS] = zero[2 * CHANNELS + 1] = loss.initialBias();
            assertEquals(loss(zero, features, tags, loss), result.losses().get(0), 1e-5);
            for (int i = 0; i < zero.length; i++) {
                double[] more = zero.clone();
                double[] less = zero.clone();
                more[i] += 1e-4;
                less[i] -= 1e-4;
                double gradient = (loss(more, features, tags, loss) - loss(less, features, tags, loss)) / 2e-4;
                int tag = i / (CHANNELS + 1);
                int channel = i % (CHANNELS + 1);
                if (channel == CHANNELS)
                    assertEquals(loss.initialBias() - rate * gradient, result.classifier().bias().data()[tag], 1e-5);
                else
                    // Features are divided by their deviation, so the step in their own units is divided by its square.
                    assertEquals(-rate * gradient / (deviation * deviation),
                            result.classifier().kernel().data()[tag * CHANNELS + channel], 1e-5, loss + " " + tag
                                    + " " + channel);
            }
        }
    }

    /** The mean over images; weights are a row of channels and a bias for each tag. */
    private static double loss(double[] weights, List<Tensor> features, List<List<Integer>> tags, TagLoss loss) {
        double sum = 0;
        for (int image = 0; image < features.size(); image++)
            for (int tag = 0; tag < 2; tag++) {
                double pooled = 0;
                double negatives = 0;
                for (int cell = 0; cell < 16; cell++) {
                    double z = weights[tag * (CHANNELS + 1) + CHANNELS];
                    for (int c = 0; c < CHANNELS; c++)
                        z += weights[tag * (CHANNELS + 1) + c] * features.get(image).data()[16 * c + cell];
                    pooled += z / 16;
                    negatives += loss.negativeCell(z) / 16;
                }
                boolean tagged = tags.get(image).contains(tag);
                sum += loss.pooled(pooled, tagged) + (tagged ? 0 : 0.7 * negatives);
            }
        return sum / features.size();
    }

    @Test
    void trainingThatDivergesIsToldInASentence() {
        Learning wild = learning(TagLoss.SQUARED, 0, 200, 8, new Optimizer.Sgd(100, 0.9, 0));
        String sentence = assertThrows(UserException.class,
                () -> train(allFeatures(), tags(), Folds.of(tags(), 1), wild)).getMessage();
        assertTrue(sentence.matches("Training diverged: the loss is no longer a number after epoch \\d+\\. Give a "
                + "smaller learning_rate "
                + "than 100\\.0\\."), sentence);
    }

    @Test
    void aClassifiersMapsAreThoseOfAConvolutionWithoutBiasAndItsWeightsGoRound() {
        HeadClassifier head = new HeadClassifier(RandomTensors.normal(1, 3, CHANNELS), RandomTensors.normal(2, 3));
        Tensor features = RandomTensors.normal(3, CHANNELS, 5, 7);
        NetworkSpec.Builder builder = NetworkSpec.builder();
        NetworkSpec spec = builder.outputs(builder.add("cam", new Convolution(3, 1, 1, 1, true), builder.input("x",
                CHANNELS)));
        Map<String, Tensor> weights = head.weights();
        try (Network network = ENGINE.compile(spec, Engine.Compilation.inference(spec, 1))) {
            network.setWeights(weights);
            // Maps are taken without the bias.
            network.setWeights(Map.of(HeadClassifier.BIAS, Tensor.zeros(3)));
            float[] expected = network.forward(features.reshape(1, CHANNELS, 5, 7), false).data();
            float[] maps = head.maps(features, List.of(2, 0)).data();
            for (int i = 0; i < 35; i++) {
                assertEquals(expected[70 + i], maps[i], 1e-5);
                assertEquals(expected[i], maps[35 + i], 1e-5);
            }
        }
        assertEquals(head, HeadClassifier.of(weights));
    }
}
