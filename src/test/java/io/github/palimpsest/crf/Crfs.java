package io.github.palimpsest.crf;

import java.util.SplittableRandom;

import io.github.palimpsest.tensor.Tensor;

/** Images, probabilities and comparisons for the tests of the CRF. */
final class Crfs {

    private Crfs() {}

    /** {@code H×W×C} as {@code C×H×W}. */
    static Tensor planar(Tensor interleaved) {
        int channels = interleaved.size(2);
        int pixels = interleaved.size(0) * interleaved.size(1);
        Tensor planar = Tensor.zeros(channels, interleaved.size(0), interleaved.size(1));
        for (int i = 0; i < pixels; i++)
            for (int c = 0; c < channels; c++)
                planar.data()[c * pixels + i] = interleaved.data()[i * channels + c];
        return planar;
    }

    /** The probabilities of which −log P is given. */
    static Tensor probabilities(Tensor unary, int... shape) {
        Tensor probabilities = unary.copy().reshape(shape);
        for (int i = 0; i < probabilities.length(); i++)
            probabilities.data()[i] = (float) Math.exp(-probabilities.data()[i]);
        return probabilities;
    }

    /** A bright disc on a dark ground with noise: {@code C×H×W}, 0..255. */
    static Tensor disc(int channels, int height, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Tensor image = Tensor.zeros(channels, height, width);
        for (int i = 0; i < image.length(); i++) {
            double dx = i % width - width / 2.0;
            double dy = i / width % height - height / 2.0;
            boolean inside = dx * dx + dy * dy < width * height / 12.0;
            image.data()[i] = (float) ((inside ? 170 : 80) + 20 * random.nextDouble() + 10.0 * (i / (width * height)));
        }
        return image;
    }

    /** Noisy guesses of which label a pixel has: by brightness, softened. */
    static Tensor guesses(Tensor image, int labels, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int pixels = image.size(1) * image.size(2);
        Tensor probabilities = Tensor.zeros(labels, image.size(1), image.size(2));
        for (int i = 0; i < pixels; i++) {
            int likely = image.data()[i] > 125 ? 0 : 1 % labels;
            float sum = 0;
            for (int l = 0; l < labels; l++) {
                float p = (float) (random.nextDouble(0.05, 1) + (l == likely ? 0.4 : 0));
                probabilities.data()[l * pixels + i] = p;
                sum += p;
            }
            for (int l = 0; l < labels; l++)
                probabilities.data()[l * pixels + i] /= sum;
        }
        return probabilities;
    }

    /** The share of pixels whose most likely labels agree. */
    static double agreement(Tensor a, Tensor b) {
        int pixels = a.size(1) * a.size(2);
        int same = 0;
        for (int i = 0; i < pixels; i++)
            same += likeliest(a, i, pixels) == likeliest(b, i, pixels) ? 1 : 0;
        return (double) same / pixels;
    }

    private static int likeliest(Tensor marginals, int pixel, int pixels) {
        int best = 0;
        for (int l = 1; l < marginals.size(0); l++)
            if (marginals.data()[l * pixels + pixel] > marginals.data()[best * pixels + pixel])
                best = l;
        return best;
    }

    /** The greatest absolute difference. */
    static double difference(Tensor a, Tensor b) {
        double greatest = 0;
        for (int i = 0; i < a.length(); i++)
            greatest = Math.max(greatest, Math.abs(a.data()[i] - b.data()[i]));
        return greatest;
    }
}
