package io.github.palimpsest.engine.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation;
import io.github.palimpsest.engine.Operation.Addition;
import io.github.palimpsest.engine.Operation.AveragePooling;
import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.engine.Operation.Concatenation;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.DepthwiseConvolution;
import io.github.palimpsest.engine.Operation.Dropout;
import io.github.palimpsest.engine.Operation.GlobalAveragePooling;
import io.github.palimpsest.engine.Operation.GlobalContext;
import io.github.palimpsest.engine.Operation.MaxPooling;
import io.github.palimpsest.engine.Operation.ReLU;
import io.github.palimpsest.engine.Operation.ReLU6;
import io.github.palimpsest.engine.Operation.ResizeLike;
import io.github.palimpsest.engine.RandomTensors;
import io.github.palimpsest.engine.ReferenceNetwork;
import io.github.palimpsest.engine.ReferenceNetwork.Batch;
import io.github.palimpsest.tensor.Tensor;

/** Every operation gives what its description says, and its gradients are the derivatives of that. */
class OperationsTest {

    private static final Engine ENGINE = TestEngine.get();

    static Stream<Operation> operations() {
        Stream<Operation> convolutions = Stream.of(1, 2, 3, 5).flatMap(kernel -> Stream.of(1, 2)
                .flatMap(stride -> Stream.of(1, 2, 3).flatMap(dilation -> Stream.of(
                        new Convolution(4, kernel, stride, dilation, dilation != 2),
                        new DepthwiseConvolution(kernel, stride, dilation, dilation == 2)))));
        Stream<Operation> others = Stream.of(new BatchNormalization(1e-3, 0.9), new ReLU(), new ReLU6(), new MaxPooling(2, 2),
                new MaxPooling(3, 1), new MaxPooling(3, 2), new AveragePooling(2, 2), new AveragePooling(3, 1),
                new AveragePooling(3, 2), new GlobalAveragePooling(), new GlobalContext(), new Dropout(0));
        return Stream.concat(convolutions, others);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void valuesAreThoseOfTheDescription(Operation operation) {
        NetworkSpec.Builder builder = NetworkSpec.builder();
        NetworkSpec spec = with(builder, builder.add("tested", operation, builder.input("image", 3)));
        Map<String, Tensor> weights = RandomTensors.weights(spec, 1);
        try (Network network = ENGINE.compile(spec, Engine.Compilation.inference(spec, 1));
                Network trained = ENGINE.compile(spec, Engine.Compilation.trainable(1, 1))) {
            network.setWeights(weights);
            trained.setWeights(weights);
            for (int[] size : new int[][] { { 2, 3, 8, 6 }, { 1, 3, 7, 9 }, { 3, 3, 5, 12 } }) {
                Map<String, Tensor> image = Map.of("image", scaled(RandomTensors.normal(size[2], size), 4));
                ReferenceNetwork reference = new ReferenceNetwork(spec, weights, Set.of());
                Batch expected = reference.forward(image, false).get("tested");
                assertClose(expected, network.forward(image, false).get("tested"));
                assertClose(expected, trained.forward(image, false).get("tested"));
                if (!(operation instanceof BatchNormalization))
                    assertClose(expected, trained.forward(image, true).get("tested"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void gradientsAreTheDerivatives(Operation operation) {
        NetworkSpec.Builder builder = NetworkSpec.builder();
        String below = builder.add("below", new Convolution(3, 3, 1, 1, true), builder.input("image", 2));
        String tested = builder.add("tested", operation, below);
        NetworkSpec spec = with(builder, builder.add("above", new Convolution(2, 1, 1, 1, true), tested));
        checkGradients(spec, Set.of(), 1);
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void gradientsOfGraphsAreTheDerivatives(NetworkSpec spec, Set<String> frozen) {
        checkGradients(spec, frozen, 1);
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> graphs() {
        NetworkSpec.Builder b = NetworkSpec.builder();
        String image = b.input("image", 2);
        String first = b.add("first", new Convolution(3, 3, 1, 1, true), image);
        String norm = b.add("norm", new BatchNormalization(1e-3, 0.9), first);
        String relu = b.add("relu", new ReLU6(), norm);
        String second = b.add("second", new DepthwiseConvolution(3, 1, 2, true), relu);
        String sum = b.add("sum", new Addition(), relu, second, norm);
        String joined = b.add("joined", new Concatenation(), first, sum, second);
        String last = b.add("last", new Convolution(2, 3, 1, 2, true), joined);
        String pooled = b.add("pooled", new GlobalAveragePooling(), last);
        return Stream.of(Set.<String>of(), Set.of("norm"), Set.of("first"), Set.of("first", "norm", "second"), Set.of("second"))
                .map(frozen -> org.junit.jupiter.params.provider.Arguments.of(b.outputs(pooled, sum, last), frozen));
    }

    @ParameterizedTest
    @CsvSource({ "5, 4, 10, 8, 1", "5, 4, 9, 7, 2", "3, 7, 3, 7, 2", "9, 8, 4, 3, 1", "1, 1, 6, 5, 2", "6, 5, 1, 1, 2",
            "2, 9, 7, 4, 1" })
    void resizesToTheSizeOfAnotherImage(int h, int w, int likeH, int likeW, int threads) {
        NetworkSpec.Builder b = NetworkSpec.builder();
        String image = b.input("image", 3);
        String like = b.input("like", 2);
        NetworkSpec spec = with(b, b.add("tested", new ResizeLike(), image, like));
        Map<String, Tensor> inputs = Map.of("image", RandomTensors.normal(1, 2, 3, h, w), "like",
                RandomTensors.normal(2, 2, 2, likeH, likeW));
        Batch expected = new ReferenceNetwork(spec, Map.of(), Set.of()).forward(inputs, false).get("tested");
        try (Network network = ENGINE.compile(spec, Engine.Compilation.inference(spec, threads))) {
            assertClose(expected, network.forward(inputs, false).get("tested"));
        }
    }

    @ParameterizedTest
    @CsvSource({ "2, 1", "3, 2" })
    void gradientsGoThroughResizingAndNotToWhatGaveTheSize(int stride, int threads) {
        NetworkSpec.Builder b = NetworkSpec.builder();
        String fine = b.add("fine", new Convolution(2, 3, 1, 1, true), b.input("image", 2));
        String coarse = b.add("coarse", new Convolution(3, 3, stride, 1, true), fine);
        String up = b.add("up", new ResizeLike(), coarse, fine);
        String context = b.add("context", new GlobalContext(), up);
        String down = b.add("down", new ResizeLike(), fine, coarse);
        String joined = b.add("joined", new Concatenation(), up, fine, context);
        checkGradients(b.outputs(b.add("last", new Convolution(2, 3, 1, 1, true), joined), down), Set.of(), threads);
        checkGradients(b.outputs("last"), Set.of("fine"), threads);
        checkGradients(with(b, b.add("size", new ResizeLike(), fine, "last")), Set.of(), threads);
    }

    private static NetworkSpec with(NetworkSpec.Builder builder, String output) {
        return builder.outputs(output);
    }

    private static void checkGradients(NetworkSpec spec, Set<String> frozen, int threads) {
        Map<String, Tensor> weights = RandomTensors.weights(spec, 2);
        Map<String, Tensor> image = Map.of("image", RandomTensors.normal(3, 2, 2, 7, 6));
        try (Network network = ENGINE.compile(spec, new Engine.Compilation(1, frozen, threads))) {
            network.setWeights(weights);
            ReferenceNetwork reference = new ReferenceNetwork(spec, weights, frozen);
            Map<String, Tensor> factors = new LinkedHashMap<>();
            network.forward(image, true).forEach(
                    (name, value) -> factors.put(name, RandomTensors.normal(name.hashCode(), value.shape())));
            network.backward(factors);
            spec.weights().forEach((name, shape) -> {
                boolean learns = !frozen.contains(name.substring(0, name.indexOf('/'))) && !name.endsWith("/mean")
                        && !name.endsWith("/variance");
                if (!learns)
                    return;
                Tensor gradient = network.gradient(name);
                double[] expected = new double[gradient.length()];
                double largest = 1e-2;
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = reference.derivative(image, factors, name, i);
                    largest = Math.max(largest, Math.abs(expected[i]));
                }
                for (int i = 0; i < expected.length; i++)
                    assertEquals(expected[i], gradient.data()[i], 2e-5 * Math.max(1, largest), name + "[" + i + "]");
            });
        }
    }

    private static Tensor scaled(Tensor tensor, float factor) {
        for (int i = 0; i < tensor.length(); i++)
            tensor.data()[i] *= factor;
        return tensor;
    }

    private static void assertClose(Batch expected, Tensor actual) {
        assertArrayEquals(new int[] { expected.n(), expected.c(), expected.h(), expected.w() }, actual.shape());
        for (int i = 0; i < actual.length(); i++)
            assertEquals(expected.data()[i], actual.data()[i], 2e-5 * Math.max(1, Math.abs(expected.data()[i])));
    }
}
