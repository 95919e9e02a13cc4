package io.github.palimpsest.crf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatticeValuesTest {

    private static final int WIDTH = 40;
    private static final int PIXELS = WIDTH * 30;

    /** Channels that go together are filtered as each is alone. */
    @ParameterizedTest
    @ValueSource(ints = { 4, 8 })
    void channelsKeepApart(int channels) {
        try (Threads threads = new Threads(2)) {
            PermutohedralLattice lattice = PermutohedralLattice.of(KernelFeatures.ofImage(Crfs.disc(3, PIXELS / WIDTH,
                    WIDTH, 1), 12, 30), threads);
            float[][] apart = new float[channels][PIXELS];
            float[] together = new float[PIXELS * channels];
            SplittableRandom random = new SplittableRandom(2);
            for (int i = 0; i < together.length; i++)
                apart[i % channels][i / channels] = together[i] = (float) random.nextDouble();
            LatticeValues values = LatticeValues.of(lattice, channels);
            values.filter(together, threads);
            float[] sums = new float[channels * PixelTile.SIZE];
            values.slice(2, 100, PixelTile.SIZE, sums, 0);
            for (int channel = 0; channel < channels; channel++) {
                LatticeValues single = LatticeValues.of(lattice, 1);
                single.filter(apart[channel], threads);
                float[] expected = new float[PixelTile.SIZE];
                single.slice(2, 100, PixelTile.SIZE, expected, 0);
                assertArrayEquals(expected, Arrays.copyOfRange(sums, channel * PixelTile.SIZE, (channel + 1)
                        * PixelTile.SIZE), "channel " + channel);
            }
        }
    }
}
