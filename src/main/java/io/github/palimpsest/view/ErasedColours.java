package io.github.palimpsest.view;

import java.util.List;

/** What a classifier sees of an image from which pieces were erased. */
final class ErasedColours {

    private static final int GREY = 0xFF808080;

    private ErasedColours() {}

    /**
     * The image without what was erased up to a round.
     *
     * @param colours of the image, 0xFFRRGGBB
     * @param erasedBy the round that erased a pixel, 0 for none
     * @param mean colour that erased pixels get, red, green, blue, 0..255
     */
    static int[] of(int[] colours, byte[] erasedBy, int round, List<Double> mean) {
        int gone = GREY;
        if (mean.size() == 3) {
            gone = 0xFF;
            for (double value : mean)
                gone = gone << 8 | (int) Math.max(0, Math.min(255, Math.round(value)));
        }
        int[] left = colours.clone();
        for (int i = 0; i < left.length; i++)
            if (erasedBy[i] != 0 && (erasedBy[i] & 255) <= round)
                left[i] = gone;
        return left;
    }
}
