package io.github.palimpsest.segmentation;

import java.util.List;

import io.github.palimpsest.erasing.TagLoss;
import io.github.palimpsest.tensor.Tensor;

/**
 * The loss of prohibitive segmentation learning (Wei et al. 2017): of a network with a segmentation branch {@code f}
 * and a classification branch {@code v},
 *
 * <pre>
 * J(f, S) + onlineWeight · J(f, Ŝ) + classificationWeight · classification(v, tags)
 * J(f, S) = mean over labelled pixels u of −log softmax(f_u)[S_u]
 * Ŝ_u     = argmax_c v'_c · softmax(f_u)_c    with v' = [1, v_1 .. v_T], the background's confidence first
 * </pre>
 *
 * The online mask Ŝ is found anew in every call and nothing is learnt through it. It labels every pixel, so those that
 * the mask leaves out are supervised too, and v' keeps it from naming tags that the image does not have. Each image
 * counts the same: J is the mean over an image's own pixels, and the loss the mean over images, however much of each is
 * labelled; an image without any labelled pixel has J(f, S) = 0. The classification loss is the multi-label logistic
 * loss, mean over tags, so that the parts stay comparable whatever the number of tags.
 *
 * @param prohibition where v' comes from
 * @param onlineWeight of J(f, Ŝ)
 * @param classificationWeight of the classification loss
 */
public record PslLoss(Prohibition prohibition, double onlineWeight, double classificationWeight) {

    /** What keeps the online mask from naming tags that an image does not have. */
    public enum Prohibition {
        /** There is no online mask. */
        OFF,
        /** The confidences that the classification branch predicts. */
        PREDICTED,
        /** The image's tags: 1 for those it has, 0 for the others. */
        TRUE_TAGS,
        /** Nothing: the online mask is the segmentation branch's own answer. */
        WITHOUT_V
    }

    /**
     * The value and where it falls.
     *
     * @param segmentation J(f, S), not weighted
     * @param online J(f, Ŝ), not weighted; 0 where it is off
     * @param classification not weighted
     * @param total the weighted sum
     * @param segmentationGradient of the total, in the shape of the logits
     * @param classificationGradient of the total, in the shape of the logits
     * @param predicted cells of each label in the segmentation branch's own answer, 0 background, 1.. tags
     */
    public record Value(double segmentation, double online, double classification, double total,
            Tensor segmentationGradient, Tensor classificationGradient, long[] predicted) {}

    /**
     * The loss of some images, or their share in the loss of a larger batch.
     *
     * @param segmentation logits {@code N×(T+1)×h×w}, background first
     * @param classification logits {@code N×T×1×1}
     * @param labels of each image, {@code h×w}
     * @param tags of each image, from 0
     * @param images the number of images over which the mean is taken, at least N: those of the whole batch
     * @throws IllegalArgumentException if the shapes do not fit, or a mask has a label above T
     */
    public Value of(Tensor segmentation, Tensor classification, List<CellLabels> labels, List<List<Integer>> tags,
            int images) {
        int n = segmentation.size(0);
        int numberOfLabels = segmentation.size(1);
        if (!classification.hasShape(n, numberOfLabels - 1, 1, 1) || labels.size() != n || tags.size() != n)
            throw new IllegalArgumentException(segmentation + " and " + classification + " do not fit each other and "
                    + labels.size() + " masks");
        double[] sums = new double[3];
        Tensor segmentationGradient = Tensor.zeros(segmentation.shape());
        Tensor classificationGradient = Tensor.zeros(classification.shape());
        long[] predicted = new long[numberOfLabels];
        for (int i = 0; i < n; i++) {
            if (labels.get(i).height() != segmentation.size(2) || labels.get(i).width() != segmentation.size(3))
                throw new IllegalArgumentException("a mask of " + labels.get(i).height() + "×" + labels.get(i).width()
                        + " cells for " + segmentation);
            double[] prohibited = logConfidences(classification, i, tags.get(i));
            Cells cells = new Cells(segmentation, i, labels.get(i), prohibited, 1.0 / images);
            cells.add(segmentationGradient.data(), predicted);
            sums[0] += cells.segmentation / images;
            sums[1] += cells.online / images;
            sums[2] += classify(classification, i, tags.get(i), 1.0 / images, classificationGradient.data());
        }
        double total = sums[0] + onlineWeight * sums[1] + classificationWeight * sums[2];
        return new Value(sums[0], sums[1], sums[2], total, segmentationGradient, classificationGradient, predicted);
    }

    /** log v' of an image; null where there is no online mask. */
    private double[] logConfidences(Tensor classification, int image, List<Integer> tags) {
        if (prohibition == Prohibition.OFF)
            return null;
        int numberOfTags = classification.size(1);
        double[] log = new double[numberOfTags + 1];
        for (int t = 0; t < numberOfTags; t++)
            log[t + 1] = switch (prohibition) {
                // The logistic loss of a tag that is there is −log v.
                case PREDICTED -> -TagLoss.LOGISTIC.pooled(classification.data()[image * numberOfTags + t], true);
                case TRUE_TAGS -> tags.contains(t) ? 0 : Double.NEGATIVE_INFINITY;
                default -> 0;
            };
        return log;
    }

    private double classify(Tensor classification, int image, List<Integer> tags, double share, float[] gradient) {
        int numberOfTags = classification.size(1);
        double loss = 0;
        for (int t = 0; t < numberOfTags; t++) {
            int i = image * numberOfTags + t;
            float z = classification.data()[i];
            loss += share / numberOfTags * TagLoss.LOGISTIC.pooled(z, tags.contains(t));
            gradient[i] = (float) (classificationWeight * share / numberOfTags
                    * TagLoss.LOGISTIC.pooledSlope(z, tags.contains(t)));
        }
        return loss;
    }

    /** The cells of one image. */
    private final class Cells {

        private final float[] logits;
        private final int first;
        private final int plane;
        private final CellLabels labels;
        private final double[] prohibited;
        /** What one labelled pixel, and what any pixel, weighs in the gradient. */
        private final double labelledShare;
        private final double onlineShare;
        private final double[] softmax;
        double segmentation;
        double online;

        Cells(Tensor segmentation, int image, CellLabels labels, double[] prohibited, double share) {
            this.logits = segmentation.data();
            this.plane = labels.height() * labels.width();
            this.softmax = new double[segmentation.size(1)];
            this.first = image * softmax.length * plane;
            this.labels = labels;
            this.prohibited = prohibited;
            this.labelledShare = labels.labelledPixels() == 0 ? 0 : share / labels.labelledPixels();
            this.onlineShare = onlineWeight * share / labels.pixels();
        }

        void add(float[] gradient, long[] predicted) {
            for (int cell = 0; cell < plane; cell++) {
                double logOfSum = softmax(cell);
                predicted[best(cell, null)]++;
                long inCell = 0;
                for (int e = labels.from(cell); e < labels.from(cell + 1); e++) {
                    int label = labels.label(e);
                    if (label >= softmax.length)
                        throw new IllegalArgumentException("a mask has the label " + label + " of " + softmax.length);
                    inCell += labels.count(e);
                    segmentation += labels.count(e) * (logOfSum - logit(label, cell)) / labels.labelledPixels();
                    gradient[index(label, cell)] -= (float) (labelledShare * labels.count(e));
                }
                double pull = labelledShare * inCell;
                if (prohibited != null) {
                    int label = best(cell, prohibited);
                    online += labels.pixels(cell) * (logOfSum - logit(label, cell)) / labels.pixels();
                    gradient[index(label, cell)] -= (float) (onlineShare * labels.pixels(cell));
                    pull += onlineShare * labels.pixels(cell);
                }
                for (int c = 0; c < softmax.length; c++)
                    gradient[index(c, cell)] += (float) (pull * softmax[c]);
            }
        }

        private int index(int label, int cell) {
            return first + label * plane + cell;
        }

        private double logit(int label, int cell) {
            return logits[index(label, cell)];
        }

        /** Fills the softmax of a cell and gives log Σ exp f. */
        private double softmax(int cell) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < softmax.length; c++)
                largest = Math.max(largest, logit(c, cell));
            double sum = 0;
            for (int c = 0; c < softmax.length; c++) {
                softmax[c] = Math.exp(logit(c, cell) - largest);
                sum += softmax[c];
            }
            for (int c = 0; c < softmax.length; c++)
                softmax[c] /= sum;
            return largest + Math.log(sum);
        }

        /** The label of the largest logit after adding something; the first of equals. */
        private int best(int cell, double[] added) {
            int best = 0;
            double highest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < softmax.length; c++) {
                double value = logit(c, cell) + (added == null ? 0 : added[c]);
                if (value > highest) {
                    highest = value;
                    best = c;
                }
            }
            return best;
        }
    }
}
