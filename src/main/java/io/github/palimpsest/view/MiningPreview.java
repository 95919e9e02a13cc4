package io.github.palimpsest.view;

import java.util.BitSet;

import io.github.palimpsest.erasing.Mining;
import io.github.palimpsest.store.RunRecord.ImageRecord;

/**
 * What a round would have mined and erased with another constant δ of the run's own rule, after earlier rounds as they were.
 * With the run's own δ it is what the round did mine and erase, to the pixel.
 *
 * @param width of the image in pixels
 * @param height of the image
 * @param reached what passes the rule for the tag, mined before or not
 * @param mined the part of it that no earlier round had mined for the tag
 * @param erased what the round would erase, for all tags of the image together, of what was still there
 */
public record MiningPreview(int width, int height, BitSet reached, BitSet mined, BitSet erased) {

    /**
     * Looks at one round.
     *
     * @param round a finished one, merged or not
     * @param delta the constant, {@link Mining#LEAST_DELTA} to 1
     * @throws io.github.palimpsest.task.UserException if the run has no such image, tag or round, or a file of it is missing
     *             or damaged
     */
    public static MiningPreview of(RunLayers layers, String image, String tag, int round, double delta) {
        layers.cam(image, tag, round);
        ImageRecord known = layers.image(image);
        Mining mining = layers.mining().withDelta(delta);
        BitSet reached = null;
        BitSet mined = null;
        BitSet erased = new BitSet();
        for (String each : known.tags()) {
            BitSet before = before(layers.regionValues(image, each), round);
            BitSet now = mining.mine(layers.camValues(image, each, round), known.width(), before, round);
            erased.or(now);
            if (each.equals(tag)) {
                reached = (BitSet) now.clone();
                now.andNot(before);
                mined = now;
            }
        }
        erased.andNot(before(layers.erasedValues(image), round));
        return new MiningPreview(known.width(), known.height(), reached, mined, erased);
    }

    /** A set's share of the image, 0..1. */
    public double share(BitSet pixels) {
        return (double) pixels.cardinality() / ((long) width * height);
    }

    private static BitSet before(byte[] rounds, int round) {
        BitSet before = new BitSet(rounds.length);
        for (int i = 0; i < rounds.length; i++)
            if (rounds[i] != 0 && (rounds[i] & 255) < round)
                before.set(i);
        return before;
    }
}
