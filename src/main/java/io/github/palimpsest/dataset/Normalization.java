package io.github.palimpsest.dataset;

import java.util.Arrays;

import io.github.palimpsest.task.UserException;

/**
 * How images of more than 8 bits become 0..255: each image's own low percentile becomes 0 and its high one 255,
 * linearly, with what lies beyond clipped. All channels of an image share one pair of percentiles. Percentiles are of
 * the finite values, by nearest rank. An image without contrast becomes 0 everywhere; not-a-number and −∞ become 0, +∞
 * becomes 255.
 *
 * @param lowPercentile 0..100, below the high one
 * @param highPercentile 0..100
 */
public record Normalization(double lowPercentile, double highPercentile) {

    /** From the 0.5th to the 99.5th percentile. */
    public static final Normalization DEFAULT = new Normalization(0.5, 99.5);

    /** @throws UserException unless 0 ≤ low &lt; high ≤ 100 */
    public Normalization {
        if (!(lowPercentile >= 0 && lowPercentile < highPercentile && highPercentile <= 100))
            throw new UserException("Percentiles must be from 0 to 100 and the low one below the high one, but are "
                    + lowPercentile
                    + " and " + highPercentile + ".");
    }

    /** Brings the values of an image's channels to 0..255 where they are. */
    public void apply(float[][] channels) {
        int n = 0;
        for (float[] channel : channels)
            n += channel.length;
        float[] sorted = new float[n];
        int finite = 0;
        for (float[] channel : channels)
            for (float value : channel)
                if (Float.isFinite(value))
                    sorted[finite++] = value;
        Arrays.sort(sorted, 0, finite);
        double low = finite == 0 ? 0 : sorted[rank(lowPercentile, finite)];
        double high = finite == 0 ? 0 : sorted[rank(highPercentile, finite)];
        for (float[] channel : channels)
            for (int i = 0; i < channel.length; i++)
                channel[i] = scale(channel[i], low, high);
    }

    private static int rank(double percentile, int n) {
        return (int) Math.max(0, Math.min(n - 1, Math.ceil(percentile / 100 * n) - 1));
    }

    private static float scale(float value, double low, double high) {
        if (Float.isNaN(value) || high <= low)
            return 0;
        return (float) Math.max(0, Math.min(255, (value - low) / (high - low) * 255));
    }
}
