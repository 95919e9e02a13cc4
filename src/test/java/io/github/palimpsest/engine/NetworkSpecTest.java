package io.github.palimpsest.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.engine.Operation.Addition;
import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.engine.Operation.Concatenation;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.DepthwiseConvolution;
import io.github.palimpsest.engine.Operation.ReLU;

class NetworkSpecTest {

    @Test
    void weightsAreListedInTheNodesOrderWithTheirShapes() {
        NetworkSpec.Builder b = NetworkSpec.builder();
        String x = b.add("conv", new Convolution(8, 3, 1, 1, true), b.input("image", 3));
        x = b.add("depthwise", new DepthwiseConvolution(5, 2, 1, false), x);
        x = b.add("norm", new BatchNormalization(1e-3, 0.99), x);
        NetworkSpec spec = b.outputs(b.add("relu", new ReLU(), x));
        assertEquals(List.of("conv/kernel", "conv/bias", "depthwise/kernel", "norm/gamma", "norm/beta", "norm/mean",
                "norm/variance"), List.copyOf(spec.weights().keySet()));
        assertArrayEquals(new int[] { 8, 3, 3, 3 }, spec.weights().get("conv/kernel"));
        assertArrayEquals(new int[] { 8, 1, 5, 5 }, spec.weights().get("depthwise/kernel"));
        assertArrayEquals(new int[] { 8 }, spec.weights().get("norm/variance"));
    }

    @Test
    void channelsOfConcatenationsAddUp() {
        NetworkSpec.Builder b = NetworkSpec.builder();
        b.input("a", 3);
        b.input("b", 4);
        NetworkSpec spec = b.outputs(b.add("both", new Concatenation(), "a", "b"));
        assertEquals(7, spec.channels("both"));
        assertEquals(Map.of("a", 3, "b", 4), spec.inputs());
    }

    @Test
    void anExtendedNetworkHasAllThatTheFirstHas() {
        NetworkSpec.Builder b = NetworkSpec.builder();
        NetworkSpec trunk = b.outputs(b.add("conv", new Convolution(8, 3, 1, 1, true), b.input("image", 3)));
        NetworkSpec.Builder more = trunk.extend();
        NetworkSpec whole = more.outputs("conv", more.add("head", new Convolution(2, 1, 1, 1, true), "conv"));
        assertEquals(Set.of("conv", "head"), whole.nodes().keySet());
        assertEquals(List.of("conv", "head"), whole.outputs());
        assertEquals(Set.of("conv"), trunk.nodes().keySet());
    }

    @Test
    void badNetworksAreNamed() {
        NetworkSpec.Builder b = NetworkSpec.builder();
        b.input("image", 3);
        b.input("other", 4);
        assertSays("two nodes named image", () -> b.input("image", 3));
        assertSays("unknown input nowhere", () -> b.add("relu", new ReLU(), "nowhere"));
        assertSays("has no input", () -> b.add("relu", new ReLU()));
        assertSays("a/b", () -> b.add("a/b", new ReLU(), "image"));
        assertSays("sum differ in their channels", () -> b.add("sum", new Addition(), "image", "other"));
        assertSays("no node named relu", () -> b.outputs("relu"));
    }

    private static void assertSays(String words, Runnable wrong) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, wrong::run);
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }
}
