package io.github.palimpsest.erasing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;

import org.junit.jupiter.api.Test;

class MiningTest {

    private static final int SIZE = 201;

    /** A Gaussian blob whose ring at radius r has the value exp(−r²/2σ²). */
    private static float[] blob(double sigma) {
        float[] map = new float[SIZE * SIZE];
        for (int y = 0; y < SIZE; y++)
            for (int x = 0; x < SIZE; x++)
                map[y * SIZE + x] = (float) Math.exp(-(Math.pow(x - 100, 2) + Math.pow(y - 100, 2)) / (2 * sigma * sigma));
        return map;
    }

    private static double area(Mining.Rule rule, double delta, float[] map) {
        return new Mining(rule, delta, 0).mine(map, SIZE, new BitSet(), 1).cardinality();
    }

    @Test
    void theThreeReadingsOfTopTwentyPercentMineTheAreasOfAGaussian() {
        double sigma = 40;
        // exp(−r²/2σ²) ≥ t inside a disc of area −2πσ²·ln t
        assertEquals(-2 * Math.PI * sigma * sigma * Math.log(0.2), area(Mining.Rule.SHARE_OF_MAXIMUM, 0.2, blob(sigma)), 60);
        assertEquals(-2 * Math.PI * sigma * sigma * Math.log(0.8), area(Mining.Rule.TOP_OF_RANGE, 0.2, blob(sigma)), 30);
        // The outermost ring of equal pixels, at most 24 of them so far out, is left out whole.
        assertEquals(0.2 * SIZE * SIZE, area(Mining.Rule.TOP_OF_PIXELS, 0.2, blob(sigma)), 24);
    }

    @Test
    void nothingIsMinedWhereTheMapIsNowhereAboveZero() {
        for (Mining.Rule rule : Mining.Rule.values())
            assertTrue(new Mining(rule, 0.2, 0).mine(new float[] { 0, -1, -2, 0 }, 2, new BitSet(), 1).isEmpty());
    }

    @Test
    void zerosAreNeverMinedHoweverManyPixelsTheRuleAsksFor() {
        BitSet mined = new Mining(Mining.Rule.TOP_OF_PIXELS, 0.75, 0).mine(new float[] { 3, 0, 0, 0 }, 2, new BitSet(), 1);
        assertEquals("{0}", mined.toString());
    }

    @Test
    void tiesAtTheLowestRankAreLeftOut() {
        BitSet mined = new Mining(Mining.Rule.TOP_OF_PIXELS, 0.5, 0).mine(new float[] { 3, 1, 1, 1 }, 2, new BitSet(), 1);
        assertEquals("{0}", mined.toString());
    }

    @Test
    void theEnvelopeKeepsNewPixelsNearTheOldOnesOfItsTag() {
        float[] everywhere = new float[SIZE * SIZE];
        java.util.Arrays.fill(everywhere, 1);
        BitSet before = new BitSet();
        for (int y = 90; y < 110; y++)
            before.set(y * SIZE + 90, y * SIZE + 110);
        // area 400: within 0.3·20 = 6 pixels
        Mining mining = new Mining(Mining.Rule.SHARE_OF_MAXIMUM, 0.5, 2);
        BitSet near = mining.mine(everywhere, SIZE, before, 2);
        assertTrue(near.get(100 * SIZE + 115));
        assertFalse(near.get(100 * SIZE + 116));
        assertEquals(SIZE * SIZE, mining.mine(everywhere, SIZE, before, 1).cardinality(), "not before its round");
        assertEquals(SIZE * SIZE, mining.mine(everywhere, SIZE, new BitSet(), 2).cardinality(), "nothing mined yet, no envelope");
    }
}
