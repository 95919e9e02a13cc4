package io.github.palimpsest.segmentation;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.github.palimpsest.network.View;
import io.github.palimpsest.tensor.Tensor;

/**
 * Whole images at one of several scales, mirrored half of the time, as the features that the frozen part of the network gives
 * for them.
 */
final class FeatureExamples implements TrainingExamples {

    private final TrunkFeatures features;
    private final List<Double> scales;
    private final List<String> nodes;
    private final String like;
    private final int ratio;
    private final RunImages images;
    private final ImageMasks masks;

    /**
     * @param scales one is drawn for each example
     * @param nodes the network's inputs
     * @param like one of them
     * @param ratio how many cells of it, along a side, make one of the network's answer
     * @param masks that are learnt
     */
    FeatureExamples(TrunkFeatures features, List<Double> scales, List<String> nodes, String like, int ratio, RunImages images,
            ImageMasks masks) {
        this.features = features;
        this.scales = List.copyOf(scales);
        this.nodes = nodes;
        this.like = like;
        this.ratio = ratio;
        this.images = images;
        this.masks = masks;
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public Example example(int index, SplittableRandom random, int worker) {
        boolean mirrored = random.nextBoolean();
        View view = new View(scales.get(random.nextInt(scales.size())), mirrored);
        Map<String, Tensor> inputs = features.of(index, view, nodes, worker);
        Tensor cells = inputs.get(like);
        CellLabels labels = CellLabels.of(masks.of(index), (cells.size(1) + ratio - 1) / ratio, (cells.size(2) + ratio - 1) / ratio);
        return new Example(inputs, mirrored ? labels.mirrored() : labels, images.tags(index));
    }
}
