package io.github.palimpsest.engine;

import java.util.List;
import java.util.Set;

import io.github.palimpsest.tensor.Tensor;

/**
 * What computes: it compiles a {@link NetworkSpec} to a {@link Network} on one device. An engine is open for the life of the
 * process; get one from {@link Engines}.
 */
public interface Engine {

    /**
     * Compiles a network with fresh weights: kernels by He's normal initialisation (fan in) from the seed, biases and betas 0,
     * gammas 1, means 0, variances 1. The same spec and seed give the same weights.
     */
    Network compile(NetworkSpec spec, Compilation options);

    /**
     * Mean field with Potts compatibility: the softmax of the unary term and of what the kernels make of the last marginals, again
     * and again. Everything stays on the device until the end.
     *
     * @param unary {@code pixels × labels}, log P
     * @param kernels whose filtered marginals are added
     * @param iterations 0 gives the softmax of the unary term
     * @param check called before each iteration; what it throws ends the work
     * @return the marginals {@code pixels × labels}
     */
    Tensor meanField(Tensor unary, List<LatticeKernel> kernels, int iterations, Runnable check);

    /** What it runs on. */
    EngineStatus status();

    /**
     * How a network is compiled.
     *
     * @param seed of the initial weights and of dropout
     * @param frozen the nodes whose weights never change; gradients are not computed below the lowest node that can learn
     * @param threads of the native library for this network's calls, at least 1
     */
    record Compilation(long seed, Set<String> frozen, int threads) {

        public Compilation {
            frozen = Set.copyOf(frozen);
            if (threads < 1)
                throw new IllegalArgumentException("threads must be at least 1");
        }

        /** Everything learns. */
        public static Compilation trainable(long seed, int threads) {
            return new Compilation(seed, Set.of(), threads);
        }

        /** Nothing learns: for {@code forward} only. */
        public static Compilation inference(NetworkSpec spec, int threads) {
            return new Compilation(0, spec.nodes().keySet(), threads);
        }
    }
}
