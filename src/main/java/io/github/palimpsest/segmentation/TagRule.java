package io.github.palimpsest.segmentation;

import java.util.List;
import java.util.stream.IntStream;

import io.github.palimpsest.erasing.TagLoss;

/**
 * Which tags an image is taken to have.
 *
 * @param single exactly one tag, the most likely: where every training image had exactly one
 * @param threshold otherwise every tag whose confidence is above it, 0..1; that may be none, and then all is background
 */
public record TagRule(boolean single, double threshold) {

    /** The confidence from which a tag is believed, if nothing else is said. */
    public static final double THRESHOLD = 0.3;

    /** The rule that fits these training images: a single tag if each of them has exactly one and there is a choice. */
    public static TagRule of(List<List<Integer>> trainingTags, double threshold) {
        boolean single = !trainingTags.isEmpty() && trainingTags.stream().allMatch(tags -> tags.size() == 1)
                && trainingTags.stream().distinct().count() > 1;
        return new TagRule(single, threshold);
    }

    /**
     * The tags, ascending from 0.
     *
     * @param logits of every tag
     */
    public List<Integer> tags(float[] logits) {
        if (!single)
            return IntStream.range(0, logits.length).filter(t -> TagLoss.sigmoid(logits[t]) > threshold).boxed()
                    .toList();
        int best = 0;
        for (int t = 1; t < logits.length; t++)
            if (logits[t] > logits[best])
                best = t;
        return List.of(best);
    }
}
