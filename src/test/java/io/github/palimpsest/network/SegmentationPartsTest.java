package io.github.palimpsest.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.Dropout;
import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.engine.RandomTensors;
import io.github.palimpsest.engine.ReferenceNetwork;
import io.github.palimpsest.network.SegmentationNetwork.Head;
import io.github.palimpsest.tensor.Tensor;

/** Segmentation networks as the engine computes and trains them. */
class SegmentationPartsTest {

    private static final Engine ENGINE = Engines.start(new EngineSettings(EngineSettings.Device.CPU, 2, 4L << 30));
    private static final int TAGS = 3;

    static Stream<Arguments> networks() {
        return Stream.of(Backbone.values()).flatMap(backbone -> backbone.outputStrides().stream()
            .flatMap(stride -> Stream.of(Head.values()).map(head -> Arguments.of(backbone, stride, head))));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void labelsImagesOfAnySizeAtItsStride(Backbone backbone, int stride, Head head) {
        SegmentationNetwork network = new SegmentationNetwork(backbone.trunk(stride), head, TAGS);
        try (Network whole = compile(network.whole(), Map.of())) {
            for (int[] size : new int[][] { { 37, 50 }, { 64, 32 } }) {
                Map<String, Tensor> outputs = whole.forward(Map.of("image", image(size[0], size[1])), false);
                int height = cells(size[0], network.stride());
                int width = cells(size[1], network.stride());
                assertArrayEquals(new int[] { 2, TAGS + 1, height, width }, outputs.get("segmentation").shape());
                assertArrayEquals(new int[] { 2, TAGS, 1, 1 }, outputs.get("tags").shape());
            }
        }
    }

    private static int cells(int pixels, int stride) {
        return (pixels + stride - 1) / stride;
    }

    @ParameterizedTest
    @CsvSource({ "SMALL, 4, MULTI_DEPTH", "SMALL, 2, LARGE_FOV", "MOBILENET_V2, 16, MULTI_DEPTH",
        "MOBILENET_V2, 32, MULTI_DEPTH", "MOBILENET_V2, 16, LARGE_FOV", "VGG16, 16, MULTI_DEPTH",
        "VGG16, 8, LARGE_FOV" })
    void featuresAndWhatIsTrainedTogetherAreTheWhole(Backbone backbone, int stride, Head head) {
        SegmentationNetwork network = new SegmentationNetwork(backbone.trunk(stride), head, TAGS);
        Tensor image = image(45, 38);
        Map<String, Tensor> weights;
        Map<String, Tensor> expected;
        try (Network whole = compile(network.whole(), Map.of())) {
            weights = whole.weights();
            expected = whole.forward(Map.of("image", image), false);
        }
        for (Training training : new Training[] { Training.HEAD, Training.LAST })
            try (Network features = compile(network.features(training), weights);
                Network trained = compile(network.trained(training), weights)) {
                Map<String, Tensor> kept = features.forward(Map.of("image", image), false);
                assertClose(expected.get("segmentation"), trained.forward(kept, false).get("segmentation"));
            }
    }

    @Test
    void theTagHeadGivesTheSameForFeaturesAndForTheirMean() {
        SegmentationNetwork network = new SegmentationNetwork(Backbone.SMALL.trunk(4), Head.MULTI_DEPTH, TAGS);
        Tensor image = image(19, 23);
        try (Network whole = compile(network.whole(), Map.of());
            Network trunk = compile(network.trunk().spec(), whole.weights());
            Network tags = compile(network.tagHead(), whole.weights())) {
            Tensor expected = whole.forward(Map.of("image", image), false).get("tags");
            Tensor features = trunk.forward(image, false);
            assertClose(expected, tags.forward(features, false));
            assertClose(expected, tags.forward(mean(features), false));
        }
    }

    @ParameterizedTest
    @EnumSource
    void gradientsAreTheDerivatives(Training training) {
        SegmentationNetwork network = new SegmentationNetwork(Backbone.SMALL.trunk(4), Head.MULTI_DEPTH, 2);
        NetworkSpec spec = withoutDropout(network.trained(training));
        Set<String> frozen = network.frozen(training);
        Map<String, Tensor> inputs = new HashMap<>();
        for (String input : spec.inputs().keySet()) {
            int stride = training == Training.FULL ? 1 : network.trunk().strideOf(input);
            inputs.put(input, RandomTensors.normal(stride, 2, spec.channels(input), cells(9, stride),
                cells(14, stride)));
        }
        try (Network engine = ENGINE.compile(spec, new Engine.Compilation(1, frozen, 1))) {
            Map<String, Tensor> factors = new HashMap<>();
            engine.forward(inputs, true).forEach((name, value) -> factors.put(name,
                RandomTensors.normal(name.hashCode(), value.shape())));
            ReferenceNetwork reference = new ReferenceNetwork(spec, engine.weights(), frozen);
            engine.backward(factors);
            for (String weight : spec.weights().keySet())
                if (!frozen.contains(node(weight)) && !weight.endsWith("/mean") && !weight.endsWith("/variance"))
                    checkSome(engine.gradient(weight), weight,
                        i -> reference.derivative(inputs, factors, weight, i, 1e-7));
        }
    }

    private static void checkSome(Tensor gradient, String weight, IntToDoubleFunction derivative) {
        float largest = 0;
        for (float value : gradient.data())
            largest = Math.max(largest, Math.abs(value));
        assertNotEquals(0, largest, weight);
        Random random = new Random(weight.hashCode());
        for (int k = 0; k < 3; k++) {
            int i = random.nextInt(gradient.length());
            double expected = derivative.applyAsDouble(i);
            assertEquals(expected, gradient.data()[i], 1e-4 * Math.max(1, largest), weight + "[" + i + "]");
        }
    }

    @ParameterizedTest
    @CsvSource({ "SMALL, 4, HEAD", "SMALL, 4, LAST", "SMALL, 2, FULL", "MOBILENET_V2, 16, LAST" })
    void aStepMovesAllWeightsButTheFrozenOnes(Backbone backbone, int stride, Training training) {
        SegmentationNetwork network = new SegmentationNetwork(backbone.trunk(stride), Head.MULTI_DEPTH, TAGS);
        NetworkSpec spec = network.trained(training);
        Set<String> frozen = network.frozen(training);
        Map<String, Tensor> inputs = new HashMap<>();
        for (String input : spec.inputs().keySet()) {
            int cells = training == Training.FULL ? 24 : 64 / network.trunk().strideOf(input);
            inputs.put(input, RandomTensors.normal(5, 2, spec.channels(input), cells, cells + 1));
        }
        Map<String, Double> factors = new HashMap<>();
        network.newNodes().forEach(node -> factors.put(node, 10.0));
        try (Network engine = ENGINE.compile(spec, new Engine.Compilation(1, frozen, 2))) {
            Map<String, Tensor> before = engine.weights();
            Map<String, Tensor> gradients = new HashMap<>();
            engine.forward(inputs, true)
                .forEach((name, value) -> gradients.put(name, RandomTensors.normal(7, value.shape())));
            engine.backward(gradients);
            engine.step(new Optimizer.Adam(1e-3, 0), factors);
            engine.weights().forEach((weight, after) -> assertEquals(frozen.contains(node(weight)),
                after.equals(before.get(weight)), weight));
        }
    }

    private static String node(String weight) {
        return weight.substring(0, weight.indexOf('/'));
    }

    /** What is dropped is random, and the reference has no such thing. */
    private static NetworkSpec withoutDropout(NetworkSpec spec) {
        NetworkSpec.Builder builder = NetworkSpec.builder();
        spec.inputs().forEach(builder::input);
        for (NetworkSpec.Node node : spec.nodes().values())
            builder.add(node.name(), node.operation() instanceof Dropout ? new Dropout(0) : node.operation(),
                node.inputs().toArray(String[]::new));
        return builder.outputs(spec.outputs().toArray(String[]::new));
    }

    private static Network compile(NetworkSpec spec, Map<String, Tensor> weights) {
        Network network = ENGINE.compile(spec, new Engine.Compilation(3, spec.nodes().keySet(), 2));
        Map<String, Tensor> known = new HashMap<>(weights);
        known.keySet().retainAll(spec.weights().keySet());
        network.setWeights(known);
        return network;
    }

    private static Tensor image(int height, int width) {
        return RandomTensors.normal(height, 2, 3, height, width);
    }

    private static Tensor mean(Tensor features) {
        int cells = features.size(2) * features.size(3);
        Tensor mean = Tensor.zeros(features.size(0), features.size(1), 1, 1);
        for (int i = 0; i < features.length(); i++)
            mean.data()[i / cells] += features.data()[i] / cells;
        return mean;
    }

    private static void assertClose(Tensor expected, Tensor actual) {
        assertArrayEquals(expected.shape(), actual.shape());
        float largest = 0;
        for (float value : expected.data())
            largest = Math.max(largest, Math.abs(value));
        assertNotEquals(0, largest);
        assertArrayEquals(expected.data(), actual.data(), 1e-5f * largest);
    }
}
