package io.github.palimpsest.erasing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.Seed;
import io.github.palimpsest.tensor.Tensor;

/**
 * Trains a linear head on a frozen trunk's features, and beside it one more head for each fold, which never sees that fold's
 * images: its scores of them tell how well the tags can be told apart. All heads lie side by side in one convolution and see
 * the same batches; where an image is held out from a head, its gradient there is zero.
 * <p>
 * Pooling and a linear head commute, so the pooled score needs an image's mean features only, and the dense negatives some
 * random cells: a fortieth of the work of convolving whole feature maps.
 */
final class HeadTrainer {

    /**
     * @param classifier trained on all images
     * @param losses of each epoch, mean per image
     * @param heldOut scores {@code [image][tag]} by the head that never saw the image
     */
    record Result(HeadClassifier classifier, List<Double> losses, float[][] heldOut) {}

    private final TrainingCells cells;
    private final List<List<Integer>> tags;
    private final int numberOfTags;
    private final int[] fold;
    private final Learning learning;
    private final int heads = 1 + Folds.COUNT;
    private final double deviation;

    HeadTrainer(TrainingCells cells, List<List<Integer>> tags, int numberOfTags, int[] fold, Learning learning) {
        this.cells = cells;
        this.tags = tags;
        this.numberOfTags = numberOfTags;
        this.fold = fold;
        this.learning = learning;
        this.deviation = cells.deviation();
    }

    Result train(Engine engine, long seed, int threads, Progress progress) {
        NetworkSpec.Builder builder = NetworkSpec.builder();
        String features = builder.input("features", cells.channels());
        NetworkSpec spec = builder.outputs(builder.add("cam", new Convolution(heads * numberOfTags, 1, 1, 1, true), features));
        try (Network network = engine.compile(spec, Engine.Compilation.trainable(seed, threads))) {
            network.setWeights(initialWeights());
            List<Double> losses = new ArrayList<>();
            for (int epoch = 0; epoch < learning.epochs(); epoch++) {
                progress.check();
                losses.add(learning.requireFinite(epoch(network, Seed.random(seed, epoch)), epoch));
                progress.report((epoch + 1.0) / learning.epochs(), "training");
            }
            return result(network.weights(), losses);
        }
    }

    private Map<String, Tensor> initialWeights() {
        Tensor bias = Tensor.zeros(heads * numberOfTags);
        Arrays.fill(bias.data(), (float) learning.loss().initialBias());
        return Map.of(HeadClassifier.KERNEL, Tensor.zeros(heads * numberOfTags, cells.channels(), 1, 1), HeadClassifier.BIAS,
                bias);
    }

    private double epoch(Network network, SplittableRandom random) {
        int[] order = Seed.shuffled(cells.images(), random);
        double loss = 0;
        for (int from = 0; from < order.length; from += learning.batch()) {
            int[] images = Arrays.copyOfRange(order, from, Math.min(order.length, from + learning.batch()));
            Batch batch = new Batch(images, random);
            Tensor scores = network.forward(batch.input(), true);
            Tensor gradient = Tensor.zeros(scores.shape());
            loss += batch.loss(scores.data(), gradient.data());
            network.backward(Map.of("cam", gradient));
            network.step(learning.optimizer(), Map.of());
        }
        return loss / order.length;
    }

    private Result result(Map<String, Tensor> weights, List<Double> losses) {
        float[] kernel = weights.get(HeadClassifier.KERNEL).data();
        float[] bias = weights.get(HeadClassifier.BIAS).data();
        int channels = cells.channels();
        for (int i = 0; i < kernel.length; i++)
            kernel[i] /= (float) deviation;
        float[][] heldOut = new float[cells.images()][numberOfTags];
        float[] pooled = new float[channels];
        for (int image = 0; image < heldOut.length; image++) {
            cells.readPooled(image, pooled, 0);
            for (int t = 0; t < numberOfTags; t++) {
                int map = (1 + fold[image]) * numberOfTags + t;
                double z = bias[map];
                for (int c = 0; c < channels; c++)
                    z += (double) kernel[map * channels + c] * pooled[c];
                heldOut[image][t] = (float) z;
            }
        }
        HeadClassifier classifier = new HeadClassifier(
                Tensor.of(Arrays.copyOf(kernel, numberOfTags * channels), numberOfTags, channels),
                Tensor.of(Arrays.copyOf(bias, numberOfTags), numberOfTags));
        return new Result(classifier, losses, heldOut);
    }

    /** Some images' mean features and random cells, one after the other, as the columns of one image {@code 1×C×1×rows}. */
    private final class Batch {

        private final int[] images;
        private final int[] start;
        private final int rows;
        private final float[] values;

        Batch(int[] images, SplittableRandom random) {
            this.images = images;
            this.start = new int[images.length + 1];
            for (int b = 0; b < images.length; b++)
                start[b + 1] = start[b] + 1 + cellsUsed(images[b]);
            this.rows = start[images.length];
            this.values = new float[rows * cells.channels()];
            for (int b = 0; b < images.length; b++) {
                int from = start[b] * cells.channels();
                cells.readPooled(images[b], values, from);
                int used = cellsUsed(images[b]);
                if (used > 0)
                    cells.readCells(images[b], random.nextInt(cells.cells(images[b])), used, values, from + cells.channels());
            }
        }

        private int cellsUsed(int image) {
            return learning.denseNegatives() > 0 ? Math.min(learning.negativeCells(), cells.cells(image)) : 0;
        }

        Tensor input() {
            int channels = cells.channels();
            float scale = (float) (1 / deviation);
            float[] columns = new float[values.length];
            for (int r = 0; r < rows; r++)
                for (int c = 0; c < channels; c++)
                    columns[c * rows + r] = values[r * channels + c] * scale;
            return Tensor.of(columns, 1, channels, 1, rows);
        }

        /** The loss of the first head, summed over the images; writes the gradient of each head's mean loss. */
        double loss(float[] scores, float[] gradient) {
            double sum = 0;
            for (int head = 0; head < heads; head++) {
                int seen = 0;
                for (int image : images)
                    if (sees(head, image))
                        seen++;
                for (int b = 0; b < images.length; b++)
                    if (sees(head, images[b])) {
                        double loss = 0;
                        for (int t = 0; t < numberOfTags; t++)
                            loss += tagLoss(b, t, (head * numberOfTags + t) * rows, 1.0 / seen, scores, gradient);
                        if (head == 0)
                            sum += loss;
                    }
            }
            return sum;
        }

        private boolean sees(int head, int image) {
            return fold[image] != head - 1;
        }

        private double tagLoss(int b, int tag, int row, double share, float[] scores, float[] gradient) {
            TagLoss loss = learning.loss();
            boolean tagged = tags.get(images[b]).contains(tag);
            int pooled = row + start[b];
            double value = loss.pooled(scores[pooled], tagged);
            gradient[pooled] = (float) (share * loss.pooledSlope(scores[pooled], tagged));
            int used = start[b + 1] - start[b] - 1;
            if (tagged || used == 0)
                return value;
            double weight = learning.denseNegatives() / used;
            for (int i = pooled + 1; i <= pooled + used; i++) {
                value += weight * loss.negativeCell(scores[i]);
                gradient[i] = (float) (share * weight * loss.negativeCellSlope(scores[i]));
            }
            return value;
        }
    }
}
