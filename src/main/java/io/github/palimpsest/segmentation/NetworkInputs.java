package io.github.palimpsest.segmentation;

import java.util.Map;

import io.github.palimpsest.network.Training;
import io.github.palimpsest.network.View;
import io.github.palimpsest.tensor.Tensor;

/** What a network is given for a training image, or its mirror image. */
@FunctionalInterface
interface NetworkInputs {

    /** {@code C×h×w} for every input, by its name; called by several workers. */
    Map<String, Tensor> of(int image, boolean mirrored, int worker);

    /** The features that are kept for what is trained on them, or the pixels. */
    static NetworkInputs of(SegmentationContext context, Training training, TrunkFeatures features) {
        if (training == Training.FULL)
            return pixels(context, context.scale());
        return (image, mirrored, worker) -> features.of(image, new View(context.scale(), mirrored),
                context.network().inputsOf(training), worker);
    }

    /** The pixels at a scale. */
    static NetworkInputs pixels(SegmentationContext context, double scale) {
        return (image, mirrored, worker) -> Map.of("image", context.trunk().trunk().backbone()
                .preprocess(new View(scale, mirrored).of(context.images().read(image))));
    }
}
