package io.github.palimpsest.segmentation;

import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.tensor.Tensor;

/** Labels that say nothing where nothing is sure. */
final class SureLabels {

    private SureLabels() {}

    /**
     * The most likely label of each pixel, or {@link LabelImage#UNLABELLED} where it is less probable than {@code sure}.
     *
     * @param sure 0..1
     */
    static LabelImage of(Prediction prediction, double sure) {
        Tensor p = prediction.probabilities();
        int pixels = p.size(1) * p.size(2);
        int[] likely = prediction.mostLikely();
        byte[] labels = new byte[pixels];
        for (int i = 0; i < pixels; i++) {
            int label = likely[i];
            float probability = p.data()[prediction.labels().indexOf(label) * pixels + i];
            labels[i] = (byte) (probability < sure ? LabelImage.UNLABELLED : label);
        }
        return new LabelImage(p.size(2), p.size(1), labels);
    }
}
