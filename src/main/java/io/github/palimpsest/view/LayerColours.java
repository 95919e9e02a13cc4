package io.github.palimpsest.view;

import java.util.List;

import io.github.palimpsest.report.Palette;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.TagColours;

import ij.process.LUT;

/** The colours that values of layers have wherever they are shown, 0xRRGGBB: those of the report's figures. */
final class LayerColours {

    /** Of pixels about which nothing is said. */
    static final int UNLABELLED = 0x9A948A;

    private LayerColours() {}

    /** The colours of labels: background, the tags, and from there to 255 what has no meaning but unlabelled. */
    static int[] labels(int tags) {
        List<Integer> colours = TagColours.of(tags);
        int[] all = new int[256];
        for (int label = 0; label < all.length; label++)
            all[label] = label < colours.size() && label < LabelImage.UNLABELLED ? colours.get(label) : UNLABELLED;
        return all;
    }

    /** The colours of rounds; black for none. */
    static int[] rounds() {
        int[] all = new int[256];
        for (int round = 1; round < all.length; round++)
            all[round] = Palette.round(round);
        return all;
    }

    /** From nothing to the most. */
    static int[] heat() {
        int[] all = new int[256];
        for (int i = 0; i < all.length; i++)
            all[i] = Palette.heat(i / 255.0);
        return all;
    }

    /** From black to white. */
    static int[] grey() {
        int[] all = new int[256];
        for (int i = 0; i < all.length; i++)
            all[i] = i * 0x010101;
        return all;
    }

    /** A lookup table of ImageJ that shows the lowest and the highest value in the first and the last of the colours. */
    static LUT table(int[] colours, double lowest, double highest) {
        byte[][] rgb = new byte[3][256];
        for (int i = 0; i < 256; i++)
            for (int c = 0; c < 3; c++)
                rgb[c][i] = (byte) (colours[i] >> 16 - 8 * c);
        LUT table = new LUT(rgb[0], rgb[1], rgb[2]);
        table.min = lowest;
        table.max = highest;
        return table;
    }
}
