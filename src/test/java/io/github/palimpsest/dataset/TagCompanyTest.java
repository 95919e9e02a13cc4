package io.github.palimpsest.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class TagCompanyTest {

    private static final int FACE = 0;
    private static final int BODY = 1;
    private static final int COW = 2;

    private static TagCompany people(int faces, int bodiesAlone) {
        List<List<Integer>> images = new ArrayList<>(List.of(List.of(), List.of(COW), List.of(COW, BODY)));
        for (int i = 0; i < faces; i++)
            images.add(List.of(FACE, BODY));
        for (int i = 0; i < bodiesAlone; i++)
            images.add(List.of(BODY));
        return new TagCompany(images, 3);
    }

    @Test
    void imagesOfPairsAreCounted() {
        TagCompany company = people(12, 4);
        assertEquals(12, company.together(FACE, BODY));
        assertEquals(17, company.together(BODY, BODY));
        assertEquals(1, company.together(COW, BODY));
        assertEquals(0, company.together(FACE, COW));
    }

    @Test
    void whatComesOnlyWithAnotherIsWithinIt() {
        TagCompany company = people(12, 4);
        assertTrue(company.isWithin(FACE, BODY));
        assertFalse(company.isWithin(BODY, FACE), "it comes alone too");
        assertFalse(company.isWithin(COW, BODY));
        assertFalse(company.isWithin(FACE, FACE));
    }

    @Test
    void oneExceptionInTwentyDoesNotMatter() {
        List<List<Integer>> images = new ArrayList<>(List.of(List.of(BODY), List.of(BODY), List.of(FACE)));
        for (int i = 0; i < 19; i++)
            images.add(List.of(FACE, BODY));
        assertTrue(new TagCompany(images, 2).isWithin(FACE, BODY));
        images.add(List.of(FACE));
        assertFalse(new TagCompany(images, 2).isWithin(FACE, BODY));
    }

    @Test
    void whatIsAlwaysTogetherIsBoundBothWaysAndNeitherIsWithin() {
        List<List<Integer>> images = new ArrayList<>(List.of(List.of(COW), List.of()));
        for (int i = 0; i < 12; i++)
            images.add(List.of(FACE, BODY));
        TagCompany company = new TagCompany(images, 3);
        assertTrue(company.isBound(FACE, BODY) && company.isBound(BODY, FACE));
        assertFalse(company.isWithin(FACE, BODY) || company.isWithin(BODY, FACE));
    }

    @Test
    void fewImagesMayBeChance() {
        assertTrue(people(9, 4).isBound(FACE, BODY));
        assertFalse(people(9, 4).isWithin(FACE, BODY));
        assertFalse(people(2, 4).isBound(FACE, BODY));
    }
}
