package io.github.palimpsest.segmentation;

import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.segmentation.PslLoss.Prohibition;

/**
 * How a segmentation network is trained.
 *
 * @param epochs passes through the images, at least 1
 * @param batch images per step, at least 1
 * @param optimizer with the learning rate to begin with
 * @param newLayerFactor how much faster the new layers learn than a pretrained trunk
 * @param schedule how the learning rate falls
 * @param prohibition of the online mask, see {@link PslLoss}
 * @param onlineWeight of the online mask's loss
 * @param startEpoch the first epoch with an online mask; 1 = from the beginning
 * @param classificationWeight of the classification branch's loss
 * @param crop the side of the square that is cut from each image, in pixels; 0 = whole images
 */
public record SegmentationLearning(int epochs, int batch, Optimizer optimizer, double newLayerFactor, Schedule schedule,
        Prohibition prohibition, double onlineWeight, int startEpoch, double classificationWeight, int crop) {

    /** How the learning rate falls. */
    public enum Schedule {

        /** Along half a cosine, from the first step to 0 after the last. */
        COSINE {
            @Override
            double factor(long step, long steps) {
                return (1 + Math.cos(Math.PI * step / steps)) / 2;
            }
        },

        /** To a tenth after two fifths of the epochs: after 6 of 15. */
        STEP {
            @Override
            double factor(long step, long steps) {
                return 5 * step < 2 * steps ? 1 : 0.1;
            }
        };

        abstract double factor(long step, long steps);
    }

    public SegmentationLearning {
        if (epochs < 1 || batch < 1)
            throw new IllegalArgumentException(epochs + " epochs of batches of " + batch);
    }

    /**
     * The optimiser of one step.
     *
     * @param step from 0
     * @param steps of the whole training
     */
    Optimizer optimizer(long step, long steps) {
        return optimizer.withLearningRate(optimizer.learningRate() * schedule.factor(step, steps));
    }

    /** The loss of an epoch, from 0. */
    PslLoss loss(int epoch) {
        return new PslLoss(epoch + 1 < startEpoch ? Prohibition.OFF : prohibition, onlineWeight, classificationWeight);
    }

    /** The same with another prohibition. */
    SegmentationLearning with(Prohibition other) {
        return new SegmentationLearning(epochs, batch, optimizer, newLayerFactor, schedule, other, onlineWeight, startEpoch,
                classificationWeight, crop);
    }

    /** What goes on when this has ended, for so many epochs, with other learning rates. */
    SegmentationLearning then(int moreEpochs, Optimizer otherOptimizer, double otherFactor) {
        return new SegmentationLearning(moreEpochs, batch, otherOptimizer, otherFactor, schedule, prohibition, onlineWeight,
                Math.max(1, startEpoch - epochs), classificationWeight, crop);
    }
}
