package io.github.palimpsest.segmentation;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.github.palimpsest.tensor.Tensor;

/** What a segmentation network learns from, such as crops of images or features kept on disk. */
public interface TrainingExamples {

    /** The number of images. */
    int size();

    /**
     * An image as one epoch sees it; where it is cut and whether it is mirrored is drawn here. Called by several
     * threads.
     *
     * @param random of this image in this epoch; the same random numbers must give the same example
     * @param worker the number of the thread that calls, from 0
     */
    Example example(int index, SplittableRandom random, int worker);

    /**
     * One image.
     *
     * @param inputs {@code C×h×w} for every input of the network, by its name
     * @param labels as many cells as the network's answer has
     * @param tags from 0
     */
    record Example(Map<String, Tensor> inputs, CellLabels labels, List<Integer> tags) {}
}
