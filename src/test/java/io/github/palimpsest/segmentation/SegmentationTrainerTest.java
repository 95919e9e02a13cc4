package io.github.palimpsest.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.Dropout;
import io.github.palimpsest.engine.Operation.GlobalAveragePooling;
import io.github.palimpsest.engine.Operation.ReLU;
import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.network.Checkpoint;
import io.github.palimpsest.segmentation.PslLoss.Prohibition;
import io.github.palimpsest.segmentation.SegmentationLearning.Schedule;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.task.CancellableProgress;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

class SegmentationTrainerTest {

    private static final Engine ENGINE = Engines.start(new EngineSettings(EngineSettings.Device.CPU, 2, 4L << 30));
    private static final List<String> NAMES = List.of("disc", "ring");
    private static final Optimizer ADAM = new Optimizer.Adam(0.03, 1e-4);

    @TempDir
    private Path folder;

    /**
     * Images of stripes whose labels can be read off their three channels, in two shapes; every third column is
     * unlabelled. {@code rare} leaves out tag 1 of the masks but for one pixel.
     */
    private static TrainingExamples stripes(boolean rare) {
        return new TrainingExamples() {
            @Override
            public int size() {
                return 7;
            }

            @Override
            public Example example(int index, SplittableRandom random, int worker) {
                int height = 4 + index % 2;
                int width = 6;
                Tensor image = Tensor.zeros(3, height, width);
                byte[] mask = new byte[height * width];
                for (int i = 0; i < mask.length; i++) {
                    int label = (i / width + index) % 3;
                    image.data()[label * mask.length + i] = 1;
                    mask[i] = (byte) (i % 3 == 2 ? LabelImage.UNLABELLED : rare && label == 2 ? 0 : label);
                }
                if (rare && index == 0)
                    mask[0] = 2;
                Tensor coarse = Resize.bilinear(image, 2, 3);
                CellLabels labels = CellLabels.of(new LabelImage(width, height, mask), height, width);
                boolean mirrored = random.nextBoolean();
                return new Example(Map.of("image", mirrored ? Resize.flipped(image) : image, "context", coarse),
                        mirrored ? labels.mirrored() : labels, List.of(0, 1));
            }
        };
    }

    private static NetworkSpec spec(boolean dropout) {
        NetworkSpec.Builder net = NetworkSpec.builder();
        String image = net.input("image", 3);
        String x = net.add("relu", new ReLU(), net.add("conv", new Convolution(16, 1, 1, 1, true), image));
        if (dropout)
            x = net.add("dropout", new Dropout(0.3), x);
        String context = net.add("context_pool", new GlobalAveragePooling(), net.input("context", 3));
        net.add("segmentation", new Convolution(3, 1, 1, 1, true), x);
        net.add("classification", new Convolution(2, 1, 1, 1, true), context);
        return net.outputs("segmentation", "classification");
    }

    private static SegmentationLearning learning(int epochs, int batch, Optimizer optimizer, Prohibition prohibition) {
        return new SegmentationLearning(epochs, batch, optimizer, 1, Schedule.COSINE, prohibition, 0.3, 2, 1, 0);
    }

    private record Trained(TrainingCourse course, Map<String, Tensor> weights) {}

    private Trained train(String name, TrainingExamples examples, SegmentationLearning learning, int perPass,
            int threads, NetworkSpec spec, Progress progress) {
        try (WorkerPool pool = new WorkerPool(threads);
                Network network = ENGINE.compile(spec, Engine.Compilation.trainable(3, 1))) {
            TrainingCourse course = new SegmentationTrainer(examples, NAMES, learning, perPass, pool).train(network,
                    List.of("segmentation"), 7, checkpoint(name), folder.resolve(name + ".csv"), progress);
            return new Trained(course, network.weights());
        }
    }

    private Path checkpoint(String name) {
        return folder.resolve(name + ".safetensors");
    }

    @ParameterizedTest
    @EnumSource
    void labelsThatCanBeReadOffTheImageAreLearntAndTheUnlabelledColumnsToo(Prohibition prohibition) throws IOException {
        Trained trained = train("run", stripes(false), learning(30, 3, ADAM, prohibition), 9, 1, spec(false),
                Progress.silent());
        List<Double> losses = trained.course().losses();
        assertEquals(30, losses.size());
        List<Double> segmentation = trained.course().curves().get("segmentation");
        assertTrue(segmentation.get(29) < 0.1 && segmentation.get(0) > 0.5, segmentation.toString());
        assertEquals(List.of(), trained.course().warnings());
        assertEquals(0.0, trained.course().curves().get("online").get(0), "the online mask starts in the second epoch");
        assertEquals(prohibition != Prohibition.OFF, trained.course().curves().get("online").get(1) > 0);
        List<String> log = Files.readAllLines(folder.resolve("run.csv"));
        assertEquals("epoch,loss,segmentation,online,classification,learning_rate", log.get(0));
        assertEquals(31, log.size());
        double[] first = Arrays.stream(log.get(2).split(",")).mapToDouble(Double::parseDouble).toArray();
        assertEquals(first[1], first[2] + 0.3 * first[3] + first[4], 1e-4);
        assertEquals(0.03 * (1 + Math.cos(Math.PI / 30)) / 2, first[5], 1e-6);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goneOnFromACheckpointTrainingEndsWithTheSameBytes(boolean adam) throws IOException {
        SegmentationLearning learning = learning(5, 3, adam ? ADAM : new Optimizer.Sgd(0.5, 0.9, 1e-3),
                Prohibition.PREDICTED);
        Trained undisturbed = train("whole", stripes(false), learning, 9, 1, spec(true), Progress.silent());
        // An epoch is seven images: it is stopped in the first, the third and the fourth one.
        for (int patience : new int[] {3, 17, 10}) {
            AtomicInteger checks = new AtomicInteger();
            assertThrows(CancelledException.class, () -> train("parts", stripes(false), learning, 9, 2, spec(true),
                    new CancellableProgress(() -> checks.incrementAndGet() > patience)));
        }
        assertEquals(3, Checkpoint.read(checkpoint("parts")).losses().size());
        Trained resumed = train("parts", stripes(false), learning, 9, 2, spec(true), Progress.silent());
        assertEquals(undisturbed.weights(), resumed.weights());
        assertEquals(undisturbed.course().curves(), resumed.course().curves());
        assertArrayEquals(Files.readAllBytes(checkpoint("whole")), Files.readAllBytes(checkpoint("parts")));
        assertArrayEquals(Files.readAllBytes(folder.resolve("whole.csv")),
                Files.readAllBytes(folder.resolve("parts.csv")));
        Files.delete(folder.resolve("parts.csv"));
        assertEquals(undisturbed.weights(), train("parts", stripes(false), learning, 9, 1, spec(true),
                Progress.silent()).weights(), "there is nothing left to train");
        assertArrayEquals(Files.readAllBytes(folder.resolve("whole.csv")),
                Files.readAllBytes(folder.resolve("parts.csv")));
    }

    /** A batch holds both shapes; image by image is what all must add up to. */
    @ParameterizedTest
    @ValueSource(ints = {2, 9})
    void imagesOfSeveralShapesMoveTheWeightsAsIfEachWentAlone(int perPass) {
        SegmentationLearning learning = learning(3, 5, new Optimizer.Sgd(0.5, 0.9, 1e-3), Prohibition.PREDICTED);
        Trained together = train("a", stripes(false), learning, perPass, 1, spec(false), Progress.silent());
        Trained alone = train("b", stripes(false), learning, 1, 1, spec(false), Progress.silent());
        alone.weights().forEach((name, tensor) -> assertArrayEquals(tensor.data(),
                together.weights().get(name).data(), 1e-5f, name));
        assertEquals(alone.course().losses().get(2), together.course().losses().get(2), 1e-6);
    }

    @Test
    void trainingThatDivergesIsToldAndLeavesTheLastGoodEpoch() {
        SegmentationLearning calm = learning(2, 3, ADAM, Prohibition.PREDICTED);
        train("run", stripes(false), calm, 9, 1, spec(false), Progress.silent());
        Checkpoint good = Checkpoint.read(checkpoint("run"));
        SegmentationLearning wild = learning(9, 3, new Optimizer.Adam(1e30, 0), Prohibition.PREDICTED);
        String sentence = assertThrows(UserException.class,
                () -> train("run", stripes(false), wild, 9, 1, spec(false), Progress.silent())).getMessage();
        assertTrue(sentence.endsWith("Give a smaller learning_rate than 1.0E30."), sentence);
        assertEquals(good, Checkpoint.read(checkpoint("run")));
    }

    @Test
    void aTagThatTheNetworkNeverGivesIsTold() {
        WarningRecorder told = new WarningRecorder();
        Trained trained = train("run", stripes(true), learning(12, 3, ADAM, Prohibition.OFF), 9, 1, spec(false), told);
        assertEquals(1, told.warnings().size());
        String warning = told.warnings().get(0);
        assertTrue(warning.startsWith("The segmentation does not find \"ring\"") && warning.contains("on 1 pixels"),
                warning);
        assertEquals(told.warnings(), trained.course().warnings());
    }

    @Test
    void aSegmentationOfOneLabelIsNoneAndBeginsAnew() {
        TrainingExamples blank = new TrainingExamples() {
            @Override
            public int size() {
                return 2;
            }

            @Override
            public Example example(int index, SplittableRandom random, int worker) {
                return new Example(Map.of("image", Tensor.zeros(3, 2, 2), "context", Tensor.zeros(3, 2, 2)),
                        CellLabels.of(new LabelImage(2, 2, new byte[] {0, 0, 0, 1}), 2, 2), List.of(0));
            }
        };
        String sentence = assertThrows(UserException.class, () -> train("run", blank,
                learning(2, 2, ADAM, Prohibition.OFF), 9, 1, spec(false), Progress.silent())).getMessage();
        assertTrue(sentence.startsWith("The segmentation collapsed: in the last epoch the network gave \"background\""),
                sentence);
        assertFalse(Files.exists(checkpoint("run")));
        assertTrue(Files.exists(folder.resolve("run.csv")));
    }

    @Test
    void masksThatSayNothingAreTold() {
        TrainingExamples unlabelled = new TrainingExamples() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public Example example(int index, SplittableRandom random, int worker) {
                return new Example(Map.of("image", Tensor.zeros(3, 1, 1), "context", Tensor.zeros(3, 1, 1)),
                        CellLabels.of(new LabelImage(1, 1, new byte[] {(byte) 255}), 1, 1), List.of(0));
            }
        };
        String sentence = assertThrows(UserException.class, () -> train("run", unlabelled,
                learning(2, 2, ADAM, Prohibition.OFF), 9, 1, spec(false), Progress.silent())).getMessage();
        assertTrue(sentence.startsWith("No pixel of the training masks is labelled"), sentence);
    }
}
