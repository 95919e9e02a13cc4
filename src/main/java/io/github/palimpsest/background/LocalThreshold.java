package io.github.palimpsest.background;

/**
 * A threshold that follows the illumination: the mean of a square window around each pixel, plus an offset that is the
 * same for the whole picture. Niblack, Sauvola and Phansalkar choose the offset by constants that suit one contrast and
 * one kind of ground; here it is Otsu's threshold of what remains when the local mean is subtracted, so dark and bright
 * ground are alike, any contrast will do, and an even ground does not break up into specks. Objects wider than the
 * window are seen by their rims only.
 *
 * @param radius of the window in pixels, so that it is 2·radius + 1 wide; 0 for an eighth of the picture's longer side
 */
record LocalThreshold(int radius) implements Split {

    private static final GlobalThreshold OTSU = GlobalThreshold.of(CueKind.OTSU);

    @Override
    public boolean[] bright(int[] levels, int height, int width) {
        int reach = radius > 0 ? radius : Math.max(1, Math.max(height, width) / 8);
        double[] rest = new double[levels.length];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        long[] integral = integral(levels, height, width);
        for (int y = 0; y < height; y++) {
            int top = Math.max(0, y - reach);
            int bottom = (int) Math.min(height, (long) y + reach + 1);
            for (int x = 0; x < width; x++) {
                int left = Math.max(0, x - reach);
                int right = (int) Math.min(width, (long) x + reach + 1);
                long sum = integral[bottom * (width + 1) + right] - integral[top * (width + 1) + right]
                        - integral[bottom * (width + 1) + left] + integral[top * (width + 1) + left];
                int i = y * width + x;
                rest[i] = levels[i] - (double) sum / ((long) (bottom - top) * (right - left));
                least = Math.min(least, rest[i]);
                most = Math.max(most, rest[i]);
            }
        }
        if (most <= least)
            return null;
        int[] spread = new int[levels.length];
        for (int i = 0; i < spread.length; i++)
            spread[i] = (int) Math.round((rest[i] - least) / (most - least) * 255);
        return OTSU.bright(spread, height, width);
    }

    /** Sums of all levels above and left of each corner: {@code (H+1)×(W+1)}. */
    private static long[] integral(int[] levels, int height, int width) {
        long[] sums = new long[(height + 1) * (width + 1)];
        for (int y = 0; y < height; y++) {
            long row = 0;
            for (int x = 0; x < width; x++) {
                row += levels[y * width + x];
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
            }
        }
        return sums;
    }
}
