package io.github.palimpsest.segmentation.masks;

import io.github.palimpsest.background.BackgroundScore;
import io.github.palimpsest.background.CueKind;
import io.github.palimpsest.background.Ground;

/**
 * What training masks may be made of.
 *
 * @param kind of the background cue
 * @param ground of a cue that parts pixels by a grey level, what most images say; {@link Ground#AUTO} for other cues
 * @param a of the {@link BackgroundScore}
 * @param w of the {@link BackgroundScore}
 * @param rounds of erasing merged, from 1
 * @param foreground share of the tagged images' area in which some tag beats the background, 0..1, mean over images
 * @param explained how well features explain such masks, 0..1, see {@code background.ExplainableMasks}; only to be
 *            compared
 */
public record ChosenMasks(CueKind kind, Ground ground, double a, double w, int rounds, double foreground,
        double explained) {

    /** The background's score. */
    public BackgroundScore score() {
        return new BackgroundScore(a, w);
    }
}
