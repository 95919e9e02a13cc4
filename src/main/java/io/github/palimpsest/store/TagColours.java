package io.github.palimpsest.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The colours of labels: black for the background, then the colours of Okabe and Ito's set for all kinds of colour
 * vision, then whichever of a lattice of colours lies farthest from all before it in OKLab (Björn Ottosson, 2020). A
 * tag's colour does not hang on how many tags come after it. White is no tag's: it is that of unlabelled pixels.
 */
public final class TagColours {

    /** So many tags have colours of their own; after them the colours come again. */
    public static final int DISTINCT = 1000;

    private static final int WHITE = 0xFFFFFF;

    private static final List<Integer> OKABE_ITO = List.of(0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00,
            0xCC79A7);

    /** Of the lattice's levels per channel. */
    private static final int STEP = 17;

    private static final double DARKEST = .4;
    private static final double PALEST = .93;

    private TagColours() {}

    /**
     * The colours of the background and so many tags, 0xRRGGBB.
     *
     * @param tags 0 or more
     * @return {@code tags + 1} colours, the background's first
     */
    public static List<Integer> of(int tags) {
        List<Integer> colours = new ArrayList<>();
        colours.add(0);
        Lattice lattice = new Lattice();
        lattice.take(0);
        lattice.take(WHITE);
        for (int tag = 0; tag < Math.min(tags, DISTINCT); tag++) {
            int colour = tag < OKABE_ITO.size() ? OKABE_ITO.get(tag) : lattice.farthest();
            lattice.take(colour);
            colours.add(colour);
            // The farthest must be far from the whole set, not only from what has been given so far.
            if (tag == 0)
                OKABE_ITO.forEach(lattice::take);
        }
        for (int tag = DISTINCT; tag < tags; tag++)
            colours.add(colours.get(1 + tag % DISTINCT));
        return List.copyOf(colours);
    }

    /** Candidates, each with its squared distance from the nearest colour that was taken. */
    private static final class Lattice {

        private final List<Integer> candidates = new ArrayList<>();
        private final double[][] places;
        private final double[] distances;

        Lattice() {
            for (int r = 0; r < 256; r += STEP)
                for (int g = 0; g < 256; g += STEP)
                    for (int b = 0; b < 256; b += STEP)
                        addIfClear(r << 16 | g << 8 | b);
            places = candidates.stream().map(TagColours::lab).toArray(double[][]::new);
            distances = new double[places.length];
            Arrays.fill(distances, Double.MAX_VALUE);
        }

        /** Dark colours would look like the background, pale ones like unlabelled pixels. */
        private void addIfClear(int colour) {
            double lightness = lab(colour)[0];
            if (lightness > DARKEST && lightness < PALEST)
                candidates.add(colour);
        }

        void take(int colour) {
            double[] taken = lab(colour);
            for (int i = 0; i < places.length; i++) {
                double distance = 0;
                for (int c = 0; c < 3; c++)
                    distance += (places[i][c] - taken[c]) * (places[i][c] - taken[c]);
                distances[i] = Math.min(distances[i], distance);
            }
        }

        int farthest() {
            int best = 0;
            for (int i = 1; i < distances.length; i++)
                if (distances[i] > distances[best])
                    best = i;
            return candidates.get(best);
        }
    }

    /** A colour in OKLab: lightness, green to red, blue to yellow. */
    private static double[] lab(int rgb) {
        double r = linear(rgb >> 16 & 255);
        double g = linear(rgb >> 8 & 255);
        double b = linear(rgb & 255);
        double l = StrictMath.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = StrictMath.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = StrictMath.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return new double[] {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
    }

    private static double linear(int value) {
        double v = value / 255.0;
        return v <= .04045 ? v / 12.92 : StrictMath.pow((v + .055) / 1.055, 2.4);
    }
}
