package io.github.palimpsest.segmentation.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.erasing.TagLoss;
import io.github.palimpsest.segmentation.Prediction;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * Applies a model to images, several at a time if there are several workers. The result for an image does not depend on
 * which worker it falls to, nor on the number of threads.
 */
public final class Segmenter implements AutoCloseable {

    /**
     * What is wanted.
     *
     * @param tags that the image is known to show, by name; none for those that the model itself finds
     * @param refine whether the dense CRF refines the probabilities
     */
    public record Options(Optional<Set<String>> tags, boolean refine) {

        /** The model finds the tags, and the CRF refines. */
        public static final Options DEFAULT = new Options(Optional.empty(), true);
    }

    /** Passes on everything but how far a part is, which would look like the whole. */
    private record Unreported(Progress to) implements Progress {

        @Override
        public void report(double fraction, String stage) {}

        @Override
        public void say(String sentence) {
            to.say(sentence);
        }

        @Override
        public void warn(String sentence) {
            to.warn(sentence);
        }

        @Override
        public boolean isCancelled() {
            return to.isCancelled();
        }
    }

    private final SegmentationModel model;
    private final TiledNetwork network;
    private final TiledCrf crf;
    private final int threads;

    /**
     * @param workers how many images are segmented at a time
     * @param threads of the CRF for each of them
     * @param limits of what is worked on at a time
     * @param progress to be told when memory did not suffice, and asked whether to go on; how far the whole work is, is
     *            known to whoever calls
     */
    public Segmenter(SegmentationModel model, Engine engine, int workers, int threads, Limits limits,
            Progress progress) {
        this.model = model;
        Progress unreported = new Unreported(progress);
        this.network = new TiledNetwork(engine, model, workers, limits.networkPixels(), unreported);
        this.crf = new TiledCrf(model.description().crf(), limits.crfPixels(), unreported);
        this.threads = threads;
    }

    /** The model that is applied. */
    public SegmentationModel model() {
        return model;
    }

    /** Complains about tags that are none of the model's, before any work. @throws UserException if there is one */
    public void check(Options options) {
        options.tags().ifPresent(this::indices);
    }

    /**
     * Segments an image.
     *
     * @param rgb {@code 3×H×W}, 0..255
     * @param worker from 0; no two calls of one worker at a time
     * @throws UserException if a tag is none of the model's, or memory does not suffice even for small tiles
     * @throws io.github.palimpsest.task.CancelledException if the progress is cancelled
     */
    public Segmentation segment(Tensor rgb, Options options, int worker) {
        if (rgb.rank() != 3 || rgb.size(0) != 3 || rgb.length() == 0)
            throw new IllegalArgumentException("not 3×H×W: " + rgb);
        Optional<List<Integer>> given = options.tags().map(this::indices);
        Logits logits = network.of(rgb, worker);
        List<Integer> tags = given.orElseGet(() -> model.description().tagRule().tags(logits.tags()));
        Prediction prediction = Prediction.of(logits.labels(), tags, rgb.size(1), rgb.size(2));
        if (options.refine() && !tags.isEmpty())
            prediction = prediction.refined(crf.refine(rgb, prediction.probabilities(), threads));
        return new Segmentation(rgb.size(2), rgb.size(1), labels(prediction), prediction.labels(),
                prediction.probabilities(), confidences(logits.tags()));
    }

    private static short[] labels(Prediction prediction) {
        int[] likely = prediction.mostLikely();
        short[] labels = new short[likely.length];
        for (int i = 0; i < labels.length; i++)
            labels[i] = (short) likely[i];
        return labels;
    }

    private static float[] confidences(float[] logits) {
        float[] confidences = new float[logits.length];
        for (int tag = 0; tag < logits.length; tag++)
            confidences[tag] = (float) TagLoss.sigmoid(logits[tag]);
        return confidences;
    }

    private List<Integer> indices(Set<String> tags) {
        return tags.stream().map(tag -> {
            int index = model.description().tags().indexOf(tag);
            if (index < 0)
                throw new UserException("The model does not know the tag " + tag + ", but only "
                        + String.join(", ", model.description().tags())
                        + ": correct the tag, or let the model find the tags.");
            return index;
        }).sorted().toList();
    }

    @Override
    public void close() {
        network.close();
    }
}
