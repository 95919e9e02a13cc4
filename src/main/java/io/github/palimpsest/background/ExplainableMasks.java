package io.github.palimpsest.background;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.github.palimpsest.task.Seed;
import io.github.palimpsest.tensor.Tensor;

/**
 * Tells good masks from bad ones without true masks: <i>a mask that the features can explain is a good mask</i>. A
 * linear classifier of foreground and background, fitted on the candidate masks of half of the images, predicts those of the
 * other half, and back; the more of both is predicted, the better the candidate. Candidates are compared by it; the
 * number itself is no estimate of their quality.
 * <p>
 * Each image's mean is subtracted from its features, because otherwise the classifier learns what pictures have
 * foreground instead of where it is; then each channel is divided by its deviation over all images. The classifier is a
 * {@link LinearDiscriminant}, whose threshold takes the candidate's own share of foreground into account. The halves
 * are drawn by the images' features, not by their order, so the order of images does not matter.
 */
public final class ExplainableMasks {

    private static final double RIDGE = 0.01;

    private final int channels;
    private final int[] cellsOf;
    private final List<Half> halves;

    /**
     * @param features {@code C×h×w} of every tagged image, at about 60 cells an image ({@link CellGrid}), at least two
     * images; all finite
     * @param seed draws the halves
     * @throws IllegalArgumentException for fewer images or different numbers of channels
     */
    public ExplainableMasks(List<Tensor> features, long seed) {
        if (features.size() < 2)
            throw new IllegalArgumentException("two images are needed, not " + features.size());
        channels = features.get(0).size(0);
        cellsOf = features.stream().mapToInt(image -> image.size(1) * image.size(2)).toArray();
        List<float[]> samples = new ArrayList<>();
        for (Tensor image : features) {
            if (image.rank() != 3 || image.size(0) != channels)
                throw new IllegalArgumentException(image + " has not " + channels + " channels");
            samples.add(centred(image));
        }
        int[] order = drawn(features, seed);
        standardise(samples, order);
        int middle = order.length / 2;
        halves = List.of(new Half(Arrays.copyOf(order, middle), samples),
                new Half(Arrays.copyOfRange(order, middle, order.length), samples));
    }

    /** The images in an order that hangs on the seed and on each image's own features. */
    private static int[] drawn(List<Tensor> features, long seed) {
        long[] lots = features.stream().mapToLong(image -> Seed.of(seed, Arrays.hashCode(image.data()))).toArray();
        return IntStream.range(0, lots.length).boxed().sorted(Comparator.comparingLong(i -> lots[i]))
                .mapToInt(i -> i).toArray();
    }

    /** Cell after cell, the image's mean subtracted. */
    private static float[] centred(Tensor image) {
        int channels = image.size(0);
        int cells = image.size(1) * image.size(2);
        float[] result = new float[image.length()];
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int i = 0; i < cells; i++)
                sum += image.data()[c * cells + i];
            double mean = cells == 0 ? 0 : sum / cells;
            for (int i = 0; i < cells; i++)
                result[i * channels + c] = (float) (image.data()[c * cells + i] - mean);
        }
        return result;
    }

    private void standardise(List<float[]> samples, int[] order) {
        double[] squares = new double[channels];
        long cells = 0;
        for (int image : order) {
            float[] values = samples.get(image);
            for (int i = 0; i < values.length; i++)
                squares[i % channels] += (double) values[i] * values[i];
            cells += cellsOf[image];
        }
        for (float[] values : samples)
            for (int i = 0; i < values.length; i++) {
                double deviation = Math.sqrt(squares[i % channels] / cells);
                values[i] = deviation > 0 ? (float) (values[i] / deviation) : 0;
            }
    }

    /**
     * How well the features explain a candidate.
     *
     * @param candidate of every image its cells, row-major: 0 background, {@link CellGrid#UNSURE} unsure and left out,
     * else foreground
     * @return mean IoU of background and foreground from one confusion matrix over both halves, 0..1; 0 if a half lacks
     * background or foreground, as then there is nothing to explain
     * @throws IllegalArgumentException if images or cells are not as many as those of the features
     */
    public double explained(List<byte[]> candidate) {
        if (candidate.size() != cellsOf.length)
            throw new IllegalArgumentException(candidate.size() + " masks for " + cellsOf.length + " images");
        for (int image = 0; image < cellsOf.length; image++)
            if (candidate.get(image).length != cellsOf[image])
                throw new IllegalArgumentException(candidate.get(image).length + " cells instead of " + cellsOf[image]);
        long[] counts = new long[4];
        for (int half = 0; half < 2; half++) {
            LinearDiscriminant fitted = halves.get(half).fitted(candidate);
            if (fitted == null)
                return 0;
            halves.get(1 - half).count(candidate, fitted, counts);
        }
        long wrong = counts[1] + counts[2];
        return (counts[0] / (double) (counts[0] + wrong) + counts[3] / (double) (counts[3] + wrong)) / 2;
    }

    /** The images of one half, with what does not depend on the candidate. */
    private final class Half {

        private final int[] images;
        private final float[] samples;
        private final double[] scatter;
        private final int cells;

        Half(int[] images, List<float[]> all) {
            this.images = images;
            cells = Arrays.stream(images).map(image -> cellsOf[image]).sum();
            samples = new float[cells * channels];
            int filled = 0;
            for (int image : images) {
                float[] values = all.get(image);
                System.arraycopy(values, 0, samples, filled, values.length);
                filled += values.length;
            }
            scatter = new double[channels * channels];
            for (int cell = 0; cell < cells; cell++)
                addOuter(scatter, cell, 1);
        }

        private void addOuter(double[] sum, int cell, int sign) {
            int start = cell * channels;
            for (int i = 0; i < channels; i++) {
                double value = sign * (double) samples[start + i];
                for (int j = 0; j <= i; j++)
                    sum[i * channels + j] += value * samples[start + j];
            }
        }

        private byte[] labels(List<byte[]> candidate) {
            byte[] labels = new byte[cells];
            int filled = 0;
            for (int image : images) {
                System.arraycopy(candidate.get(image), 0, labels, filled, cellsOf[image]);
                filled += cellsOf[image];
            }
            return labels;
        }

        /** The classifier of this half's candidate masks; null if they are of one class. */
        LinearDiscriminant fitted(List<byte[]> candidate) {
            byte[] labels = labels(candidate);
            double[][] sums = new double[2][channels];
            int[] counts = new int[2];
            for (int cell = 0; cell < cells; cell++)
                if (labels[cell] != CellGrid.UNSURE) {
                    int side = labels[cell] == 0 ? 0 : 1;
                    counts[side]++;
                    for (int i = 0; i < channels; i++)
                        sums[side][i] += samples[cell * channels + i];
                }
            if (counts[0] == 0 || counts[1] == 0)
                return null;
            return new LinearDiscriminant(scatter(labels, counts[0] + counts[1]), sums[0], counts[0], sums[1],
                    counts[1], RIDGE);
        }

        /** Of the labelled cells: all less the unsure ones, or the sure ones alone, whichever are fewer. */
        private double[] scatter(byte[] labels, int sure) {
            boolean subtract = 2 * sure > cells;
            double[] sum = subtract ? scatter.clone() : new double[scatter.length];
            for (int cell = 0; cell < cells; cell++)
                if (labels[cell] == CellGrid.UNSURE == subtract)
                    addOuter(sum, cell, subtract ? -1 : 1);
            return sum;
        }

        /** Counts cells by 2 · what the candidate says + what is predicted. */
        void count(List<byte[]> candidate, LinearDiscriminant fitted, long[] counts) {
            byte[] labels = labels(candidate);
            for (int cell = 0; cell < cells; cell++)
                if (labels[cell] != CellGrid.UNSURE)
                    counts[(labels[cell] == 0 ? 0 : 2) + (fitted.isForeground(samples, cell) ? 1 : 0)]++;
        }
    }
}
