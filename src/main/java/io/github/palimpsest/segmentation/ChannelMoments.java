package io.github.palimpsest.segmentation;

import io.github.palimpsest.tensor.Tensor;

/** Mean and variance of each channel, over all cells of many images. */
final class ChannelMoments {

    private final double[] sums;
    private final double[] squares;
    private long cells;

    ChannelMoments(int channels) {
        sums = new double[channels];
        squares = new double[channels];
    }

    /** Takes in the cells of one image, {@code C×h×w}. */
    void add(Tensor features) {
        int n = features.size(1) * features.size(2);
        for (int c = 0; c < sums.length; c++) {
            double sum = 0;
            double square = 0;
            for (int i = c * n; i < (c + 1) * n; i++) {
                double value = features.data()[i];
                sum += value;
                square += value * value;
            }
            sums[c] += sum;
            squares[c] += square;
        }
        cells += n;
    }

    /** The mean of each channel. */
    Tensor mean() {
        Tensor mean = Tensor.zeros(sums.length);
        for (int c = 0; c < sums.length; c++)
            mean.data()[c] = (float) (sums[c] / cells);
        return mean;
    }

    /** The variance of each channel, not below a millionth of the largest, so that a dead channel stays still. */
    Tensor variance() {
        double[] variances = new double[sums.length];
        double largest = 0;
        for (int c = 0; c < sums.length; c++) {
            double mean = sums[c] / cells;
            variances[c] = Math.max(0, squares[c] / cells - mean * mean);
            largest = Math.max(largest, variances[c]);
        }
        Tensor variance = Tensor.zeros(sums.length);
        double least = largest > 0 ? 1e-6 * largest : 1;
        for (int c = 0; c < sums.length; c++)
            variance.data()[c] = (float) Math.max(least, variances[c]);
        return variance;
    }

    /** The mean of each channel of one image {@code C×h×w}. */
    static float[] means(Tensor features) {
        int n = features.size(1) * features.size(2);
        float[] means = new float[features.size(0)];
        for (int c = 0; c < means.length; c++) {
            double sum = 0;
            for (int i = c * n; i < (c + 1) * n; i++)
                sum += features.data()[i];
            means[c] = (float) (sum / n);
        }
        return means;
    }
}
