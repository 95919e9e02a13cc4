package io.github.palimpsest.erasing;

import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.task.UserException;

/**
 * How a round's classifier is trained.
 *
 * @param loss of a tag's score
 * @param denseNegatives weight of the dense negatives, see {@link TagLoss}; 0 = none
 * @param negativeCells with {@code training=head}, random cells of each image that take part in them in an epoch
 * @param epochs passes through the images
 * @param batch images per step
 * @param optimizer with the learning rate of the first epoch
 * @param newLayerFactor with {@code training=full}, how much faster the new layers learn than a pretrained trunk
 * @param crop with {@code training=full}, the side of the square that is cut from each image, in pixels
 */
public record Learning(TagLoss loss, double denseNegatives, int negativeCells, int epochs, int batch, Optimizer optimizer,
        double newLayerFactor, int crop) {

    /**
     * The loss of an epoch, if it is a number still.
     *
     * @throws UserException if training has diverged
     */
    double requireFinite(double loss, int epoch) {
        if (!Double.isFinite(loss))
            throw new UserException("Training diverged: the loss is no longer a number after epoch " + (epoch + 1)
                    + ". Give a smaller learning_rate than " + optimizer.learningRate() + ".");
        return loss;
    }

    /** The optimiser of an epoch of full training: the learning rate falls to a tenth after two thirds of the epochs. */
    Optimizer optimizerOf(int epoch) {
        return 3 * epoch < 2 * epochs ? optimizer : optimizer.withLearningRate(optimizer.learningRate() / 10);
    }
}
