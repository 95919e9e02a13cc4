package io.github.palimpsest.segmentation;

import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.tensor.Tensor;

/** Labels that say nothing where nothing is sure. */
final class SureLabels {

    private SureLabels() {}

    /**
     * The most likely label of each pixel after refinement, or {@link LabelImage#UNLABELLED} where it is less probable than
     * {@code sure} or another label was the most likely before.
     *
     * @param refined has the labels of {@code prediction}
     * @param sure 0..1
     */
    static LabelImage of(Prediction prediction, Prediction refined, double sure) {
        Tensor p = refined.probabilities();
        int pixels = p.size(1) * p.size(2);
        int[] before = prediction.mostLikely();
        int[] after = refined.mostLikely();
        byte[] labels = new byte[pixels];
        for (int i = 0; i < pixels; i++) {
            float highest = 0;
            for (int k = 0; k < p.size(0); k++)
                highest = Math.max(highest, p.data()[k * pixels + i]);
            labels[i] = (byte) (before[i] == after[i] && highest >= sure ? after[i] : LabelImage.UNLABELLED);
        }
        return new LabelImage(p.size(2), p.size(1), labels);
    }
}
