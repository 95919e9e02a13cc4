package io.github.palimpsest.segmentation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.network.View;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.tensor.RandomSquare;
import io.github.palimpsest.tensor.Tensor;

/**
 * Random squares of the images at one of several scales, mirrored half of the time; where an image is smaller, the mean colour surrounds it and nothing
 * is said about the labels there.
 *
 * @param scales one is drawn for each example
 * @param size of the squares, in pixels at any scale
 * @param stride pixels per cell of the network's answer
 * @param masks that are learnt
 */
record CropExamples(RunImages images, Backbone backbone, List<Double> scales, int size, int stride, ImageMasks masks)
        implements TrainingExamples {

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public Example example(int index, SplittableRandom random, int worker) {
        Tensor image = new View(scales.get(random.nextInt(scales.size())), false).of(images.read(index));
        RandomSquare square = RandomSquare.in(image.size(1), image.size(2), size, random);
        LabelImage labels = labels(masks.of(index), image, square);
        int cells = (size + stride - 1) / stride;
        Tensor pixels = backbone.preprocess(square.of(image, images.record().mean()));
        return new Example(Map.of("image", pixels), CellLabels.of(labels, cells, cells), images.tags(index));
    }

    /** The mask at the scale of the image: each pixel has the label of the pixel that it lies in. */
    private LabelImage labels(LabelImage mask, Tensor image, RandomSquare square) {
        byte[] labels = new byte[size * size];
        Arrays.fill(labels, (byte) LabelImage.UNLABELLED);
        for (int y = 0; y < size; y++) {
            int row = square.row(y);
            if (row < 0 || row >= image.size(1))
                continue;
            int from = (int) ((row + 0.5) * mask.height() / image.size(1)) * mask.width();
            for (int x = 0; x < size; x++) {
                int column = square.column(x);
                if (column >= 0 && column < image.size(2))
                    labels[y * size + x] = mask.labels()[from + (int) ((column + 0.5) * mask.width() / image.size(2))];
            }
        }
        return new LabelImage(size, size, labels);
    }
}
