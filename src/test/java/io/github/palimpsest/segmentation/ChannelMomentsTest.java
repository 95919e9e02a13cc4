package io.github.palimpsest.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.tensor.Tensor;

class ChannelMomentsTest {

    /** The numbers from first, step by step. */
    private static Tensor series(float first, float step, int cells) {
        Tensor tensor = Tensor.zeros(1, 1, cells);
        for (int i = 0; i < cells; i++)
            tensor.data()[i] = first + step * i;
        return tensor;
    }

    /** An arithmetic series of n numbers has the variance step² (n² − 1) / 12. */
    @Test
    void meanAndVarianceAreThoseOfAnArithmeticSeries() {
        for (int n : new int[] {2, 7, 100}) {
            ChannelMoments moments = new ChannelMoments(1);
            moments.add(series(-3, 0.5f, n));
            assertEquals(-3 + 0.5 * (n - 1) / 2, moments.mean().data()[0], 1e-5);
            assertEquals(0.25 * (n * n - 1) / 12, moments.variance().data()[0], 1e-4);
        }
    }

    @Test
    void imagesOfEverySizeCountCellByCell() {
        ChannelMoments parts = new ChannelMoments(1);
        parts.add(series(0, 1, 3));
        parts.add(series(3, 1, 1));
        parts.add(series(4, 1, 6));
        ChannelMoments whole = new ChannelMoments(1);
        whole.add(series(0, 1, 10));
        assertEquals(whole.mean(), parts.mean());
        assertEquals(whole.variance(), parts.variance());
    }

    @Test
    void aChannelThatNeverSpeaksHasAMillionthOfTheLargestVariance() {
        ChannelMoments moments = new ChannelMoments(3);
        // Channels: ±2 with the mean 5, silent, constant.
        moments.add(Tensor.of(new float[] {3, 7, 0, 0, 9, 9}, 3, 1, 2));
        assertArrayEquals(new float[] {5, 0, 9}, moments.mean().data());
        assertArrayEquals(new float[] {4, 4e-6f, 4e-6f}, moments.variance().data(), 1e-12f);
        ChannelMoments silent = new ChannelMoments(2);
        silent.add(Tensor.zeros(2, 1, 2));
        assertArrayEquals(new float[] {1, 1}, silent.variance().data());
    }

    @Test
    void theMeansOfAnImageAreThoseOfItsPlanes() {
        assertArrayEquals(new float[] {2.5f, -1}, ChannelMoments.means(Tensor.of(new float[] {1, 2, 3, 4, -1, -1, -2, 0}, 2, 2, 2)));
    }
}
