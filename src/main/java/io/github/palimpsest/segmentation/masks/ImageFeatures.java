package io.github.palimpsest.segmentation.masks;

import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.tensor.Tensor;

/** What a network sees in an image at one of its depths; asked by several threads, each with its own worker number. */
@FunctionalInterface
public interface ImageFeatures {

    /** @return {@code C×h×w}, of all images with the same C; all finite */
    Tensor of(TaggedImage image, int worker);
}
