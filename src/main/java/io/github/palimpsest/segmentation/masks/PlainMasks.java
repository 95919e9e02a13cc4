package io.github.palimpsest.segmentation.masks;

import io.github.palimpsest.background.CueKind;
import io.github.palimpsest.background.Ground;

/**
 * What a grey-level threshold alone would give, without maps and without a network; only to compare with.
 *
 * @param kind of the threshold
 * @param ground what most images say
 * @param foreground share of the tagged images' area on the other side, 0..1, mean over images
 * @param explained the same criterion as that of {@link ChosenMasks}, 0..1
 */
public record PlainMasks(CueKind kind, Ground ground, double foreground, double explained) {}
