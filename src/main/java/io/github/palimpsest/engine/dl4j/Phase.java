package io.github.palimpsest.engine.dl4j;

/** What a network is doing now; its layers look here because Deeplearning4j's own flag does not reach the frozen part. */
final class Phase {

    /** Whether dropout drops and batch norm uses the batch. */
    boolean training;
    /** The number of steps so far. It goes into the optimiser's state, so that dropout goes on where it was. */
    long step;
    /** The number of training forwards since the last step. */
    long forwards;

    /** A seed for this very forward. */
    long seed(long networkSeed) {
        return mix(mix(mix(networkSeed) + step) + forwards);
    }

    /** The finaliser of SplitMix64 (Steele, Lea & Flood 2014): neighbouring numbers become unrelated ones. */
    static long mix(long z) {
        z += 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
