package io.github.palimpsest.segmentation.masks;

import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * Probabilities of an image's labels from its accumulated maps and the background's scores, and masks from
 * probabilities: what lies before and behind the dense CRF.
 */
final class SoftMask {

    /** What every label gets before the scores are made to sum to 1, so that none is impossible. */
    private static final float FLOOR = 1e-4f;

    private SoftMask() {}

    /**
     * Probabilities of the background and the image's tags.
     *
     * @param background scores {@code 1×H×W}
     * @param maps {@code T×h×w}, 0..1
     * @param gamma the exponent that the maps, at the image's size, are raised to
     * @return {@code (1+T)×H×W}, above 0, summing to 1 over the labels, the background first
     */
    static Tensor probabilities(Tensor background, Tensor maps, double gamma) {
        int tags = maps.size(0);
        int height = background.size(1);
        int width = background.size(2);
        int pixels = height * width;
        Tensor scores = Tensor.zeros(tags + 1, height, width);
        float[] p = scores.data();
        for (int i = 0; i < pixels; i++)
            p[i] = Math.max(0, background.data()[i]) + FLOOR;
        float[] full = Resize.bilinear(maps, height, width).data();
        for (int i = 0; i < full.length; i++)
            p[pixels + i] = (float) power(full[i], gamma) + FLOOR;
        for (int i = 0; i < pixels; i++) {
            double sum = 0;
            for (int l = 0; l <= tags; l++)
                sum += p[l * pixels + i];
            for (int l = 0; l <= tags; l++)
                p[l * pixels + i] /= (float) sum;
        }
        return scores;
    }

    /** A map's value, at least 0, to a power; StrictMath, so that it is the same on every machine. */
    static double power(double value, double gamma) {
        double positive = Math.max(0, value);
        return gamma == .5 ? Math.sqrt(positive) : gamma == 1 ? positive : StrictMath.pow(positive, gamma);
    }

    /**
     * The most probable label of every pixel; of two equal ones the first.
     *
     * @param marginals {@code (1+T)×H×W}, the background first
     * @param labels of the T tags
     * @param sure pixels whose largest probability is below are unlabelled
     */
    static byte[] labels(Tensor marginals, byte[] labels, double sure) {
        int pixels = marginals.size(1) * marginals.size(2);
        byte[] mask = new byte[pixels];
        float least = (float) sure;
        for (int i = 0; i < pixels; i++) {
            int best = 0;
            for (int l = 1; l <= labels.length; l++)
                if (marginals.data()[l * pixels + i] > marginals.data()[best * pixels + i])
                    best = l;
            if (marginals.data()[best * pixels + i] < least)
                mask[i] = (byte) LabelImage.UNLABELLED;
            else if (best > 0)
                mask[i] = labels[best - 1];
        }
        return mask;
    }
}
