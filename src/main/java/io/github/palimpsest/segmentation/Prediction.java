package io.github.palimpsest.segmentation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * How likely each label is in each pixel of an image, among the background and the tags that it may have.
 *
 * @param probabilities {@code L×H×W}, above 0, with the sum 1 in every pixel
 * @param labels the L label numbers, 0 background first, then 1 + tag
 */
public record Prediction(Tensor probabilities, List<Integer> labels) {

    /** No label is impossible, so that a logarithm can be taken. */
    private static final double FLOOR = 1e-6;

    /** @throws IllegalArgumentException if there are not as many labels as probabilities */
    public Prediction {
        labels = List.copyOf(labels);
        if (probabilities.rank() != 3 || probabilities.size(0) != labels.size())
            throw new IllegalArgumentException(probabilities + " for the labels " + labels);
    }

    /**
     * From a network's answer: softmax over the background and the allowed tags.
     *
     * @param logits {@code (T+1)×h×w}, background first
     * @param tags that the image may have, from 0, in any order; none = all is background
     * @param height of the image
     * @param width of the image
     */
    public static Prediction of(Tensor logits, List<Integer> tags, int height, int width) {
        return of(logits, tags, Collections.nCopies(tags.size(), 1.0), height, width);
    }

    /**
     * {@link #of(Tensor, List, int, int)} with v', the softmax of each tag being multiplied by its confidence.
     *
     * @param confidences of these tags, 0..1; the background's is 1
     */
    public static Prediction of(Tensor logits, List<Integer> tags, List<Double> confidences, int height, int width) {
        List<Integer> order = tags.stream().distinct().sorted().toList();
        List<Integer> labels = new ArrayList<>(List.of(0));
        double[] logWeights = new double[order.size() + 1];
        for (int tag : order) {
            logWeights[labels.size()] = Math.log(confidences.get(tags.indexOf(tag)));
            labels.add(1 + tag);
        }
        return new Prediction(Resize.bilinear(softmax(logits, labels, logWeights), height, width), labels);
    }

    private static Tensor softmax(Tensor logits, List<Integer> labels, double[] logWeights) {
        int plane = logits.size(1) * logits.size(2);
        int n = labels.size();
        Tensor result = Tensor.zeros(n, logits.size(1), logits.size(2));
        double[] p = new double[n];
        for (int cell = 0; cell < plane; cell++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                p[i] = logits.data()[labels.get(i) * plane + cell] + logWeights[i];
                largest = Math.max(largest, p[i]);
            }
            double sum = 0;
            for (int i = 0; i < n; i++) {
                p[i] = Math.exp(p[i] - largest);
                sum += p[i];
            }
            for (int i = 0; i < n; i++)
                result.data()[i * plane + cell] = (float) ((p[i] / sum + FLOOR) / (1 + n * FLOOR));
        }
        return result;
    }

    /** The same image after refinement. */
    public Prediction refined(Tensor marginals) {
        return new Prediction(marginals, labels);
    }

    /** The label number of every pixel, row-major: the most likely one, the first of equals. */
    public int[] mostLikely() {
        int pixels = probabilities.size(1) * probabilities.size(2);
        int[] result = new int[pixels];
        float[] p = probabilities.data();
        for (int pixel = 0; pixel < pixels; pixel++) {
            int best = 0;
            for (int i = 1; i < labels.size(); i++)
                if (p[i * pixels + pixel] > p[best * pixels + pixel])
                    best = i;
            result[pixel] = labels.get(best);
        }
        return result;
    }
}
