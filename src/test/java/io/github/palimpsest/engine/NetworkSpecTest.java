package io.github.palimpsest.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
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
import io.github.palimpsest.engine.Operation.ResizeLike;

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
    void whatIsResizedKeepsItsChannels() {
        NetworkSpec.Builder b = NetworkSpec.builder();
        b.input("small", 3);
        b.input("large", 4);
        NetworkSpec spec = b.outputs(b.add("resized", new ResizeLike(), "small", "large"));
        assertEquals(3, spec.channels("resized"));
        assertEquals(Set.of(), spec.weights().keySet());
    }

    @Test
    void aPartBeginsWithTheGivenNodesAndHasWhatTheOutputsNeed() {
        NetworkSpec part = diamond().part(List.of("right", "left"), List.of("joined"));
        assertEquals(List.of("right", "left"), List.copyOf(part.inputs().keySet()));
        assertEquals(Map.of("left", 5, "right", 6), part.inputs());
        assertEquals(Set.of("joined"), part.nodes().keySet());
        assertEquals(List.of("joined"), part.outputs());
        assertEquals(11, part.channels("joined"));
        assertEquals(diamond().nodes().get("joined"), part.nodes().get("joined"));
    }

    @Test
    void aPartLeavesOutWhatNoOutputNeeds() {
        NetworkSpec part = diamond().part(List.of("image"), List.of("left"));
        assertEquals(List.of("first", "left"), List.copyOf(part.nodes().keySet()));
        assertEquals(List.of("first/kernel", "left/kernel"), List.copyOf(part.weights().keySet()));
    }

    @Test
    void aPartMayBeginBelowAndAboveOneNodeAtATime() {
        NetworkSpec part = diamond().part(List.of("first", "left"), List.of("joined"));
        assertEquals(List.of("right", "joined"), List.copyOf(part.nodes().keySet()));
    }

    @Test
    void partsTogetherHaveTheWholeNetworksWeights() {
        NetworkSpec whole = diamond();
        Map<String, int[]> weights = new HashMap<>(whole.part(List.of("image"), List.of("left", "right")).weights());
        weights.putAll(whole.part(List.of("left", "right"), List.of("last")).weights());
        assertEquals(whole.weights().keySet(), weights.keySet());
        whole.weights().forEach((name, shape) -> assertArrayEquals(shape, weights.get(name), name));
    }

    @Test
    void partsThatCannotBeCutOutAreNamed() {
        assertSays("unknown input image", () -> diamond().part(List.of("left"), List.of("joined")));
        assertSays("no node named nowhere", () -> diamond().part(List.of("nowhere"), List.of("joined")));
        assertSays("no node named nowhere", () -> diamond().part(List.of("image"), List.of("nowhere")));
        assertSays("no node named left", () -> diamond().part(List.of("left"), List.of("left")));
    }

    /** An image of 3 channels, 4 of a first node, 5 and 6 of two that read it, joined again, and a last one. */
    private static NetworkSpec diamond() {
        NetworkSpec.Builder b = NetworkSpec.builder();
        String first = b.add("first", new Convolution(4, 1, 1, 1, false), b.input("image", 3));
        String left = b.add("left", new Convolution(5, 1, 1, 1, false), first);
        String right = b.add("right", new Convolution(6, 1, 1, 1, false), first);
        String joined = b.add("joined", new Concatenation(), left, right);
        return b.outputs(b.add("last", new Convolution(2, 1, 1, 1, false), joined));
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
        assertSays("size needs two inputs", () -> b.add("size", new ResizeLike(), "image"));
        assertSays("size needs two inputs", () -> b.add("size", new ResizeLike(), "image", "other", "other"));
        assertSays("no node named relu", () -> b.outputs("relu"));
    }

    private static void assertSays(String words, Runnable wrong) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, wrong::run);
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }
}
