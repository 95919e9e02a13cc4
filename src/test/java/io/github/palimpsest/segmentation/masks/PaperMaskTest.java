package io.github.palimpsest.segmentation.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.BitSet;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.store.LabelStack;

class PaperMaskTest {

    /** Pixels: free, free and low, one, one and low, other, other and low, both, both and low. */
    @Test
    void everyCaseHasItsLabel() {
        LabelStack regions = new LabelStack(List.of("cat", "dog"), 8, 1,
                List.of(new byte[] {0, 0, 1, 2, 0, 0, 1, 1}, new byte[] {0, 0, 0, 0, 1, 3, 2, 1}));
        BitSet low = BitSet.valueOf(new long[] {0b10101010});
        assertArrayEquals(new byte[] {-1, 0, 3, -1, 7, -1, -1, -1}, PaperMask.of(regions, new byte[] {3, 7}, low));
    }
}
