package io.github.palimpsest.evaluation.masks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

import io.github.palimpsest.evaluation.ConfusionMatrix;
import io.github.palimpsest.store.RealPath;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/**
 * Compares predicted label images with ground-truth masks. Labels are matched by the tags' names, whatever their values
 * are on either side. All scores come from one confusion matrix over the pixels of all images, background and tags,
 * pixels of value 255 in the mask left out; the mean IoU is {@link ConfusionMatrix#meanIou}. Pixels of classes that
 * only the masks know count as background, with a warning.
 * <p>
 * What is missing or damaged is left out, counted and told. What contradicts, such as another size or a value that
 * nobody explains, ends the evaluation: scores of the rest would flatter.
 */
public final class SegmentationEvaluation {

    private static final int TOLD = 10;

    private final PredictionFolder predictions;
    private final MaskFolder masks;
    private final Progress progress;
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> unreadable = new ConcurrentSkipListMap<>();
    private final ConfusionMatrix matrix;
    private long ignored;
    private int done;

    private SegmentationEvaluation(PredictionFolder predictions, MaskFolder masks, Progress progress) {
        this.predictions = predictions;
        this.masks = masks;
        this.progress = progress;
        matrix = new ConfusionMatrix(predictions.legend().tags().size() + 1);
    }

    /** A mask and its prediction, by the names they have in their folders. */
    private record Pair(String prediction, String mask) {}

    /**
     * Scores predictions; writes nothing. Memory does not grow with their number.
     *
     * @param predictions a folder of label images called like the images (with or without their own extension), with a
     *            {@code legend.csv} ({@code value,tag}) in it or a {@code classes.txt} in it or above
     * @param masks a folder, see {@link MaskFolder}
     * @param images names of those to score, relative to their folder; null for all that have both
     * @throws UserException if a folder cannot be used, no prediction has a mask, or a mask and a prediction contradict
     * @throws io.github.palimpsest.task.CancelledException if the user stops it
     */
    public static SegmentationScores evaluate(Path predictions, Path masks, List<String> images, Progress progress) {
        if (isSame(predictions, masks))
            throw new UserException("predictions= and masks= are both " + predictions
                    + ", and nothing is learnt from comparing masks with themselves. Name two folders.");
        PredictionFolder predicted = PredictionFolder.open(predictions);
        MaskFolder truth = MaskFolder.open(masks, predicted.legend().tags());
        return new SegmentationEvaluation(predicted, truth, progress).evaluate(images);
    }

    /**
     * Makes sure that what is written does not mix with what is read, or with what it would replace.
     *
     * @param output the folder that the scores are to be written to
     * @throws UserException if it is one of the others or inside it, or a run's own folder
     */
    public static void requireApart(Path output, Path predictions, Path masks) {
        if (RealPath.of(output).startsWith(RealPath.of(predictions)))
            throw new UserException("output=" + output + " is inside the predictions, whose label images must not mix "
                    + "with the pictures of the scores. Choose a folder beside them.");
        if (RealPath.of(output).startsWith(RealPath.of(masks)))
            throw new UserException("output=" + output + " is inside the masks, where nothing is written. Choose "
                    + "another folder.");
        if (Files.exists(output.resolve("run.json")))
            throw new UserException("output=" + output + " is a run, whose scores.json tells of its rounds. Choose "
                    + output.resolve("segmentation") + ", where its report looks for the scores of the segmentation.");
    }

    private SegmentationScores evaluate(List<String> images) {
        masks.warnings().forEach(this::warn);
        List<String> all = images == null ? List.copyOf(predictions.files().keySet()) : images;
        Map<String, String> predicted = predictions.match(all);
        NameMatch masked = NameMatch.of(all, masks.masks().keySet());
        List<Pair> pairs = new ArrayList<>();
        List<String> withoutMask = new ArrayList<>();
        List<String> withoutPrediction = new ArrayList<>();
        for (String image : all) {
            String prediction = predicted.get(image);
            String mask = masked.found().get(image);
            if (prediction != null && mask != null)
                pairs.add(new Pair(prediction, mask));
            else if (prediction != null)
                withoutMask.add(image);
            else if (mask != null)
                withoutPrediction.add(image);
        }
        if (images == null)
            masks.masks().keySet().stream().filter(mask -> !masked.found().containsValue(mask))
                    .forEach(withoutPrediction::add);
        if (pairs.isEmpty())
            throw nothingToScore(all);
        told(withoutPrediction, "has no prediction and is left out", "have no prediction and are left out", "mask");
        told(withoutMask, "has no mask and is left out", "have no mask and are left out", "prediction");

        // In any order: all that is added up is whole numbers.
        pairs.parallelStream().forEach(pair -> {
            progress.check();
            count(pair);
            synchronized (this) {
                progress.report((double) ++done / pairs.size(), "scoring the predictions");
            }
        });
        progress.check();
        if (unreadable.size() == pairs.size())
            throw new UserException(unreadable.values().iterator().next());
        unreadable.values().stream().limit(TOLD).forEach(sentence -> progress.warn(sentence + " It was left out."));
        if (matrix.pixels() == 0)
            warn("All pixels of the masks are 255, which is left out, so there is nothing to score.");
        List<String> classes = new ArrayList<>(List.of(ClassList.BACKGROUND));
        classes.addAll(predictions.legend().tags());
        return new SegmentationScores(classes, matrix, pairs.size() - unreadable.size(), withoutPrediction.size(),
                withoutMask.size(), ignored, List.copyOf(unreadable.values()), warnings);
    }

    private void count(Pair pair) {
        LabelFile file = predictions.file(pair.prediction());
        ConfusionMatrix ofImage = new ConfusionMatrix(matrix.labels());
        int pixels;
        try {
            LabelFile.Size size = file.size();
            byte[] truth = masks.labels(masks.masks().get(pair.mask()), size.width(), size.height(),
                    "its prediction " + file.path());
            pixels = truth.length;
            ofImage.add(truth, predictions.labels(pair.prediction(), size.width()));
        } catch (LabelFile.UnreadableException e) {
            unreadable.put(pair.prediction(), e.getMessage());
            return;
        }
        synchronized (this) {
            matrix.add(ofImage);
            ignored += pixels - ofImage.pixels();
        }
    }

    private UserException nothingToScore(List<String> images) {
        return new UserException("None of the " + predictions.files().size() + " predictions in " + predictions.folder()
                + " has a mask in " + masks.folder() + (images.isEmpty() ? "" : ", such as one for " + images.get(0))
                + ". Both must be called like the images.");
    }

    private void told(List<String> names, String one, String many, String noun) {
        if (names.isEmpty())
            return;
        String some = String.join(", ", names.subList(0, Math.min(3, names.size())));
        warn(names.size() == 1 ? "1 " + noun + " " + one + ": " + some + "."
                : names.size() + " " + noun + "s " + many + ": " + some + (names.size() > 3 ? " and others." : "."));
    }

    private void warn(String sentence) {
        warnings.add(sentence);
        progress.warn(sentence);
    }

    private static boolean isSame(Path a, Path b) {
        return RealPath.of(a).equals(RealPath.of(b));
    }
}
