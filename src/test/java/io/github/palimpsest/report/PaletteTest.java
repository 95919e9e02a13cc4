package io.github.palimpsest.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaletteTest {

    @Test
    void heatGetsLighterAllTheWay() {
        double before = -1;
        for (int i = 0; i <= 16; i++) {
            int rgb = Palette.heat(i / 16.0);
            double luminance = .2126 * light(rgb >> 16) + .7152 * light(rgb >> 8) + .0722 * light(rgb);
            assertTrue(luminance > before, i + ": " + Palette.css(rgb));
            before = luminance;
        }
    }

    @Test
    void roundsThatFollowEachOtherDiffer() {
        for (int round = 1; round < 6; round++)
            for (int other = round + 1; other <= 6; other++)
                assertTrue(Palette.round(round) != Palette.round(other));
        assertEquals(Palette.round(1), Palette.round(7));
    }

    @Test
    void mixingKeepsTheChannelsApart() {
        assertEquals(0x804020, Palette.mix(0xFF8040, .5, 0x010000));
        assertEquals(0x123456, Palette.mix(0x123456, 1, 0xFFFFFF));
    }

    private static double light(int channel) {
        return Math.pow((channel & 255) / 255.0, 2.2);
    }
}
