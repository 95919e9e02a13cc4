package io.github.palimpsest.engine;

import java.util.Set;

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
