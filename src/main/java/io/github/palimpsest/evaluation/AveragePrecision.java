package io.github.palimpsest.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How well scores rank the images that show a tag above those that do not: the area under the precision-recall curve,
 * 0..1. Chance gives about the share of images that show the tag.
 */
public final class AveragePrecision {

    private AveragePrecision() {}

    /**
     * The step-wise sum Σ (Rₙ − Rₙ₋₁) Pₙ over the thresholds n from the highest score down, without interpolation;
     * equal scores are one threshold, so their order does not matter. The definition of scikit-learn's
     * {@code average_precision_score}.
     *
     * @param scores higher means more surely there
     * @param positive whether it is there
     * @return 0..1; NaN if nothing is positive
     * @throws IllegalArgumentException if the two differ in length, or a score is NaN
     */
    public static double of(float[] scores, boolean[] positive) {
        if (scores.length != positive.length)
            throw new IllegalArgumentException(scores.length + " scores for " + positive.length + " images");
        for (float score : scores)
            if (Float.isNaN(score))
                throw new IllegalArgumentException("a score is not a number");
        int[] order = IntStream.range(0, scores.length).boxed()
                .sorted(Comparator.comparing((Integer i) -> scores[i], Comparator.reverseOrder()))
                .mapToInt(Integer::intValue).toArray();
        int all = 0;
        for (boolean is : positive)
            all += is ? 1 : 0;
        double sum = 0;
        int found = 0;
        int foundBefore = 0;
        for (int n = 0; n < order.length; n++) {
            found += positive[order[n]] ? 1 : 0;
            // Not equals of the boxed scores, to which 0 and −0 are two.
            if (n == order.length - 1 || scores[order[n + 1]] != scores[order[n]]) {
                sum += (double) (found - foundBefore) / all * found / (n + 1);
                foundBefore = found;
            }
        }
        return all == 0 ? Double.NaN : sum;
    }

    /**
     * {@link #of} for every tag.
     *
     * @param scores {@code [image][tag]}
     * @param positive {@code [image][tag]}
     * @param tags their number
     * @return for every tag; NaN for one that no image shows or that every image shows, which cannot be judged
     */
    public static double[] byTag(float[][] scores, boolean[][] positive, int tags) {
        if (scores.length != positive.length)
            throw new IllegalArgumentException("scores of " + scores.length + " images for " + positive.length);
        double[] result = new double[tags];
        for (int tag = 0; tag < tags; tag++) {
            float[] column = new float[scores.length];
            boolean[] truth = new boolean[scores.length];
            boolean some = false;
            boolean every = true;
            for (int i = 0; i < scores.length; i++) {
                column[i] = scores[i][tag];
                truth[i] = positive[i][tag];
                some |= truth[i];
                every &= truth[i];
            }
            result[tag] = some && !every ? of(column, truth) : Double.NaN;
        }
        return result;
    }

    /** The mean over the tags that can be judged, of what {@link #byTag} gives; NaN if none can. */
    public static double mean(double[] byTag) {
        return Arrays.stream(byTag).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
    }
}
