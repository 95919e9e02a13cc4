package io.github.palimpsest.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.task.UserException;

class TwoSidedCutTest {

    @Test
    void aNumberIsTheCutOfAllTags() {
        assertEquals(new TwoSidedCut(0.06, Map.of()), TwoSidedCut.parse("cut", "0.06"));
        assertEquals(new TwoSidedCut(0.06, Map.of()), TwoSidedCut.parse("cut", " .06 "));
    }

    @Test
    void tagsMayHaveTheirOwn() {
        TwoSidedCut cut = TwoSidedCut.parse("cut", "0.06, cat : 0.12,stain: H&E:1");
        assertEquals(new TwoSidedCut(0.06, Map.of("cat", 0.12, "stain: H&E", 1.0)), cut);
        assertEquals("0.06,cat:0.12,stain: H&E:1", cut.text());
        assertEquals(cut, TwoSidedCut.parse("cut", cut.text()));
    }

    @Test
    void theSmallestOfAnImagesCutsDecides() {
        TwoSidedCut cut = new TwoSidedCut(0.06, Map.of("cat", 0.12, "dog", 0.03));
        assertEquals(0.06, cut.of(List.of()));
        assertEquals(0.12, cut.of(List.of("cat")));
        assertEquals(0.06, cut.of(List.of("cat", "cow")));
        assertEquals(0.03, cut.of(List.of("cat", "dog", "cow")));
    }

    @Test
    void groundIsWhatLiesBelowTheCut() {
        TwoSidedCut cut = new TwoSidedCut(0.06, Map.of("cat", 0.12));
        assertTrue(cut.isGround(0.0599, List.of("cow")));
        assertFalse(cut.isGround(0.06, List.of("cow")));
        assertTrue(cut.isGround(0.06, List.of("cat")));
        assertFalse(new TwoSidedCut(0, Map.of()).isGround(0, List.of()), "a cut of 0 claims nothing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"x | \"x\" is no number from 0 to 1", "1.2 | \"1.2\" is no number",
            "NaN | \"NaN\" is no number", "0.1,cat | \"cat\" is no tag with its cut", "0.1,cat:x | \"x\" is no number",
            "0.1,:0.2 | the tag before \":0.2\" is missing", "0.1,a:0.1,a:0.2 | the tag a has two cuts",
            "0.1, | is no tag with its cut", "cat:0.1 | \"cat:0.1\" is no number"})
    void mistakesAreSentences(String text, String why) {
        String sentence = assertThrows(UserException.class,
                () -> TwoSidedCut.parse("background-cut", text)).getMessage();
        assertTrue(sentence.contains(why), sentence);
        assertTrue(sentence.contains("background-cut") && sentence.contains("0.06,cat:0.12"), sentence);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void cutsAreFractions(double value) {
        assertThrows(UserException.class, () -> new TwoSidedCut(value, Map.of()));
        assertThrows(UserException.class, () -> new TwoSidedCut(0.1, Map.of("cat", value)));
    }

    @Test
    void unknownTagsAreNamed() {
        TwoSidedCut cut = TwoSidedCut.parse("cut", "0.06,cat:0.12");
        cut.requireTags(List.of("dog", "cat"));
        String sentence = assertThrows(UserException.class, () -> cut.requireTags(List.of("dog", "cow"))).getMessage();
        assertTrue(sentence.contains("cat") && sentence.contains("dog, cow"), sentence);
    }
}
