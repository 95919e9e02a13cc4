package io.github.palimpsest.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class SeedTest {

    @Test
    void differentPurposesHaveDifferentSeeds() {
        Set<Long> seeds = new HashSet<>();
        for (long seed = -20; seed < 20; seed++)
            for (long round = 0; round < 20; round++)
                for (long purpose = 0; purpose < 20; purpose++)
                    seeds.add(Seed.of(seed, round, purpose));
        assertEquals(40 * 20 * 20, seeds.size());
        assertFalse(seeds.contains(Seed.of(1, 2)), "fewer parts are another purpose");
    }

    @Test
    void neighbouringPurposesAreUncorrelated() {
        int n = 4000;
        double[][] sums = new double[3][3];
        for (int i = 0; i < n; i++) {
            double[] drawn = {Seed.random(7, i).nextDouble(), Seed.random(7, i + 1).nextDouble(), Seed.random(8,
                    i).nextDouble()};
            for (int a = 0; a < 3; a++)
                for (int b = 0; b < 3; b++)
                    sums[a][b] += (drawn[a] - 0.5) * (drawn[b] - 0.5);
        }
        // The variance of a uniform number is 1/12; five standard deviations of the mean product.
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++)
                assertEquals(a == b ? 1 / 12.0 : 0, sums[a][b] / n, 5 / 12.0 / Math.sqrt(n));
    }

    @Test
    void shufflingPermutesAndEveryOrderIsAsLikely() {
        int[] counts = new int[64];
        for (int i = 0; i < 6000; i++) {
            int[] order = Seed.shuffled(3, Seed.random(1, i));
            counts[16 * order[0] + 4 * order[1] + order[2]]++;
        }
        int[] orders = Arrays.stream(counts).filter(count -> count > 0).toArray();
        assertEquals(6, orders.length);
        for (int count : orders)
            assertEquals(1000, count, 5 * Math.sqrt(1000 * 5 / 6.0));
        int[] many = Seed.shuffled(1000, Seed.random(2));
        Arrays.sort(many);
        assertArrayEquals(IntStream.range(0, 1000).toArray(), many);
        assertEquals(0, Seed.shuffled(0, Seed.random(2)).length);
    }

    @Test
    void theSameSeedAndPurposeDrawTheSame() {
        assertArrayEquals(Seed.shuffled(50, Seed.random(3, 4, 5)), Seed.shuffled(50, Seed.random(3, 4, 5)));
    }
}
