package io.github.palimpsest.background;

import ij.process.AutoThresholder;
import ij.process.AutoThresholder.Method;

/**
 * One threshold for the whole picture, found by ImageJ on the histogram of 256 grey levels, so that the numbers are
 * those of <i>Image › Adjust › Threshold</i>. As there, a pixel of the threshold's own level is dark.
 *
 * @param method of ImageJ
 */
record GlobalThreshold(Method method) implements Split {

    private static final int LEVELS = 256;

    /** The threshold of a kind of cue. */
    static GlobalThreshold of(CueKind kind) {
        return new GlobalThreshold(switch (kind) {
            case OTSU -> Method.Otsu;
            case LI -> Method.Li;
            case TRIANGLE -> Method.Triangle;
            default -> throw new IllegalArgumentException(kind + " is no global threshold");
        });
    }

    @Override
    public boolean[] bright(int[] levels, int height, int width) {
        int[] histogram = new int[LEVELS];
        for (int level : levels)
            histogram[level]++;
        int threshold = new AutoThresholder().getThreshold(method, histogram);
        boolean[] bright = new boolean[levels.length];
        int count = 0;
        for (int i = 0; i < levels.length; i++)
            if (levels[i] > threshold) {
                bright[i] = true;
                count++;
            }
        return count == 0 || count == levels.length ? null : bright;
    }
}
