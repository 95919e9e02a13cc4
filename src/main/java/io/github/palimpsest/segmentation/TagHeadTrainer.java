package io.github.palimpsest.segmentation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.palimpsest.erasing.Folds;
import io.github.palimpsest.evaluation.AveragePrecision;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.Seed;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Tensor;

/**
 * Trains the {@link TagHead} of a model by multi-label logistic loss, and beside it one more for each of five folds,
 * which never sees that fold's images: its logits of them tell how well the tags of new images will be known.
 */
public final class TagHeadTrainer {

    /** So many steps at least, however few the images. */
    private static final int FEWEST_STEPS = 200;

    /** The features' channels for which learning rates are given: MobileNetV2's. */
    private static final int CHANNELS = 1280;

    /**
     * How it is trained, by Adam with a learning rate that falls along half a cosine.
     *
     * @param epochs passes through the images; there are more where 200 steps are not reached
     * @param batch images per step
     * @param learningRate of 1280 features with a standard deviation of 1; it grows with √(1280/C) where there are
     *            fewer, as Adam moves every weight by as much and fewer of them move a logit more slowly
     * @param weightDecay decoupled, of the kernel
     */
    public record Settings(int epochs, int batch, double learningRate, double weightDecay) {

        /**
         * Of rates from 3e-4 to 1e-2 the best on held-out training images of msrc_v2 and of wbc (mean average
         * precision .977 and .947); weight decays from 1e-3 to 1 made none to speak of.
         */
        public static final Settings DEFAULT = new Settings(30, 61, 1e-3, 1e-3);
    }

    /**
     * @param head trained on all images
     * @param heldOut logits {@code [image][tag]} by the head that never saw the image
     * @param averagePrecision of these, for every tag; NaN for one that no image or every image has
     */
    public record Result(TagHead head, float[][] heldOut, double[] averagePrecision) {}

    private final float[][] features;
    private final boolean[][] tagged;
    private final List<List<Integer>> tags;
    private final int numberOfTags;
    private final Settings settings;

    /**
     * @param features pooled, {@code [image][channel]}
     * @param tags of every image, from 0
     */
    public TagHeadTrainer(float[][] features, List<List<Integer>> tags, int numberOfTags, Settings settings) {
        if (features.length == 0 || features.length != tags.size())
            throw new IllegalArgumentException("features of " + features.length + " images and tags of " + tags.size());
        this.features = features;
        this.tags = tags;
        this.numberOfTags = numberOfTags;
        this.settings = settings;
        this.tagged = new boolean[features.length][numberOfTags];
        for (int i = 0; i < features.length; i++)
            for (int tag : tags.get(i))
                tagged[i][tag] = true;
    }

    /**
     * Trains all heads side by side. The result depends on the seed, not on the number of threads.
     *
     * @throws io.github.palimpsest.task.CancelledException between two heads or epochs
     */
    public Result train(long seed, WorkerPool pool, Progress progress) {
        int[] fold = Folds.of(tags, seed);
        List<Integer> heads = IntStream.range(-1, Folds.COUNT).boxed().toList();
        TagHead[] trained = new TagHead[heads.size()];
        pool.inOrder(heads, (heldOut, worker) -> {
            int[] learners = IntStream.range(0, features.length).filter(i -> fold[i] != heldOut).toArray();
            // Images of a single fold are nobody's learners: then there is nothing to hold out from.
            return learners.length == 0 ? null : fit(learners, Seed.of(seed, 'H', heldOut), progress);
        }, (head, i) -> trained[i] = head, progress, "training the tags");
        float[][] heldOut = new float[features.length][];
        for (int i = 0; i < features.length; i++) {
            TagHead head = trained[1 + fold[i]];
            heldOut[i] = head == null ? new float[numberOfTags] : head.logits(features[i]);
        }
        return new Result(trained[0], heldOut, AveragePrecision.byTag(heldOut, tagged, numberOfTags));
    }

    private TagHead fit(int[] learners, long seed, Progress progress) {
        Scaling scaling = Scaling.of(features, learners);
        int batch = Math.min(settings.batch(), learners.length);
        int stepsPerEpoch = (learners.length + batch - 1) / batch;
        int epochs = Math.max(settings.epochs(), (FEWEST_STEPS + stepsPerEpoch - 1) / stepsPerEpoch);
        LogisticRegression regression = new LogisticRegression(scaling.mean().length, logOdds(learners),
                settings.weightDecay());
        double rate = settings.learningRate() * Math.sqrt((double) CHANNELS / scaling.mean().length);
        int step = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            progress.check();
            int[] order = Seed.shuffled(learners.length, Seed.random(seed, epoch));
            for (int from = 0; from < order.length; from += batch, step++) {
                int[] images = IntStream.range(from, Math.min(order.length, from + batch)).map(i -> learners[order[i]])
                        .toArray();
                float[][] inputs = Arrays.stream(images).mapToObj(i -> scaling.apply(features[i]))
                        .toArray(float[][]::new);
                boolean[][] truth = Arrays.stream(images).mapToObj(i -> tagged[i]).toArray(boolean[][]::new);
                double falling = (1 + Math.cos(Math.PI * step / (epochs * (double) stepsPerEpoch))) / 2;
                regression.step(inputs, truth, rate * falling);
            }
        }
        return scaling.undone(regression.kernel(), regression.bias());
    }

    /** What a head that knows nothing says: how many of the images have each tag. */
    private double[] logOdds(int[] learners) {
        double[] bias = new double[numberOfTags];
        for (int t = 0; t < numberOfTags; t++) {
            int tag = t;
            long n = Arrays.stream(learners).filter(i -> tagged[i][tag]).count();
            bias[t] = Math.log((n + 0.5) / (learners.length - n + 0.5));
        }
        return bias;
    }

    /**
     * Features less each channel's mean, divided by one deviation for all. A deviation for each channel would blow up
     * those that hardly ever speak, and a new image on which one does would be judged by it alone.
     */
    private record Scaling(double[] mean, double deviation) {

        static Scaling of(float[][] features, int[] images) {
            int channels = features[images[0]].length;
            double[] mean = new double[channels];
            for (int i : images)
                for (int c = 0; c < channels; c++)
                    mean[c] += features[i][c] / (double) images.length;
            double squares = 0;
            for (int i : images)
                for (int c = 0; c < channels; c++)
                    squares += (features[i][c] - mean[c]) * (features[i][c] - mean[c]);
            double deviation = Math.sqrt(squares / images.length / channels);
            return new Scaling(mean, deviation > 0 ? deviation : 1);
        }

        float[] apply(float[] values) {
            float[] scaled = new float[values.length];
            for (int c = 0; c < values.length; c++)
                scaled[c] = (float) ((values[c] - mean[c]) / deviation);
            return scaled;
        }

        /** The head of raw features that says the same as this one of scaled features. */
        TagHead undone(float[][] kernel, double[] bias) {
            int channels = mean.length;
            Tensor raw = Tensor.zeros(kernel.length, channels, 1, 1);
            Tensor offset = Tensor.zeros(kernel.length);
            for (int t = 0; t < kernel.length; t++) {
                double b = bias[t];
                for (int c = 0; c < channels; c++) {
                    float w = (float) (kernel[t][c] / deviation);
                    raw.data()[t * channels + c] = w;
                    b -= w * mean[c];
                }
                offset.data()[t] = (float) b;
            }
            return new TagHead(raw, offset);
        }
    }
}
