package io.github.palimpsest.erasing;

import java.util.Arrays;
import java.util.BitSet;

import io.github.palimpsest.task.SettingsText;

/**
 * Which pixels of a class activation map are mined. The paper's "top 20 % of the largest value" has three readings
 * ({@link Rule}); they mine very different areas.
 *
 * @param rule the reading
 * @param delta its constant, 0..1
 * @param envelopeFrom from this round on, new pixels must lie near those mined before for the same tag; 0 = never. Near is a
 *            distance of at most {@code max(1, 0.3·√area)}, with the area mined before, in pixels.
 */
public record Mining(Rule rule, double delta, int envelopeFrom) {

    /** The smallest {@link #delta} that a run can be given. */
    public static final double LEAST_DELTA = 0.001;

    private static final double ENVELOPE = 0.3;

    /** The readings; {@code H} is the map at the image's size, cut off below 0. */
    public enum Rule {

        /** {@code H ≥ δ·max H}: "20 %" is δ = 0.2. */
        SHARE_OF_MAXIMUM,
        /** {@code H ≥ (1 − δ)·max H}: "top 20 %" is δ = 0.2, or 0.8 of the maximum. */
        TOP_OF_RANGE,
        /** The {@code δ·pixels} highest pixels: "top 20 %" is a fifth of the image. Ties at the lowest value are left out. */
        TOP_OF_PIXELS
    }

    /**
     * Reads it from settings, as users give them and as {@code run.json} keeps them.
     *
     * @throws io.github.palimpsest.task.UserException for the first that is wrong, naming it and what it may be
     */
    public static Mining parse(SettingsText text) {
        return new Mining(text.choice("mining", Rule.class), text.number("delta", LEAST_DELTA, 1),
                (int) text.whole("envelope_from", 0, 100));
    }

    /** The same rule with another constant. */
    public Mining withDelta(double other) {
        return new Mining(rule, other, envelopeFrom);
    }

    /**
     * The pixels to mine.
     *
     * @param map at the image's size, row-major, {@code width} wide; nothing at or below 0 is ever mined
     * @param before the pixels of this tag mined in earlier rounds
     * @param round from 1
     */
    public BitSet mine(float[] map, int width, BitSet before, int round) {
        float threshold = threshold(map);
        BitSet mined = new BitSet(map.length);
        if (threshold > 0)
            for (int i = 0; i < map.length; i++)
                if (map[i] >= threshold)
                    mined.set(i);
        if (envelopeFrom > 0 && round >= envelopeFrom && !before.isEmpty())
            mined.and(near(before, width, map.length / width));
        return mined;
    }

    /** The lowest value that is mined, or 0 where nothing is. */
    private float threshold(float[] map) {
        float max = 0;
        for (float value : map)
            max = Math.max(max, value);
        if (max == 0)
            return 0;
        return switch (rule) {
            case SHARE_OF_MAXIMUM -> atLeastTiny(delta * max);
            case TOP_OF_RANGE -> atLeastTiny((1 - delta) * max);
            case TOP_OF_PIXELS -> lowestOfTop(map, max);
        };
    }

    private float lowestOfTop(float[] map, float max) {
        int n = (int) Math.min(map.length, Math.round(delta * map.length));
        if (n == 0)
            return 0;
        float[] sorted = map.clone();
        Arrays.sort(sorted);
        float lowest = sorted[sorted.length - n];
        boolean tied = n < sorted.length && sorted[sorted.length - n - 1] == lowest;
        float threshold = tied && lowest < max ? Math.nextUp(lowest) : lowest;
        return atLeastTiny(threshold);
    }

    private static float atLeastTiny(double threshold) {
        return (float) Math.max(Float.MIN_VALUE, threshold);
    }

    /** The pixels within the envelope of a region. */
    private static BitSet near(BitSet region, int width, int height) {
        double distance = Math.max(1, ENVELOPE * Math.sqrt(region.cardinality()));
        double[] squared = SquaredDistance.to(region, width, height);
        BitSet near = new BitSet(squared.length);
        for (int i = 0; i < squared.length; i++)
            if (squared[i] <= distance * distance)
                near.set(i);
        return near;
    }
}
