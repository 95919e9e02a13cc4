package io.github.palimpsest.segmentation.model;

import java.util.List;

import io.github.palimpsest.tensor.Tensor;

/**
 * What a model says of an image.
 *
 * @param width in pixels
 * @param height in pixels
 * @param labels of the pixels, row-major, unsigned: 0 background, 1.. the model's tags in their order
 * @param shown the labels that were taken into account, ascending: 0 and those of the present tags
 * @param probabilities {@code L×height×width}, 0..1, one map for each label shown; they sum to 1 at each pixel
 * @param confidences of all the model's tags that the image shows them somewhere, 0..1
 */
public record Segmentation(int width, int height, short[] labels, List<Integer> shown, Tensor probabilities,
        float[] confidences) {

    /** @throws IllegalArgumentException if sizes do not agree */
    public Segmentation {
        shown = List.copyOf(shown);
        if (labels.length != width * height || !probabilities.hasShape(shown.size(), height, width))
            throw new IllegalArgumentException(labels.length + " labels and " + probabilities + " for " + width + "×"
                    + height);
    }

    /** The probabilities of a label, row-major; zeros where it was not taken into account. */
    public float[] probabilities(int label) {
        int place = shown.indexOf(label);
        return place < 0 ? new float[labels.length] : probabilities.slice(place).data();
    }

    /** How many pixels have a label. */
    public long pixels(int label) {
        long count = 0;
        for (short value : labels)
            if ((value & 0xffff) == label)
                count++;
        return count;
    }
}
