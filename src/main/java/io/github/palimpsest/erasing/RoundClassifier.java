package io.github.palimpsest.erasing;

import java.util.List;

import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Tensor;

/**
 * The classifier of one round: trained on what earlier rounds left of the images, then asked where it looks.
 */
interface RoundClassifier extends AutoCloseable {

    /**
     * What training gave.
     *
     * @param losses of each epoch, mean per image
     * @param heldOut scores {@code [image][tag]} of images that the scoring classifier did not learn from; null for images that
     *            all of it learnt from
     */
    record Training(List<Double> losses, float[][] heldOut) {}

    /** Trains and writes the weights to the run folder. */
    Training train(Progress progress);

    /**
     * The class activation maps of an image's own tags, {@code tags×h×w}, at least 0, at the network's own resolution. Called
     * after {@link #train}, or with the weights that an earlier process wrote; by the worker of that number.
     *
     * @param image its index
     */
    Tensor activation(int image, int worker);

    @Override
    void close();
}
