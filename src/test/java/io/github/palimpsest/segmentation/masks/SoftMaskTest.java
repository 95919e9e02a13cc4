package io.github.palimpsest.segmentation.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.tensor.Tensor;

class SoftMaskTest {

    @Test
    void scoresAreSharesAndNoneIsNothing() {
        Tensor background = Tensor.of(new float[] {.5f, -.3f}, 1, 1, 2);
        Tensor maps = Tensor.of(new float[] {.25f, .04f, 0, 0}, 2, 1, 2);
        double first = 1 + 3e-4;
        double second = .2 + 3e-4;
        assertArrayEquals(new float[] {
                (float) (.5001 / first), (float) (.0001 / second),
                (float) (.5001 / first), (float) (.2001 / second),
                (float) (.0001 / first), (float) (.0001 / second)},
                SoftMask.probabilities(background, maps, .5).data(), 1e-6f);
    }

    @Test
    void mapsAreBroughtToTheImagesSizeBeforeTheyAreRaised() {
        Tensor p = SoftMask.probabilities(Tensor.zeros(1, 1, 4), Tensor.of(new float[] {0, 1}, 1, 1, 2), 2);
        float[] at = {0, .0625f, .5625f, 1};
        for (int x = 0; x < 4; x++)
            assertEquals((at[x] + 1e-4) / (at[x] + 2e-4), p.data()[4 + x], 1e-6);
    }

    @Test
    void pixelsThatNoLabelIsSureOfAreUnlabelled() {
        Tensor marginals = Tensor.of(new float[] {
                .95f, .05f, .5f, .05f,
                .03f, .03f, .4f, .90f,
                .02f, .92f, .1f, .05f}, 3, 1, 4);
        assertArrayEquals(new byte[] {0, 9, -1, 4}, SoftMask.labels(marginals, new byte[] {4, 9}, .9));
        assertArrayEquals(new byte[] {0, 9, 0, 4}, SoftMask.labels(marginals, new byte[] {4, 9}, 0));
    }
}
