package io.github.palimpsest.ablation;

import io.github.palimpsest.evaluation.masks.SegmentationScores;

/**
 * What a row reached.
 *
 * @param images that were scored
 * @param miou over background and tags, 0..1
 * @param pixelAccuracy 0..1
 */
public record Scores(int images, double miou, double pixelAccuracy) {

    /** From what {@code evaluate} found. */
    public static Scores of(SegmentationScores scores) {
        return new Scores(scores.images(), scores.meanIou(), scores.matrix().pixelAccuracy());
    }
}
