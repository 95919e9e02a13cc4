package io.github.palimpsest.erasing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class SquaredDistanceTest {

    @Test
    void equalsTheSmallestDistanceToAnyPixelOfTheRegion() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 40; trial++) {
            int width = 1 + random.nextInt(17);
            int height = 1 + random.nextInt(13);
            BitSet region = new BitSet();
            for (int i = 0; i < width * height; i++)
                if (random.nextInt(12) == 0)
                    region.set(i);
            double[] distance = SquaredDistance.to(region, width, height);
            for (int i = 0; i < width * height; i++)
                assertEquals(bruteForce(region, i, width), distance[i]);
        }
    }

    private static double bruteForce(BitSet region, int pixel, int width) {
        return region.stream().mapToDouble(p -> Math.pow(p % width - pixel % width, 2) + Math.pow(p / width - pixel / width, 2))
                .min().orElse(Double.POSITIVE_INFINITY);
    }
}
