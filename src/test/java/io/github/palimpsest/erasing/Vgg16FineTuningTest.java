package io.github.palimpsest.erasing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.network.Activations;
import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.network.CamHead;
import io.github.palimpsest.tensor.Tensor;

/** What a step of the paper's own training costs: VGG16 at output stride 8 with the convolutional head, end to end. */
@Tag("benchmark")
class Vgg16FineTuningTest {

    private static final int BATCH = 4;
    private static final int STEPS = 4;
    private static final int TAGS = 15;

    @ParameterizedTest
    @ValueSource(ints = { 224, 321 })
    void everyStepLowersTheLossOfOneBatch(int side) {
        int threads = Runtime.getRuntime().availableProcessors();
        Engine engine = Engines.start(new EngineSettings(EngineSettings.Device.CPU, threads, 8L << 30));
        Backbone backbone = Backbone.VGG16;
        NetworkSpec spec = CamHead.append(backbone.trunk(8), CamHead.Kind.CONVOLUTIONAL, TAGS);
        SplittableRandom random = new SplittableRandom(1);
        Tensor images = Tensor.zeros(BATCH, 3, side, side);
        for (int i = 0; i < images.length(); i++)
            images.data()[i] = random.nextInt(256);
        List<List<Integer>> tags = List.of(List.of(0), List.of(1, 2), List.of(), List.of(14));
        List<Double> losses = new ArrayList<>();
        long[] nanos = new long[STEPS];
        try (Network network = engine.compile(spec, new Engine.Compilation(1, Set.of(), threads))) {
            // Fresh weights expect values of about 1, where VGG16's pixels are of about 100.
            Tensor first = network.weights().get("block1_conv1/kernel");
            for (int i = 0; i < first.length(); i++)
                first.data()[i] /= 75;
            network.setWeights(Map.of("block1_conv1/kernel", first));
            for (int step = 0; step < STEPS; step++) {
                long start = System.nanoTime();
                Tensor maps = network.forward(backbone.preprocess(images), true);
                assertEquals((side + 7) / 8, maps.size(2));
                MapLoss loss = MapLoss.of(maps, tags, TagLoss.LOGISTIC, 0);
                network.backward(Map.of(CamHead.MAPS, loss.gradient()));
                network.step(new Optimizer.Sgd(1e-6, 0, 5e-4), Map.of());
                nanos[step] = System.nanoTime() - start;
                losses.add(loss.value());
            }
        }
        double[] seconds = Arrays.stream(nanos).skip(1).mapToDouble(n -> n / 1e9).sorted().toArray();
        System.out.printf(Locale.ROOT, "VGG16, stride 8, convolutional head, %d², batch %d, %d threads: %.1f s a step (median of %d), "
                + "losses %s, about %d MB of activations%n", side, BATCH, threads, seconds[seconds.length / 2], seconds.length, losses,
                3L * Float.BYTES * BATCH * Activations.count(spec, side) >> 20);
        assertTrue(losses.get(STEPS - 1) < losses.get(0), "losses " + losses);
    }
}
