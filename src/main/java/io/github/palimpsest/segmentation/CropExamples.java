package io.github.palimpsest.segmentation;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.network.View;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.tensor.Tensor;

/**
 * Random squares of the images, mirrored half of the time; where an image is smaller, the mean colour surrounds it and nothing
 * is said about the labels there.
 *
 * @param scale at which images are looked at
 * @param size of the squares, in pixels at that scale
 * @param stride pixels per cell of the network's answer
 * @param masks where each image's training mask is
 */
record CropExamples(RunImages images, Backbone backbone, double scale, int size, int stride, IntFunction<Path> masks)
        implements TrainingExamples {

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public Example example(int index, SplittableRandom random, int worker) {
        Tensor image = new View(scale, false).of(images.read(index));
        int top = offset(image.size(1), random);
        int left = offset(image.size(2), random);
        boolean mirrored = random.nextBoolean();
        LabelImage labels = labels(LabelImage.read(masks.apply(index)), image, top, left, mirrored);
        int cells = (size + stride - 1) / stride;
        Tensor pixels = backbone.preprocess(pixels(image, top, left, mirrored));
        return new Example(Map.of("image", pixels), CellLabels.of(labels, cells, cells), images.tags(index));
    }

    /** Where the square begins in the image; below 0 where the square is the larger one. */
    private int offset(int length, SplittableRandom random) {
        int room = length - size;
        return room >= 0 ? random.nextInt(room + 1) : -random.nextInt(-room + 1);
    }

    private Tensor pixels(Tensor image, int top, int left, boolean mirrored) {
        List<Double> mean = images.record().mean();
        Tensor square = Tensor.zeros(3, size, size);
        for (int c = 0; c < 3; c++) {
            float fill = mean.get(c).floatValue();
            for (int y = 0; y < size; y++)
                for (int x = 0; x < size; x++) {
                    int sy = y + top;
                    int sx = (mirrored ? size - 1 - x : x) + left;
                    boolean inside = sy >= 0 && sy < image.size(1) && sx >= 0 && sx < image.size(2);
                    square.data()[(c * size + y) * size + x] =
                            inside ? image.data()[(c * image.size(1) + sy) * image.size(2) + sx] : fill;
                }
        }
        return square;
    }

    /** The mask at the scale of the image: each pixel has the label of the pixel that it lies in. */
    private LabelImage labels(LabelImage mask, Tensor image, int top, int left, boolean mirrored) {
        byte[] labels = new byte[size * size];
        Arrays.fill(labels, (byte) LabelImage.UNLABELLED);
        for (int y = 0; y < size; y++) {
            int sy = y + top;
            if (sy < 0 || sy >= image.size(1))
                continue;
            int row = (int) ((sy + 0.5) * mask.height() / image.size(1)) * mask.width();
            for (int x = 0; x < size; x++) {
                int sx = (mirrored ? size - 1 - x : x) + left;
                if (sx >= 0 && sx < image.size(2))
                    labels[y * size + x] = mask.labels()[row + (int) ((sx + 0.5) * mask.width() / image.size(2))];
            }
        }
        return new LabelImage(size, size, labels);
    }
}
