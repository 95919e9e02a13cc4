package io.github.palimpsest.network;

import io.github.palimpsest.tensor.Tensor;

/** The architectures that images are read by. */
public enum Backbone {

    /** A small network for the sample and for tests; trained from scratch. */
    SMALL,
    /** MobileNetV2 (Sandler et al. 2018), width 1.0, up to {@code Conv_1} and its ReLU6: 1280 channels. */
    MOBILENET_V2,
    /** VGG16 (Simonyan &amp; Zisserman 2015), up to {@code block5_conv3} and its ReLU: 512 channels. */
    VGG16;

    /**
     * The trunk at an output stride: 32, 16 or 8 for MobileNetV2, 16 or 8 for VGG16, 8 or 4 for the small network.
     *
     * @throws io.github.palimpsest.task.UserException for another stride, naming those that exist
     */
    public Trunk trunk(int outputStride) {
        throw new IllegalStateException("being built");
    }

    /** What the architecture expects of {@code 3×H×W} or {@code N×3×H×W} RGB pixels of 0..255; a new tensor. */
    public Tensor preprocess(Tensor rgb) {
        throw new IllegalStateException("being built");
    }
}
