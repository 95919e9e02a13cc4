package io.github.palimpsest.segmentation;

import java.util.Arrays;

import io.github.palimpsest.erasing.TagLoss;

/** Multi-label logistic regression that learns by Adam (Kingma & Ba 2015) with decoupled weight decay. */
final class LogisticRegression {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double weightDecay;
    /** {@code [tag][channel]}; the last channel is the bias, of an input that is always 1. */
    private final float[][] weights;
    private final float[][] first;
    private final float[][] second;
    private final float[][] gradient;
    private final int channels;
    private int steps;

    /** @param bias to begin with, for every tag */
    LogisticRegression(int channels, double[] bias, double weightDecay) {
        this.channels = channels;
        this.weightDecay = weightDecay;
        this.weights = new float[bias.length][channels + 1];
        this.first = new float[bias.length][channels + 1];
        this.second = new float[bias.length][channels + 1];
        this.gradient = new float[bias.length][channels + 1];
        for (int t = 0; t < bias.length; t++)
            weights[t][channels] = (float) bias[t];
    }

    /** One step along the gradient of the mean loss of some images. */
    void step(float[][] inputs, boolean[][] tagged, double learningRate) {
        steps++;
        double correction1 = 1 - Math.pow(BETA_1, steps);
        double correction2 = 1 - Math.pow(BETA_2, steps);
        for (int t = 0; t < weights.length; t++) {
            Arrays.fill(gradient[t], 0);
            for (int i = 0; i < inputs.length; i++) {
                double slope = TagLoss.LOGISTIC.pooledSlope(logit(t, inputs[i]), tagged[i][t]);
                add(inputs[i], (float) (slope / inputs.length), t);
            }
            for (int c = 0; c <= channels; c++) {
                float g = gradient[t][c];
                first[t][c] = (float) (BETA_1 * first[t][c] + (1 - BETA_1) * g);
                second[t][c] = (float) (BETA_2 * second[t][c] + (1 - BETA_2) * g * g);
                double move = first[t][c] / correction1 / (Math.sqrt(second[t][c] / correction2) + EPSILON);
                double decay = c < channels ? weightDecay * weights[t][c] : 0;
                weights[t][c] -= (float) (learningRate * (move + decay));
            }
        }
    }

    private void add(float[] input, float slope, int tag) {
        float[] sum = gradient[tag];
        for (int c = 0; c < channels; c++)
            sum[c] += slope * input[c];
        sum[channels] += slope;
    }

    private double logit(int tag, float[] input) {
        float[] w = weights[tag];
        double z = w[channels];
        for (int c = 0; c < channels; c++)
            z += w[c] * input[c];
        return z;
    }

    /** {@code [tag][channel]}. */
    float[][] kernel() {
        return Arrays.stream(weights).map(w -> Arrays.copyOf(w, channels)).toArray(float[][]::new);
    }

    /** For every tag. */
    double[] bias() {
        return Arrays.stream(weights).mapToDouble(w -> w[channels]).toArray();
    }
}
