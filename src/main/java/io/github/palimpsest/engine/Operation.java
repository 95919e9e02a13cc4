package io.github.palimpsest.engine;

/**
 * What a node of a {@link NetworkSpec} computes. Images are {@code N×C×H×W}. Everything spatial is padded as TensorFlow's SAME:
 * the output has {@code ceil(size / stride)} cells, the padding is split evenly and an odd row or column goes to the bottom and
 * right; the padding of an average pool does not count.
 */
public sealed interface Operation {

    /**
     * Cross-correlation with square kernels. Weights: {@code kernel} {@code filters×channels×k×k}, {@code bias} {@code filters}.
     */
    record Convolution(int filters, int kernel, int stride, int dilation, boolean bias) implements Operation {}

    /** Each channel by a square kernel of its own. Weights: {@code kernel} {@code channels×1×k×k}, {@code bias} {@code channels}. */
    record DepthwiseConvolution(int kernel, int stride, int dilation, boolean bias) implements Operation {}

    /**
     * Batch normalisation per channel: {@code gamma·(x − mean)/√(variance + epsilon) + beta}. In training the batch's own
     * statistics (biased variance) are used and the running ones move towards them: {@code running = momentum·running +
     * (1 − momentum)·batch}. Where frozen, the running ones are used in training as well and stay as they are. Weights:
     * {@code gamma, beta, mean, variance}, one value a channel; {@code mean} and {@code variance} have no gradient.
     */
    record BatchNormalization(double epsilon, double momentum) implements Operation {}

    /** max(0, x). */
    record ReLU() implements Operation {}

    /** min(6, max(0, x)). */
    record ReLU6() implements Operation {}

    /** The largest value of each k×k window. */
    record MaxPooling(int kernel, int stride) implements Operation {}

    /** The mean of each k×k window, over the cells that lie inside the image. */
    record AveragePooling(int kernel, int stride) implements Operation {}

    /** The mean over all cells: {@code N×C×1×1}. */
    record GlobalAveragePooling() implements Operation {}

    /** Each channel's mean over all cells, at every cell: {@code N×C×H×W} as the input. */
    record GlobalContext() implements Operation {}

    /**
     * The first of two inputs at the height and width of the second, by
     * {@link io.github.palimpsest.tensor.Resize#bilinear}. The second gives its size only: its channels may be others,
     * and no gradient goes to it.
     */
    record ResizeLike() implements Operation {}

    /** The sum of two or more inputs of one shape. */
    record Addition() implements Operation {}

    /** The inputs' channels one after the other; all inputs of one height and width. */
    record Concatenation() implements Operation {}

    /** In training each value is dropped with this probability and the rest scaled by 1/(1 − rate); otherwise nothing. */
    record Dropout(double rate) implements Operation {}
}
