package io.github.palimpsest.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.palimpsest.engine.RandomTensors;
import io.github.palimpsest.segmentation.PslLoss.Prohibition;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.tensor.Tensor;

class PslLossTest {

    private static final int WIDTH = 11;
    private static final int HEIGHT = 7;
    private static final int W = 4;
    private static final int H = 3;
    private static final List<List<Integer>> TAGS = List.of(List.of(0, 2), List.of(), List.of(1));

    private final Tensor logits = RandomTensors.normal(1, 3, 4, H, W);
    private final Tensor tagLogits = RandomTensors.normal(2, 3, 3, 1, 1);
    private final List<LabelImage> masks = masks();

    /** Two ordinary masks and one of which nothing is known. */
    private static List<LabelImage> masks() {
        byte[] nothing = new byte[WIDTH * HEIGHT];
        Arrays.fill(nothing, (byte) LabelImage.UNLABELLED);
        return List.of(CellLabelsTest.mask(WIDTH, HEIGHT, 4, 8), new LabelImage(WIDTH, HEIGHT, nothing),
                CellLabelsTest.mask(WIDTH, HEIGHT, 4, 9));
    }

    private static List<CellLabels> cells(List<LabelImage> masks) {
        return masks.stream().map(mask -> CellLabels.of(mask, H, W)).toList();
    }

    private PslLoss.Value value(PslLoss loss) {
        return loss.of(logits, tagLogits, cells(masks), TAGS, 3);
    }

    /** Pixel by pixel as METHOD writes it: segmentation, online, classification. */
    private double[] bruteForce(Prohibition prohibition, Tensor f, Tensor v) {
        double[] parts = new double[3];
        for (int image = 0; image < 3; image++) {
            double[] confidences = {1, 1, 1, 1};
            for (int t = 0; t < 3; t++) {
                double p = 1 / (1 + Math.exp(-v.data()[image * 3 + t]));
                boolean tagged = TAGS.get(image).contains(t);
                parts[2] -= Math.log(tagged ? p : 1 - p) / 3 / 3;
                confidences[t + 1] = prohibition == Prohibition.PREDICTED ? p
                        : prohibition == Prohibition.TRUE_TAGS ? tagged ? 1 : 0 : 1;
            }
            double given = 0;
            double online = 0;
            int labelled = 0;
            for (int y = 0; y < HEIGHT; y++)
                for (int x = 0; x < WIDTH; x++) {
                    double[] p = softmax(f, image, CellLabelsTest.nearest(y, HEIGHT, H),
                            CellLabelsTest.nearest(x, WIDTH, W));
                    int label = masks.get(image).labels()[y * WIDTH + x] & 0xff;
                    if (label != LabelImage.UNLABELLED) {
                        labelled++;
                        given -= Math.log(p[label]);
                    }
                    int best = 0;
                    for (int c = 1; c < 4; c++)
                        if (confidences[c] * p[c] > confidences[best] * p[best])
                            best = c;
                    online -= Math.log(p[best]);
                }
            parts[0] += labelled == 0 ? 0 : given / labelled / 3;
            parts[1] += prohibition == Prohibition.OFF ? 0 : online / (WIDTH * HEIGHT) / 3;
        }
        return parts;
    }

    private static double[] softmax(Tensor f, int image, int y, int x) {
        double[] p = new double[4];
        for (int c = 0; c < 4; c++)
            p[c] = Math.exp(f.data()[((image * 4 + c) * H + y) * W + x]);
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(e -> e / sum).toArray();
    }

    @ParameterizedTest
    @EnumSource
    void itIsTheLossOfEveryPixelWithItsNearestCellsAnswer(Prohibition prohibition) {
        PslLoss.Value value = value(new PslLoss(prohibition, 0.7, 0.4));
        double[] parts = bruteForce(prohibition, logits, tagLogits);
        assertArrayEquals(parts, new double[] {value.segmentation(), value.online(), value.classification()}, 1e-9);
        assertEquals(parts[0] + 0.7 * parts[1] + 0.4 * parts[2], value.total(), 1e-9);
    }

    @ParameterizedTest
    @EnumSource
    void gradientsAreThoseOfFiniteDifferences(Prohibition prohibition) {
        PslLoss.Value value = value(new PslLoss(prohibition, 0.7, 0.4));
        Map.of(logits, value.segmentationGradient(), tagLogits, value.classificationGradient())
                .forEach((given, gradient) -> {
            for (int i = 0; i < given.length(); i++) {
                float old = given.data()[i];
                given.data()[i] = old + 1e-3f;
                double up = given.data()[i];
                double above = total(prohibition);
                given.data()[i] = old - 1e-3f;
                double slope = (above - total(prohibition)) / (up - given.data()[i]);
                given.data()[i] = old;
                assertEquals(slope, gradient.data()[i], 1e-6, prohibition + " " + i);
            }
        });
    }

    private double total(Prohibition prohibition) {
        double[] parts = bruteForce(prohibition, logits, tagLogits);
        return parts[0] + 0.7 * parts[1] + 0.4 * parts[2];
    }

    /** One cell of four pixels, two of them labelled, one tag. */
    private static PslLoss.Value oneCell(Prohibition prohibition, double tagLogit, List<Integer> tags) {
        LabelImage mask = new LabelImage(2, 2, new byte[] {0, 1, (byte) 255, (byte) 255});
        return new PslLoss(prohibition, 1, 1).of(Tensor.of(new float[] {0, (float) Math.log(3)}, 1, 2, 1, 1),
                Tensor.of(new float[] {(float) tagLogit}, 1, 1, 1, 1), List.of(CellLabels.of(mask, 1, 1)),
                List.of(tags), 1);
    }

    @Test
    void onOneCellItCanBeWrittenDown() {
        // softmax = 1/4, 3/4; half of the labelled pixels are background.
        double given = -(Math.log(0.25) + Math.log(0.75)) / 2;
        PslLoss.Value off = oneCell(Prohibition.OFF, 0, List.of(0));
        assertEquals(given, off.segmentation(), 1e-6);
        assertEquals(Math.log(2), off.classification(), 1e-6);
        assertArrayEquals(new float[] {-0.25f, 0.25f}, off.segmentationGradient().data(), 1e-6f);
        assertArrayEquals(new float[] {-0.5f}, off.classificationGradient().data(), 1e-6f);
        assertArrayEquals(new long[] {0, 1}, off.predicted());

        // The tag is three times as likely: it takes a confidence below a third to keep the online mask from naming it.
        assertEquals(-Math.log(0.75), oneCell(Prohibition.PREDICTED, Math.log(0.34 / 0.66), List.of()).online(), 1e-6);
        assertEquals(-Math.log(0.25), oneCell(Prohibition.PREDICTED, Math.log(0.33 / 0.67), List.of()).online(), 1e-6);
        assertEquals(-Math.log(0.25), oneCell(Prohibition.TRUE_TAGS, 9, List.of()).online(), 1e-6);
        assertEquals(-Math.log(0.75), oneCell(Prohibition.TRUE_TAGS, -9, List.of(0)).online(), 1e-6);
        assertEquals(-Math.log(0.75), oneCell(Prohibition.WITHOUT_V, -9, List.of()).online(), 1e-6);
    }

    @Test
    void veryLargeLogitsStayNumbers() {
        PslLoss.Value value = new PslLoss(Prohibition.PREDICTED, 1, 1).of(
                Tensor.of(new float[] {-1e4f, 1e4f}, 1, 2, 1, 1),
                Tensor.of(new float[] {-1e4f}, 1, 1, 1, 1),
                List.of(CellLabels.of(new LabelImage(1, 1, new byte[] {0}), 1, 1)), List.of(List.of(0)), 1);
        assertEquals(2e4, value.segmentation());
        assertEquals(1e4, value.classification());
    }

    @Test
    void sharesOfABatchAddUpToTheWhole() {
        PslLoss loss = new PslLoss(Prohibition.PREDICTED, 0.7, 0.4);
        PslLoss.Value whole = value(loss);
        double total = 0;
        List<Float> gradient = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            PslLoss.Value part = loss.of(logits.slice(i).reshape(1, 4, H, W), tagLogits.slice(i).reshape(1, 3, 1, 1),
                    cells(masks.subList(i, i + 1)), TAGS.subList(i, i + 1), 3);
            total += part.total();
            for (float g : part.segmentationGradient().data())
                gradient.add(g);
        }
        assertEquals(whole.total(), total, 1e-12);
        for (int i = 0; i < gradient.size(); i++)
            assertEquals(whole.segmentationGradient().data()[i], gradient.get(i));
    }

    @Test
    void masksThatDoNotFitAreRefused() {
        PslLoss loss = new PslLoss(Prohibition.OFF, 1, 1);
        List<CellLabels> tooMany = cells(List.of(new LabelImage(1, 1, new byte[] {4}), masks.get(1), masks.get(2)));
        assertThrows(IllegalArgumentException.class, () -> loss.of(logits, tagLogits, tooMany, TAGS, 3));
        List<CellLabels> turned = masks.stream().map(mask -> CellLabels.of(mask, W, H)).toList();
        assertThrows(IllegalArgumentException.class, () -> loss.of(logits, tagLogits, turned, TAGS, 3));
    }
}
