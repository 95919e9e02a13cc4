package io.github.palimpsest.segmentation.masks;

import io.github.palimpsest.background.BackgroundScore;
import io.github.palimpsest.background.CueKind;
import io.github.palimpsest.background.Ground;
import io.github.palimpsest.store.OrMissing;

/**
 * What training masks may be made of.
 *
 * @param way to masks; null in files of versions that did not choose it
 * @param kind of the background cue
 * @param ground of a cue that parts pixels by a grey level, what most images say; {@link Ground#AUTO} for other cues
 * @param a of the {@link BackgroundScore}; not a number where masks are made without one
 * @param w of the {@link BackgroundScore}; not a number where masks are made without one
 * @param rounds of erasing merged, from 1
 * @param foreground share of the tagged images' area in which some tag beats the background, 0..1, mean over images
 * @param explained how well features explain such masks (in the paper's way, dense masks of this cue and these rounds), 0..1, see
 *            {@code background.ExplainableMasks}
 */
public record ChosenMasks(@OrMissing MaskSettings.Way way, CueKind kind, Ground ground, double a, double w, int rounds,
        double foreground, double explained) {

    /** The same cue and rounds for masks in the paper's way, which need no score. */
    ChosenMasks paper() {
        return new ChosenMasks(MaskSettings.Way.PAPER, kind, ground, Double.NaN, Double.NaN, rounds, foreground, explained);
    }

    /** The background's score. */
    public BackgroundScore score() {
        return new BackgroundScore(a, w);
    }
}
