package io.github.palimpsest.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.segmentation.TrainingExamples.Example;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.TagColours;
import io.github.palimpsest.tensor.Tensor;

/** Each pixel's colour tells its label, so that a crop's labels can be read off its pixels. */
class CropExamplesTest {

    private static final int[] GREY = {40, 120, 200};
    private static final int UNSURE = 255;

    @TempDir
    private Path folder;

    /** Blocks of one label each, as wide as a network's cells; the fourth kind of block is unlabelled. */
    private CropExamples examples(int width, int height, int block, double scale, int size, int stride) throws Exception {
        return examples(width, height, block, List.of(scale), size, stride);
    }

    private CropExamples examples(int width, int height, int block, List<Double> scales, int size, int stride) throws Exception {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        byte[] labels = new byte[width * height];
        SplittableRandom random = new SplittableRandom(3);
        int[][] kinds = new int[height / block + 1][width / block + 1];
        for (int[] row : kinds)
            for (int i = 0; i < row.length; i++)
                row[i] = random.nextInt(4);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) {
                int kind = kinds[y / block][x / block];
                image.setRGB(x, y, kind == 3 ? 0xffffff : 0x010101 * GREY[kind]);
                labels[y * width + x] = (byte) (kind == 3 ? UNSURE : kind);
            }
        ImageIO.write(image, "png", folder.resolve("blocks.png").toFile());
        Path mask = folder.resolve("mask.png");
        new LabelImage(width, height, labels).write(mask, TagColours.of(2));
        RunRecord record = new RunRecord(1, "P", "train-ae", Map.of(), "E", "CPU", 1, folder.toString(), List.of("cat", "dog"),
                List.of(1.0, 2.0, 3.0), List.of(new ImageRecord("blocks.png", "", width, height, List.of("dog"))), List.of(),
                List.of(), List.of(), true);
        RunImages images = new RunImages(record, folder);
        return new CropExamples(images, Backbone.SMALL, scales, size, stride, new ImageMasks(images, image0 -> mask));
    }

    /** What a cell of one pixel must be labelled as; the fill's green is 2, which no label has. */
    private static int label(Tensor pixels, int at) {
        Tensor fill = Backbone.SMALL.preprocess(Tensor.of(new float[] {1, 2, 3}, 3, 1, 1));
        int plane = pixels.size(1) * pixels.size(2);
        if (pixels.data()[plane + at] == fill.data()[1])
            return UNSURE;
        for (int label = 0; label < GREY.length; label++) {
            float grey = Backbone.SMALL.preprocess(Tensor.of(new float[] {GREY[label], GREY[label], GREY[label]}, 3, 1, 1)).data()[1];
            if (Math.abs(pixels.data()[plane + at] - grey) < 1e-5)
                return label;
        }
        return UNSURE;
    }

    /** One pixel per cell, so that every pixel can be compared: larger, smaller, and larger in one direction only. */
    @ParameterizedTest
    @CsvSource({"40, 40, 24", "16, 20, 32", "50, 20, 32", "24, 24, 24"})
    void labelsMoveWithThePixelsWhereverASquareIsCut(int width, int height, int size) throws Exception {
        CropExamples examples = examples(width, height, 4, 1, size, 1);
        List<Tensor> different = new ArrayList<>();
        for (int draw = 0; draw < 20; draw++) {
            Example example = examples.example(0, new SplittableRandom(draw), 0);
            Tensor pixels = example.inputs().get("image");
            byte[] expected = new byte[size * size];
            for (int i = 0; i < expected.length; i++)
                expected[i] = (byte) label(pixels, i);
            assertEquals(CellLabels.of(new LabelImage(size, size, expected), size, size), example.labels(), "draw " + draw);
            assertEquals(example.labels(), examples.example(0, new SplittableRandom(draw), 1).labels(), "the same numbers again");
            assertEquals(List.of(1), example.tags());
            if (!different.contains(pixels))
                different.add(pixels);
        }
        assertTrue(different.size() > 1, "squares differ at least by being mirrored");
    }

    /**
     * Enlarged, blocks have soft borders; in the middle of a block the colour is pure, and there its label must be.
     */
    @ParameterizedTest
    @CsvSource({"1.5, 48", "2, 32", "0.5, 24"})
    void labelsAreScaledAsTheImageIs(double scale, int size) throws Exception {
        CropExamples examples = examples(48, 64, 16, scale, size, 1);
        int compared = 0;
        for (int draw = 0; draw < 20; draw++) {
            Example example = examples.example(0, new SplittableRandom(draw), 0);
            Tensor pixels = example.inputs().get("image");
            for (int i = 0; i < size * size; i++) {
                int label = label(pixels, i);
                if (label == UNSURE || !isEven(pixels, i, size))
                    continue;
                assertEquals(1, example.labels().from(i + 1) - example.labels().from(i), "one pixel per cell");
                assertEquals(label, example.labels().label(example.labels().from(i)), "draw " + draw + ", pixel " + i);
                compared++;
            }
        }
        assertTrue(compared > 1000, "compared " + compared);
    }

    @Test
    void oneOfTheScalesIsDrawnForEachExample() throws Exception {
        CropExamples one = examples(48, 64, 16, 0.75, 24, 1);
        CropExamples other = examples(48, 64, 16, 2, 24, 1);
        CropExamples both = examples(48, 64, 16, List.of(0.75, 2.0), 24, 1);
        int ofOne = 0;
        int draws = 40;
        for (int draw = 0; draw < draws; draw++) {
            Example drawn = both.example(0, new SplittableRandom(draw), 0);
            boolean isOne = drawn.equals(one.example(0, new SplittableRandom(draw), 0));
            assertTrue(isOne || drawn.equals(other.example(0, new SplittableRandom(draw), 0)), "draw " + draw);
            ofOne += isOne ? 1 : 0;
        }
        assertTrue(ofOne > draws / 4 && ofOne < 3 * draws / 4, ofOne + " of " + draws);
    }

    /** Whether all neighbours have its colour. */
    private static boolean isEven(Tensor pixels, int at, int size) {
        int y = at / size;
        int x = at % size;
        if (y == 0 || x == 0 || y == size - 1 || x == size - 1)
            return false;
        for (int dy = -1; dy <= 1; dy++)
            for (int dx = -1; dx <= 1; dx++)
                if (pixels.data()[(y + dy) * size + x + dx] != pixels.data()[at])
                    return false;
        return true;
    }

    @Test
    void aSquareThatIsNoMultipleOfTheStrideHasOneCellMore() throws Exception {
        Example example = examples(40, 40, 4, 1, 33, 8).example(0, new SplittableRandom(1), 0);
        assertEquals(5, example.labels().height());
        assertEquals(5, example.labels().width());
        assertEquals(33 * 33, example.labels().pixels());
    }
}
