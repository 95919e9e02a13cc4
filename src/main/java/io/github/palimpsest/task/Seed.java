package io.github.palimpsest.task;

import java.util.SplittableRandom;

/**
 * Random numbers that depend only on the user's seed and on what they are for (a round, an epoch, an image), never on what was
 * drawn before: so work that is taken up again draws what it would have drawn.
 */
public final class Seed {

    private Seed() {}

    /** A seed for one purpose. */
    public static long of(long seed, long... purpose) {
        long mixed = mix(seed);
        for (long part : purpose)
            mixed = mix(mixed * 31 + part);
        return mixed;
    }

    /** A generator for one purpose. */
    public static SplittableRandom random(long seed, long... purpose) {
        return new SplittableRandom(of(seed, purpose));
    }

    /** The indices 0..n−1 in random order. */
    public static int[] shuffled(int n, SplittableRandom random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The finaliser of SplitMix64 (Steele, Lea & Flood 2014). */
    private static long mix(long z) {
        z += 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
