package io.github.palimpsest.dataset;

import java.util.Collection;
import java.util.List;

/** Which tags come with which: in how many images two tags are together. */
public final class TagCompany {

    private static final double NEARLY_ALWAYS = 0.95;

    /** Of fewer images nothing can be said. */
    private static final int FEWEST_TOGETHER = 3;

    /** Of fewer images it can be chance that all of them have another tag too. */
    private static final int BEYOND_CHANCE = 10;

    private final int[][] together;

    /**
     * Counts.
     *
     * @param tagsOfImages the tags of each image, from 0
     * @param tags how many there are
     */
    public TagCompany(List<? extends Collection<Integer>> tagsOfImages, int tags) {
        together = new int[tags][tags];
        for (Collection<Integer> image : tagsOfImages)
            for (int a : image)
                for (int b : image)
                    together[a][b]++;
    }

    /** The number of images that have both; of one tag twice, those that have it. */
    public int together(int a, int b) {
        return together[a][b];
    }

    /** Whether nearly all images of a tag have another one too. */
    public boolean isBound(int tag, int to) {
        return together[tag][tag] >= FEWEST_TOGETHER && together[tag][to] >= NEARLY_ALWAYS * together[tag][tag];
    }

    /**
     * Whether a tag is found within another one, as a face is within a body: it hardly ever comes without the other, which does
     * come without it, and that is no chance.
     */
    public boolean isWithin(int tag, int other) {
        return tag != other && together[tag][tag] >= BEYOND_CHANCE && isBound(tag, other) && !isBound(other, tag);
    }
}
