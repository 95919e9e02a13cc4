package io.github.palimpsest.erasing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.Dropout;
import io.github.palimpsest.engine.Operation.GlobalAveragePooling;
import io.github.palimpsest.engine.Operation.MaxPooling;
import io.github.palimpsest.engine.Operation.ReLU;
import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.network.Activations;
import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.network.CamHead;
import io.github.palimpsest.network.Checkpoint;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Tensor;

class NetworkTrainerTest {

    private static final Engine ENGINE = SmallRun.engine();
    private static final List<Double> MEAN = List.of(10.0, 20.0, 30.0);
    private static final List<List<Integer>> TAGS = List.of(List.of(0), List.of(1), List.of(), List.of(0, 1),
            List.of(0));
    private static final int CROP = 6;

    @TempDir
    private Path folder;

    /** The value of a pixel is its place: 10·y + x, plus 100 for each channel. Some images are smaller than a crop. */
    private static Tensor image(int index) {
        int height = 4 + 3 * (index % 3);
        int width = 5 + 2 * (index % 2);
        Tensor image = Tensor.zeros(3, height, width);
        for (int i = 0; i < image.length(); i++)
            image.data()[i] = 100 * (i / (height * width)) + 10 * (i / width % height) + i % width;
        return image;
    }

    private static NetworkSpec spec(boolean dropout) {
        NetworkSpec.Builder net = NetworkSpec.builder();
        String x = net.add("conv", new Convolution(5, 3, 2, 1, true), net.input("image", 3));
        x = net.add("relu", new ReLU(), x);
        if (dropout)
            x = net.add("dropout", new Dropout(0.5), net.add("norm", new BatchNormalization(1e-3, 0.9), x));
        return net.outputs(net.add(CamHead.MAPS, new Convolution(2, 1, 1, 1, true), x));
    }

    private static Learning learning(int epochs, Optimizer optimizer) {
        return new Learning(TagLoss.LOGISTIC, 0.5, 1, epochs, 4, optimizer, 10, CROP);
    }

    /** Trains and gives the weights. */
    private static Map<String, Tensor> train(NetworkSpec spec, Learning learning, int perPass, Path checkpoint,
            IntFunction<Tensor> images, Progress progress) {
        try (WorkerPool pool = new WorkerPool(1); Network network = ENGINE.compile(spec,
                Engine.Compilation.trainable(3, 1))) {
            List<Double> losses = new NetworkTrainer(images, TAGS, Backbone.SMALL, MEAN, learning, perPass,
                    pool).train(network,
                    List.of(CamHead.MAPS), List.of(0, 1, 2, 3, 4), 7, checkpoint, progress);
            assertEquals(learning.epochs(), losses.size());
            return network.weights();
        }
    }

    private Path checkpoint() {
        return folder.resolve("checkpoint.safetensors");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goneOnFromACheckpointTrainingEndsWithTheSameWeights(boolean adam) {
        Learning learning = learning(6, adam ? new Optimizer.Adam(0.01, 0.01) : new Optimizer.Sgd(0.01, 0.9, 0.01));
        Map<String, Tensor> undisturbed = train(spec(true), learning, 4, folder.resolve("other"),
                NetworkTrainerTest::image,
                Progress.silent());
        // An epoch is five images: it is stopped in the first, the third and the fourth one.
        for (int patience : new int[] { 2, 12, 8 }) {
            StoppingProgress stopping = new StoppingProgress(patience);
            assertThrows(CancelledException.class,
                    () -> train(spec(true), learning, 4, checkpoint(), NetworkTrainerTest::image, stopping));
        }
        assertEquals(3, Checkpoint.read(checkpoint()).losses().size());
        assertEquals(undisturbed, train(spec(true), learning, 4, checkpoint(), NetworkTrainerTest::image,
                Progress.silent()));
        assertEquals(Checkpoint.read(folder.resolve("other")), Checkpoint.read(checkpoint()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aBatchInPartsMovesTheWeightsAsOneInOnePass(int perPass) {
        Learning learning = learning(3, new Optimizer.Sgd(0.01, 0.9, 0.01));
        Map<String, Tensor> whole = train(spec(false), learning, 4, folder.resolve("a"), NetworkTrainerTest::image,
                Progress.silent());
        Map<String, Tensor> parts = train(spec(false), learning, perPass, folder.resolve("b"),
                NetworkTrainerTest::image,
                Progress.silent());
        whole.forEach((name, tensor) -> {
            for (int i = 0; i < tensor.length(); i++)
                assertEquals(tensor.data()[i], parts.get(name).data()[i], 1e-5, name);
        });
    }

    @Test
    void aCropIsASquareOfTheImagePerhapsMirroredOnTheMeanColour() {
        Set<Integer> tops = new HashSet<>();
        Set<Boolean> mirrors = new HashSet<>();
        try (WorkerPool pool = new WorkerPool(1)) {
            NetworkTrainer trainer = new NetworkTrainer(NetworkTrainerTest::image, TAGS, Backbone.SMALL, MEAN,
                    learning(1, new Optimizer.Sgd(0.1, 0, 0)), 1, pool);
            for (int draw = 0; draw < 60; draw++)
                for (int image = 0; image < 5; image++) {
                    int[] found = place(trainer.crop(image, new SplittableRandom(97 * draw + image)), image(image));
                    if (image == 2) {
                        tops.add(found[0]);
                        mirrors.add(found[2] == 1);
                    }
                }
        }
        assertEquals(Set.of(0, 1, 2, 3, 4), tops, "image 2 is four rows higher than a crop, and every place is drawn");
        assertEquals(Set.of(false, true), mirrors);
    }

    /**
     * Where the crop was cut, {@code top, left, mirrored}, by trying all places; exactly this must be what is in it.
     */
    private static int[] place(Tensor crop, Tensor image) {
        for (int top = Math.min(0, image.size(1) - CROP); top <= Math.max(0, image.size(1) - CROP); top++)
            for (int left = Math.min(0, image.size(2) - CROP); left <= Math.max(0, image.size(2) - CROP); left++)
                for (int mirrored = 0; mirrored < 2; mirrored++)
                    if (Arrays.equals(crop.data(), cut(image, top, left, mirrored == 1)))
                        return new int[] { top, left, mirrored };
        throw new AssertionError("no square of the image: " + Arrays.toString(crop.data()));
    }

    private static float[] cut(Tensor image, int top, int left, boolean mirrored) {
        float[] cut = new float[3 * CROP * CROP];
        for (int c = 0; c < 3; c++)
            for (int y = 0; y < CROP; y++)
                for (int x = 0; x < CROP; x++) {
                    int row = top + y;
                    int column = left + (mirrored ? CROP - 1 - x : x);
                    boolean outside = row < 0 || column < 0 || row >= image.size(1) || column >= image.size(2);
                    cut[(c * CROP + y) * CROP + x] = outside ? MEAN.get(c).floatValue() : 100 * c + 10 * row + column;
                }
        return cut;
    }

    @Test
    void anEpochSeesEveryImageOnceInAnOrderOfItsOwn() {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        train(spec(false), learning(4, new Optimizer.Sgd(0.01, 0, 0)), 4, checkpoint(), i -> {
            seen.add(i);
            return image(i);
        }, Progress.silent());
        assertEquals(20, seen.size());
        Set<List<Integer>> orders = new HashSet<>();
        for (int epoch = 0; epoch < 4; epoch++) {
            List<Integer> order = seen.subList(5 * epoch, 5 * epoch + 5);
            assertEquals(Set.of(0, 1, 2, 3, 4), new HashSet<>(order));
            orders.add(List.copyOf(order));
        }
        assertNotEquals(1, orders.size());
    }

    @Test
    void aCheckpointGoesRound() {
        try (Network network = ENGINE.compile(spec(true), Engine.Compilation.trainable(3, 1))) {
            Checkpoint before = Checkpoint.of(network, List.of());
            before.write(checkpoint());
            assertEquals(before, Checkpoint.read(checkpoint()));
            train(spec(true), learning(2, new Optimizer.Adam(0.01, 0)), 4, folder.resolve("trained"),
                    NetworkTrainerTest::image,
                    Progress.silent());
            Checkpoint trained = Checkpoint.read(folder.resolve("trained"));
            assertEquals(trained.losses(), trained.restore(network));
            assertEquals(trained, Checkpoint.of(network, trained.losses()));
            assertTrue(trained.optimizer().size() > 0 && Files.exists(folder.resolve("trained")));
        }
    }

    @Test
    void trainingThatDivergesIsToldAndItsEpochIsNotKept() {
        Learning wild = learning(50, new Optimizer.Sgd(1e30, 0.9, 0));
        String sentence = assertThrows(UserException.class, () -> train(spec(false), wild, 4, checkpoint(),
                NetworkTrainerTest::image,
                Progress.silent())).getMessage();
        assertTrue(sentence.endsWith("Give a smaller learning_rate than 1.0E30."), sentence);
        assertTrue(!Files.exists(checkpoint())
                || Checkpoint.read(checkpoint()).losses().stream().allMatch(Double::isFinite));
    }

    @Test
    void theLearningRateFallsToATenthAfterTwoThirdsOfTheEpochs() {
        for (int epochs : new int[] { 1, 2, 3, 10, 15 })
            for (Optimizer optimizer : List.of(new Optimizer.Sgd(0.5, 0.9, 0.1), new Optimizer.Adam(0.5, 0.8, 0.99,
                    1e-6, 0.1)))
                for (int epoch = 0; epoch < epochs; epoch++) {
                    Optimizer slower = optimizer instanceof Optimizer.Sgd ? new Optimizer.Sgd(0.05, 0.9, 0.1)
                            : new Optimizer.Adam(0.05, 0.8, 0.99, 1e-6, 0.1);
                    assertEquals(epoch < 2 * epochs / 3.0 ? optimizer : slower, learning(epochs,
                            optimizer).optimizerOf(epoch));
                }
    }

    @Test
    void activationsAreCountedNodeByNodeAndOnlyBatchNormNeedsTheWholeBatch() {
        NetworkSpec.Builder net = NetworkSpec.builder();
        String x = net.add("conv", new Convolution(4, 3, 2, 1, true), net.input("image", 3));
        x = net.add("pool", new MaxPooling(2, 2), x);
        x = net.add("norm", new BatchNormalization(1e-3, 0.9), x);
        NetworkSpec spec = net.outputs(net.add("mean", new GlobalAveragePooling(), x));
        long count = 4 * 5 * 5 + 4 * 3 * 3 + 4 * 3 * 3 + 4;
        assertEquals(count, Activations.count(spec, 9));
        long bytes = 3 * 4 * count;
        int[] fitting = IntStream.of(0, 1, 2, 5, 100).map(n -> Activations.imagesPerPass(spec, Set.of("norm"), 9, 5,
                n * bytes)).toArray();
        assertEquals("[1, 1, 2, 5, 5]", Arrays.toString(fitting));
        assertEquals(2, Activations.imagesPerPass(spec, Set.of("norm"), 9, 5, 3 * bytes - 1));
        assertEquals(5, Activations.imagesPerPass(spec, Set.of(), 9, 5, bytes));
    }
}
