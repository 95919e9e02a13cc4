package io.github.palimpsest.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.Concatenation;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.GlobalAveragePooling;
import io.github.palimpsest.engine.Operation.GlobalContext;
import io.github.palimpsest.engine.Operation.ResizeLike;

class ActivationsTest {

    @Test
    void everyNodeCountsItsCells() {
        NetworkSpec.Builder b = NetworkSpec.builder();
        String halved = b.add("halved", new Convolution(4, 3, 2, 1, true), b.input("image", 3));
        String context = b.add("context", new GlobalContext(), halved);
        NetworkSpec spec = b.outputs(b.add("mean", new GlobalAveragePooling(), context));
        assertEquals(4 * 5 * 5 + 4 * 5 * 5 + 4, Activations.count(spec, 9));
    }

    @Test
    void whatIsResizedHasTheSizeOfItsSecondInput() {
        NetworkSpec.Builder b = NetworkSpec.builder();
        String coarse = b.input("coarse", 3);
        String fine = b.input("fine", 2);
        String up = b.add("up", new ResizeLike(), coarse, fine);
        NetworkSpec spec = b.outputs(b.add("joined", new Concatenation(), up, fine));
        assertEquals(3 * 8 * 8 + 5 * 8 * 8, Activations.count(spec, Map.of("coarse", 4, "fine", 8)));
    }

    @Test
    void asManyExamplesGoThroughAtATimeAsTheMemoryHoldsOfThisSize() {
        NetworkSpec.Builder b = NetworkSpec.builder();
        String up = b.add("up", new ResizeLike(), b.input("coarse", 3), b.input("fine", 2));
        NetworkSpec spec = b.outputs(up);
        // 3·8·8 values, each as value, gradient and working space, of four bytes.
        long one = 3 * 4 * 3 * 8 * 8;
        Map<String, Integer> sides = Map.of("coarse", 4, "fine", 8);
        assertEquals(1, Activations.imagesPerPass(spec, Set.of(), sides, 8, one - 1));
        assertEquals(3, Activations.imagesPerPass(spec, Set.of(), sides, 8, 4 * one - 1));
        assertEquals(8, Activations.imagesPerPass(spec, Set.of(), sides, 8, 100 * one));
    }
}
