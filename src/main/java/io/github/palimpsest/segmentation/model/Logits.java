package io.github.palimpsest.segmentation.model;

import io.github.palimpsest.tensor.Tensor;

/**
 * What the network says of an image.
 *
 * @param labels {@code (T+1)×h×w} at the network's own resolution, background first
 * @param tags one for each tag
 */
record Logits(Tensor labels, float[] tags) {}
