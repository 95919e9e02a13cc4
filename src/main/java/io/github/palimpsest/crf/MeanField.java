package io.github.palimpsest.crf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.palimpsest.task.Progress;

/**
 * Mean field of a dense CRF with Potts compatibility: Krähenbühl and Koltun, "Efficient inference in fully connected
 * CRFs with Gaussian edge potentials", NIPS 2011.
 * <p>
 * The marginals of a pixel sum to 1 and filters are linear, so the last label is never filtered: what it would get is
 * what a constant 1 gets, less what the others got. That is an eighth less work with eight labels and half with two.
 */
final class MeanField {

    private final int labels;
    private final int filtered;
    private final int pixels;
    private final float[] prior;
    private final float[] marginals;
    private final float[] total;
    private final List<LatticeValues> kernels = new ArrayList<>();
    private final List<Float> factors = new ArrayList<>();
    private final Threads threads;

    /** @param prior P, the labels of each pixel side by side, none less than 1e-20 */
    MeanField(int labels, float[] prior, Threads threads) {
        this.labels = labels;
        this.filtered = labels - 1;
        this.pixels = prior.length / labels;
        this.prior = prior;
        this.threads = threads;
        marginals = new float[pixels * filtered];
        total = new float[pixels];
    }

    /** Adds a kernel before anything runs. @param weight of its messages */
    void add(PermutohedralLattice lattice, double weight) {
        float factor = (float) weight * lattice.gain();
        LatticeValues ones = new LatticeValues(lattice, 1);
        float[] constant = new float[pixels];
        Arrays.fill(constant, 1);
        ones.filter(constant, threads);
        threads.over(pixels, (from, to) -> {
            float[] sum = new float[1];
            for (int pixel = from; pixel < to; pixel++) {
                sum[0] = 0;
                ones.slice(pixel, factor, sum);
                total[pixel] += sum[0];
            }
        });
        kernels.add(new LatticeValues(lattice, filtered));
        factors.add(factor);
    }

    /** Runs it. @return the marginals, {@code labels × pixels} */
    float[] run(int iterations, Progress progress) {
        float[] result = new float[labels * pixels];
        update(false, iterations == 0 ? result : null);
        for (int i = 1; i <= iterations; i++) {
            progress.check();
            for (LatticeValues kernel : kernels)
                kernel.filter(marginals, threads);
            update(true, i == iterations ? result : null);
            progress.report((double) i / iterations, "dense CRF");
        }
        return result;
    }

    /** New marginals from the unary term and, if wanted, the messages. @param result gets all labels' if it is there */
    private void update(boolean messages, float[] result) {
        LatticeValues[] sources = messages ? kernels.toArray(LatticeValues[]::new) : new LatticeValues[0];
        float[] weights = new float[sources.length];
        for (int k = 0; k < weights.length; k++)
            weights[k] = factors.get(k);
        threads.over(pixels, (from, to) -> {
            float[] sums = new float[labels];
            for (int pixel = from; pixel < to; pixel++) {
                Arrays.fill(sums, 0);
                for (int k = 0; k < sources.length; k++)
                    sources[k].slice(pixel, weights[k], sums);
                float constant = messages ? total[pixel] : 0;
                if (labels == 2)
                    choice(sums, constant, 2 * pixel);
                else
                    softmax(sums, constant, pixel * labels);
                for (int label = 0; label < filtered; label++)
                    marginals[pixel * filtered + label] = sums[label];
                if (result != null)
                    for (int label = 0; label < labels; label++)
                        result[label * pixels + pixel] = sums[label];
            }
        });
    }

    /** The marginals of two labels, of whose messages only the difference matters. */
    private void choice(float[] sums, float constant, int at) {
        float difference = 2 * sums[0] - constant;
        float odds = Exponential.of(-Math.abs(difference));
        float first = difference > 0 ? prior[at] : prior[at] * odds;
        float second = difference > 0 ? prior[at + 1] * odds : prior[at + 1];
        sums[0] = first / (first + second);
        sums[1] = second / (first + second);
    }

    /**
     * The softmax of the messages plus log P, which is P times their exponential. Below what an exponential can be, P is of no
     * account: the label of the greatest message has more.
     *
     * @param sums the messages, but for the last label's; gets the marginals
     * @param constant the sum of all messages
     */
    private void softmax(float[] sums, float constant, int at) {
        float rest = constant;
        float greatest = Float.NEGATIVE_INFINITY;
        for (int label = 0; label < filtered; label++) {
            float message = sums[label];
            rest -= message;
            greatest = message > greatest ? message : greatest;
        }
        sums[filtered] = rest;
        greatest = rest > greatest ? rest : greatest;
        float sum = 0;
        for (int label = 0; label < sums.length; label++) {
            float share = prior[at + label] * Exponential.of(sums[label] - greatest);
            sums[label] = share;
            sum += share;
        }
        float scale = 1 / sum;
        for (int label = 0; label < sums.length; label++)
            sums[label] *= scale;
    }
}
