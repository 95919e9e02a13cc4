package io.github.palimpsest.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.Test;

class TagColoursTest {

    @Test
    void theBackgroundIsBlackAndComesFirst() {
        assertEquals(List.of(0), TagColours.of(0));
        assertEquals(List.of(0, 0xE69F00, 0x56B4E9), TagColours.of(2));
    }

    @Test
    void noColourIsGivenTwiceAndWhiteNever() {
        List<Integer> colours = TagColours.of(TagColours.DISTINCT);
        assertEquals(TagColours.DISTINCT + 1, new HashSet<>(colours).size());
        assertFalse(colours.contains(0xFFFFFF), "white is unlabelled");
        assertTrue(colours.stream().allMatch(colour -> colour >= 0 && colour < 0xFFFFFF));
    }

    @Test
    void aTagKeepsItsColourWhenTagsAreAdded() {
        assertEquals(TagColours.of(300).subList(0, 20), TagColours.of(19));
        assertEquals(TagColours.of(300).subList(0, 2), TagColours.of(1));
    }

    @Test
    void theColoursOfAUsualNumberOfTagsAreFarApart() {
        List<Integer> colours = TagColours.of(20);
        for (int a : colours)
            for (int b : colours)
                assertTrue(a == b || distance(a, b) >= 48, () -> String.format("%06x and %06x are alike", a, b));
    }

    @Test
    void beyondTheDistinctOnesTheyComeAgain() {
        List<Integer> colours = TagColours.of(TagColours.DISTINCT + 2);
        assertEquals(colours.subList(1, 3), colours.subList(TagColours.DISTINCT + 1, TagColours.DISTINCT + 3));
    }

    /** The largest difference of a channel. */
    private static int distance(int a, int b) {
        int largest = 0;
        for (int shift = 0; shift <= 16; shift += 8)
            largest = Math.max(largest, Math.abs((a >> shift & 255) - (b >> shift & 255)));
        return largest;
    }
}
