package io.github.palimpsest.erasing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

class FoldsTest {

    private static final List<List<Integer>> COMBINATIONS = List.of(List.of(), List.of(0), List.of(1), List.of(0, 1),
            List.of(2));

    private static List<List<Integer>> tags(int images) {
        List<List<Integer>> tags = new ArrayList<>();
        for (int i = 0; i < images; i++)
            tags.add(COMBINATIONS.get(i * i % 11 % COMBINATIONS.size()));
        return tags;
    }

    private static void assertEven(int[] fold, List<Integer> images) {
        int[] counts = new int[Folds.COUNT];
        images.forEach(i -> counts[fold[i]]++);
        int most = Arrays.stream(counts).max().orElseThrow();
        int fewest = Arrays.stream(counts).min().orElseThrow();
        assertTrue(most - fewest <= 1, Arrays.toString(counts));
    }

    @Test
    void allImagesAndEveryCombinationOfTagsAreSpreadEvenly() {
        List<List<Integer>> tags = tags(113);
        int[] fold = Folds.of(tags, 3);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++)
            all.add(i);
        assertEven(fold, all);
        for (List<Integer> combination : COMBINATIONS)
            assertEven(fold, all.stream().filter(i -> tags.get(i).equals(combination)).toList());
    }

    @Test
    void fiveImagesFillAllFiveParts() {
        int[] fold = Folds.of(tags(5), 1);
        Arrays.sort(fold);
        assertArrayEquals(new int[] { 0, 1, 2, 3, 4 }, fold);
    }

    @Test
    void theSeedAloneDecides() {
        assertArrayEquals(Folds.of(tags(60), 3), Folds.of(tags(60), 3));
        assertFalse(Arrays.equals(Folds.of(tags(60), 3), Folds.of(tags(60), 4)));
    }
}
