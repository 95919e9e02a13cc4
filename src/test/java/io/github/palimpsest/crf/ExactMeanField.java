package io.github.palimpsest.crf;

import io.github.palimpsest.tensor.Tensor;

/** Mean field by its definition, over all pairs of pixels and in double precision: the truth for small images. */
final class ExactMeanField {

    private final double[][] kernel;
    private final int pixels;

    ExactMeanField(CrfSettings s, Tensor image) {
        pixels = image.size(1) * image.size(2);
        kernel = new double[pixels][pixels];
        add(image, 0, s.smoothnessXy(), 1, s.smoothnessWeight());
        add(image, image.size(0), s.appearanceXy(), s.appearanceRgb(), s.appearanceWeight());
    }

    private void add(Tensor image, int channels, double xy, double rgb, double weight) {
        double[][] own = new double[pixels][pixels];
        double[] norm = new double[pixels];
        for (int i = 0; i < pixels; i++)
            for (int j = 0; j < pixels; j++) {
                double distance = squaredDistance(image, channels, xy, rgb, i, j);
                own[i][j] = Math.exp(-distance / 2);
                norm[i] += own[i][j];
            }
        for (int i = 0; i < pixels; i++)
            for (int j = 0; j < pixels; j++)
                kernel[i][j] += weight * own[i][j] / Math.sqrt(norm[i] * norm[j]);
    }

    private double squaredDistance(Tensor image, int channels, double xy, double rgb, int i, int j) {
        int width = image.size(2);
        double dx = (i % width - j % width) / xy;
        double dy = (i / width - j / width) / xy;
        double sum = dx * dx + dy * dy;
        for (int c = 0; c < channels; c++) {
            double d = (image.data()[c * pixels + i] - image.data()[c * pixels + j]) / rgb;
            sum += d * d;
        }
        return sum;
    }

    /** The marginals {@code L×H×W}. */
    Tensor run(Tensor probabilities, int iterations) {
        int labels = probabilities.size(0);
        double[][] q = new double[labels][pixels];
        double[][] logits = new double[labels][pixels];
        for (int i = 0; i < pixels; i++)
            for (int l = 0; l < labels; l++)
                logits[l][i] = Math.log(probabilities.data()[l * pixels + i]);
        softmax(logits, q);
        for (int n = 0; n < iterations; n++) {
            double[][] energy = new double[labels][pixels];
            for (int l = 0; l < labels; l++)
                for (int i = 0; i < pixels; i++) {
                    energy[l][i] = logits[l][i];
                    for (int j = 0; j < pixels; j++)
                        energy[l][i] += kernel[i][j] * q[l][j];
                }
            softmax(energy, q);
        }
        Tensor result = Tensor.zeros(probabilities.shape());
        for (int l = 0; l < labels; l++)
            for (int i = 0; i < pixels; i++)
                result.data()[l * pixels + i] = (float) q[l][i];
        return result;
    }

    private static void softmax(double[][] energy, double[][] q) {
        for (int i = 0; i < q[0].length; i++) {
            double greatest = Double.NEGATIVE_INFINITY;
            for (double[] label : energy)
                greatest = Math.max(greatest, label[i]);
            double sum = 0;
            for (double[] label : energy)
                sum += Math.exp(label[i] - greatest);
            for (int l = 0; l < q.length; l++)
                q[l][i] = Math.exp(energy[l][i] - greatest) / sum;
        }
    }
}
