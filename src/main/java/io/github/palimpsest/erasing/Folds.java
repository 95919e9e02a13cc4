package io.github.palimpsest.erasing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.palimpsest.task.Seed;

/** Which part of the images each one belongs to; every combination of tags is spread over the parts. */
public final class Folds {

    /** The usual number of parts. */
    public static final int COUNT = 5;

    private Folds() {}

    /** A part 0..4 for every image. */
    public static int[] of(List<List<Integer>> tags, long seed) {
        Map<String, List<Integer>> groups = new TreeMap<>();
        for (int i : Seed.shuffled(tags.size(), Seed.random(seed, 'F')))
            groups.computeIfAbsent(tags.get(i).toString(), key -> new ArrayList<>()).add(i);
        int[] fold = new int[tags.size()];
        int next = 0;
        for (List<Integer> group : groups.values())
            for (int image : group)
                fold[image] = next++ % COUNT;
        return fold;
    }
}
