package io.github.palimpsest.engine.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.Engine.Compilation;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.DepthwiseConvolution;
import io.github.palimpsest.engine.Operation.Dropout;
import io.github.palimpsest.engine.Operation.GlobalAveragePooling;
import io.github.palimpsest.engine.Operation.ReLU;
import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.engine.Optimizer.Adam;
import io.github.palimpsest.engine.Optimizer.Sgd;
import io.github.palimpsest.engine.RandomTensors;
import io.github.palimpsest.tensor.Tensor;

class TrainingTest {

    private static final Engine ENGINE = TestEngine.get();

    /** One of everything that learns or has a state, and dropout. */
    static NetworkSpec spec() {
        NetworkSpec.Builder b = NetworkSpec.builder();
        String x = b.add("conv", new Convolution(6, 3, 2, 1, true), b.input("image", 3));
        x = b.add("norm", new BatchNormalization(1e-3, 0.9), x);
        x = b.add("relu", new ReLU(), x);
        x = b.add("depthwise", new DepthwiseConvolution(3, 1, 2, true), x);
        x = b.add("dropout", new Dropout(0.4), x);
        x = b.add("head", new Convolution(2, 1, 1, 1, true), x);
        return b.outputs(b.add("mean", new GlobalAveragePooling(), x));
    }

    static Tensor image(int seed) {
        return RandomTensors.normal(seed, 2, 3, 9, 8);
    }

    static void train(Network network, int from, int steps, Optimizer optimizer) {
        for (int i = from; i < from + steps; i++) {
            Tensor output = network.forward(image(i), true);
            network.backward(Map.of(network.spec().outputs().get(0), output));
            network.step(optimizer, Map.of("head", 10.0));
        }
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(new Sgd(0.01, 0.9, 1e-3), new Adam(0.01, 1e-2));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void stepsFollowTheOptimizersFormula(Optimizer optimizer) {
        NetworkSpec spec = spec();
        try (Network network = ENGINE.compile(spec, new Compilation(5, Set.of("depthwise"), 1))) {
            Map<String, double[]> moments = new java.util.HashMap<>();
            for (int step = 1; step <= 4; step++) {
                network.backward(Map.of("mean", network.forward(image(step), true)));
                Map<String, Tensor> before = network.weights();
                Map<String, Tensor> gradients = new java.util.HashMap<>();
                for (String name : before.keySet())
                    if (!name.startsWith("depthwise") && !name.endsWith("mean") && !name.endsWith("variance"))
                        gradients.put(name, network.gradient(name));
                network.step(optimizer, Map.of("head", 10.0, "norm", 0.5));
                Map<String, Tensor> after = network.weights();
                for (String name : before.keySet()) {
                    if (!gradients.containsKey(name)) {
                        assertEquals(before.get(name), after.get(name), name);
                        continue;
                    }
                    double factor = name.startsWith("head") ? 10 : name.startsWith("norm") ? 0.5 : 1;
                    for (int i = 0; i < before.get(name).length(); i++) {
                        double expected = expected(optimizer, name, before.get(name).data()[i], gradients.get(name).data()[i],
                                factor, step, moments.computeIfAbsent(name + i, key -> new double[2]));
                        assertEquals(expected, after.get(name).data()[i], 1e-6, name);
                    }
                    assertEquals(Tensor.zeros(gradients.get(name).shape()), network.gradient(name));
                }
            }
        }
    }

    /** The formulas of {@link Optimizer}. */
    private static double expected(Optimizer optimizer, String name, double w, double g, double factor, int step, double[] m) {
        boolean decays = name.endsWith("/kernel");
        double lr = optimizer.learningRate() * factor;
        if (optimizer instanceof Sgd sgd) {
            m[0] = sgd.momentum() * m[0] + g + (decays ? sgd.weightDecay() * w : 0);
            return w - lr * m[0];
        }
        Adam adam = (Adam) optimizer;
        m[0] = 0.9 * m[0] + 0.1 * g;
        m[1] = 0.999 * m[1] + 0.001 * g * g;
        double first = m[0] / (1 - Math.pow(0.9, step));
        double second = m[1] / (1 - Math.pow(0.999, step));
        return w - lr * (first / (Math.sqrt(second) + 1e-8) + (decays ? adam.weightDecay() * w : 0));
    }

    @Test
    void runningStatisticsMoveTowardsTheBatchAndStayWhereFrozen() {
        NetworkSpec.Builder b = NetworkSpec.builder();
        NetworkSpec spec = b.outputs(b.add("norm", new BatchNormalization(1e-3, 0.9), b.input("image", 1)));
        Tensor image = Tensor.of(new float[] { 1, 2, 3, 6 }, 1, 1, 2, 2);
        try (Network network = ENGINE.compile(spec, Compilation.trainable(1, 1));
                Network frozen = ENGINE.compile(spec, Compilation.inference(spec, 1))) {
            network.forward(image, true);
            assertArrayEquals(new float[] { 0.3f }, network.weights().get("norm/mean").data(), 1e-6f);
            assertArrayEquals(new float[] { 0.9f + 0.35f }, network.weights().get("norm/variance").data(), 1e-6f);
            network.forward(image, false);
            assertArrayEquals(new float[] { 0.3f }, network.weights().get("norm/mean").data(), 1e-6f);
            Map<String, Tensor> before = frozen.weights();
            frozen.forward(image, true);
            assertEquals(before, frozen.weights());
        }
    }

    @Test
    void gradientsAddUpUntilTheStep() {
        try (Network network = ENGINE.compile(spec(), Compilation.trainable(5, 1))) {
            Tensor ones = Tensor.of(new float[] { 1, 1, 1, 1 }, 2, 2, 1, 1);
            network.forward(image(1), true);
            network.backward(Map.of("mean", ones));
            float[] once = network.gradient("conv/kernel").data();
            network.backward(Map.of("mean", ones));
            float[] twice = network.gradient("conv/kernel").data();
            for (int i = 0; i < once.length; i++)
                assertEquals(2 * once[i], twice[i], 1e-6 + 1e-5 * Math.abs(once[i]));
        }
    }

    @Test
    void sameSeedGivesTheSameBytes() {
        for (int threads = 1; threads <= 2; threads++)
            try (Network one = ENGINE.compile(spec(), Compilation.trainable(5, threads));
                    Network two = ENGINE.compile(spec(), Compilation.trainable(5, threads));
                    Network other = ENGINE.compile(spec(), Compilation.trainable(6, threads))) {
                // Where cores are busy, two OpenMP threads wait for each other most of the time.
                int steps = threads == 1 ? 20 : 4;
                train(one, 0, steps, new Adam(0.01, 0.001));
                train(two, 0, steps, new Adam(0.01, 0.001));
                assertEquals(one.weights(), two.weights());
                assertNotEquals(one.weights(), other.weights());
            }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void trainingGoesOnAsIfItHadNotStopped(Optimizer optimizer) {
        try (Network whole = ENGINE.compile(spec(), Compilation.trainable(5, 1));
                Network first = ENGINE.compile(spec(), Compilation.trainable(5, 1));
                Network second = ENGINE.compile(spec(), Compilation.trainable(5, 1))) {
            assertTrue(first.optimizerState().isEmpty());
            train(whole, 0, 8, optimizer);
            train(first, 0, 3, optimizer);
            second.setWeights(first.weights());
            second.setOptimizerState(first.optimizerState());
            train(second, 3, 5, optimizer);
            assertEquals(whole.weights(), second.weights());
            assertEquals(whole.optimizerState(), second.optimizerState());
        }
    }

    @Test
    void nothingIsDifferentiatedBelowTheLowestNodeThatLearns() {
        try (Network network = ENGINE.compile(spec(), new Compilation(5, Set.of("conv", "norm", "depthwise"), 1))) {
            Map<String, Tensor> before = network.weights();
            train(network, 0, 3, new Sgd(0.1, 0.9, 0.1));
            Map<String, Tensor> after = network.weights();
            for (String name : before.keySet())
                assertEquals(name.startsWith("head"), !before.get(name).equals(after.get(name)), name);
            assertThrows(IllegalArgumentException.class, () -> network.gradient("conv/kernel"));
        }
        Partition partition = Partition.of(spec(), Set.of("conv", "norm", "depthwise"));
        // What is in no graph that runs backward has no gradient.
        assertEquals(java.util.List.of("head", "mean"), partition.upper().stream().map(NetworkSpec.Node::name).toList());
        assertEquals(Set.of("dropout"), partition.boundary());
    }

    @Test
    void dropoutDropsItsShareAndKeepsTheSum() {
        NetworkSpec.Builder b = NetworkSpec.builder();
        NetworkSpec spec = b.outputs(b.add("dropout", new Dropout(0.25), b.input("image", 4)));
        Tensor ones = Tensor.zeros(1, 4, 100, 100);
        java.util.Arrays.fill(ones.data(), 1);
        try (Network network = ENGINE.compile(spec, Compilation.inference(spec, 1))) {
            assertEquals(ones, network.forward(ones, false));
            Tensor dropped = network.forward(ones, true);
            int zeros = 0;
            for (float value : dropped.data()) {
                assertTrue(value == 0 || Math.abs(value - 4f / 3) < 1e-6);
                zeros += value == 0 ? 1 : 0;
            }
            // Five standard deviations of the binomial distribution.
            assertEquals(10_000, zeros, 5 * Math.sqrt(40_000 * 0.25 * 0.75));
            assertFalse(dropped.equals(network.forward(ones, true)));
        }
    }

    @Test
    void wrongCallsAreNamed() {
        try (Network network = ENGINE.compile(spec(), Compilation.trainable(5, 1))) {
            Tensor ones = Tensor.zeros(2, 2, 1, 1);
            assertThrows(IllegalStateException.class, () -> network.backward(Map.of("mean", ones)));
            network.forward(image(1), true);
            assertSays("mean must be [2, 2, 1, 1]", () -> network.backward(Map.of("mean", image(1))));
            assertSays("nowhere", () -> network.backward(Map.of("nowhere", ones)));
            assertSays("nowhere", () -> network.step(new Sgd(1, 0, 0), Map.of("nowhere", 1.0)));
            Map<String, Tensor> before = network.weights();
            assertSays("nothing/kernel", () -> network.setWeights(Map.of("nothing/kernel", ones)));
            assertSays("head/bias must be [2]",
                    () -> network.setWeights(Map.of("head/bias", ones, "conv/bias", RandomTensors.normal(1, 6))));
            assertEquals(before, network.weights());
            assertSays("image must be N×3×H×W", () -> network.forward(ones, false));
            assertSays("nowhere", () -> ENGINE.compile(spec(), new Compilation(1, Set.of("nowhere"), 1)));
        }
    }

    private static void assertSays(String words, Runnable wrong) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, wrong::run);
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }
}
