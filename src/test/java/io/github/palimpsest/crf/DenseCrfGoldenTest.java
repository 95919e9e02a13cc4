package io.github.palimpsest.crf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.network.SharedData;
import io.github.palimpsest.store.Safetensors;
import io.github.palimpsest.tensor.Tensor;

/** The results of an independent implementation in C++, lucasb-eyer/pydensecrf, on its own examples. */
class DenseCrfGoldenTest {

    @ParameterizedTest
    @ValueSource(strings = { "anno1", "anno1-b", "anno2", "anno3" })
    void labelsAreThoseOfTheReference(String example) {
        Map<String, Tensor> golden = read("crf_pydensecrf_" + example);
        Tensor expected = golden.get("Q5");
        Tensor marginals = new DenseCrf(new CrfSettings(5, 3, 3, 10, 80, 13)).refine(Crfs.planar(golden.get("image")),
                Crfs.probabilities(golden.get("unary"), expected.shape()), 2);
        assertTrue(Crfs.agreement(expected, marginals) >= 0.995, "agreement " + Crfs.agreement(expected, marginals));
    }

    @Test
    void marginalsOfOneIterationAreThoseOfTheReference() {
        Map<String, Tensor> golden = read("crf_small_exact_and_lattice");
        Tensor expected = golden.get("lattice1");
        Tensor marginals = new DenseCrf(small(1)).refine(Crfs.planar(golden.get("image")),
                Crfs.probabilities(golden.get("unary"), expected.shape()), 1);
        assertEquals(0, Crfs.difference(expected, marginals), 1e-3);
    }

    @ParameterizedTest
    @ValueSource(ints = { 2, 5, 10 })
    void labelsOfManyIterationsAreThoseOfTheReference(int iterations) {
        Map<String, Tensor> golden = read("crf_small_exact_and_lattice");
        Tensor expected = golden.get("lattice" + iterations);
        Tensor marginals = new DenseCrf(small(iterations)).refine(Crfs.planar(golden.get("image")),
                Crfs.probabilities(golden.get("unary"), expected.shape()), 1);
        assertTrue(Crfs.agreement(expected, marginals) >= 0.995, "agreement " + Crfs.agreement(expected, marginals));
    }

    /** The tests' own oracle is right too. */
    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 5 })
    void theExactMeanFieldIsThatOfTheReference(int iterations) {
        Map<String, Tensor> golden = read("crf_small_exact_and_lattice");
        Tensor expected = golden.get("exact" + iterations);
        Tensor exact = new ExactMeanField(small(iterations), Crfs.planar(golden.get("image")))
                .run(Crfs.probabilities(golden.get("unary"), expected.shape()), iterations);
        assertEquals(0, Crfs.difference(expected, exact), 1e-4);
    }

    private static CrfSettings small(int iterations) {
        return new CrfSettings(iterations, 3, 3, 5, 20, 13);
    }

    private static Map<String, Tensor> read(String name) {
        return Safetensors.read(SharedData.file("golden", name + ".safetensors")).tensors();
    }
}
