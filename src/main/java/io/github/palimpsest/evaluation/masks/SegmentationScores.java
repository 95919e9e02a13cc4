package io.github.palimpsest.evaluation.masks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import io.github.palimpsest.evaluation.ConfusionMatrix;
import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Json;

/**
 * How well predicted labels agree with masks. Shares are 0..1, NaN where there is nothing to divide by.
 *
 * @param classes names of the matrix's labels: the background, then the tags
 * @param matrix over the pixels of all images that were scored
 * @param images that were scored
 * @param masksWithoutPrediction that were left out
 * @param predictionsWithoutMask that were left out
 * @param ignoredPixels whose mask is 255, in the images that were scored
 * @param unreadable sentences about files that were left out because they are damaged
 * @param warnings sentences, those of {@code unreadable} apart
 */
public record SegmentationScores(List<String> classes, ConfusionMatrix matrix, int images, int masksWithoutPrediction,
        int predictionsWithoutMask, long ignoredPixels, List<String> unreadable, List<String> warnings) {

    /** Where the scores are in the output folder. */
    public static final String JSON = "scores.json";

    /** Where the scores of every class are as a table. */
    public static final String TABLE = "scores.csv";

    /** Where the pixels of every truth and prediction are. */
    public static final String CONFUSION = "confusion.csv";

    public SegmentationScores {
        classes = List.copyOf(classes);
        unreadable = List.copyOf(unreadable);
        warnings = List.copyOf(warnings);
    }

    /** {@link ConfusionMatrix#meanIou}. */
    public double meanIou() {
        return matrix.meanIou();
    }

    /**
     * Writes {@code scores.json}, {@code scores.csv} and {@code confusion.csv}.
     *
     * @throws io.github.palimpsest.task.UserException if they cannot be written
     */
    public void write(Path folder) {
        AtomicFile.writeString(folder.resolve(TABLE), table());
        AtomicFile.writeString(folder.resolve(CONFUSION), confusion());
        Json.write(folder.resolve(JSON), named());
    }

    /** The scores as a table for reading, in percent. */
    public String summary() {
        int longest = classes.stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder(" ".repeat(longest)).append("    IoU  precision  recall\n");
        for (int label = 0; label < classes.size(); label++)
            text.append(classes.get(label)).append(" ".repeat(longest - classes.get(label).length()))
                    .append(String.format(Locale.ROOT, "  %5s  %9s  %6s\n", percent(matrix.iou(label)),
                            percent(matrix.precision(label)), percent(matrix.recall(label))));
        return text.append("mIoU ").append(percent(meanIou())).append(", pixel accuracy ")
                .append(percent(matrix.pixelAccuracy())).append("; ").append(images).append(" images scored, ")
                .append(masksWithoutPrediction).append(" masks have no prediction, ").append(predictionsWithoutMask)
                .append(" predictions have no mask, ").append(unreadable.size())
                .append(" cannot be read.\n").toString();
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private Map<String, Object> named() {
        Map<String, Object> byClass = new LinkedHashMap<>();
        for (int label = 0; label < classes.size(); label++) {
            Map<String, Object> scores = new LinkedHashMap<>();
            scores.put("iou", matrix.iou(label));
            scores.put("precision", matrix.precision(label));
            scores.put("recall", matrix.recall(label));
            scores.put("pixels", matrix.ofTruth(label));
            byClass.put(classes.get(label), scores);
        }
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("images", images);
        named.put("miou", meanIou());
        named.put("pixel_accuracy", matrix.pixelAccuracy());
        named.put("classes", byClass);
        named.put("masks_without_prediction", masksWithoutPrediction);
        named.put("predictions_without_mask", predictionsWithoutMask);
        named.put("ignored_pixels", ignoredPixels);
        named.put("unreadable", unreadable);
        named.put("warnings", warnings);
        return named;
    }

    private String table() {
        List<List<?>> lines = new ArrayList<>();
        lines.add(List.of("class", "iou", "precision", "recall", "pixels"));
        for (int label = 0; label < classes.size(); label++)
            lines.add(List.of(classes.get(label), cell(matrix.iou(label)), cell(matrix.precision(label)),
                    cell(matrix.recall(label)), matrix.ofTruth(label)));
        return csv(lines);
    }

    private String confusion() {
        List<List<?>> lines = new ArrayList<>();
        List<Object> head = new ArrayList<>(List.of("truth"));
        head.addAll(classes);
        lines.add(head);
        for (int truth = 0; truth < classes.size(); truth++) {
            List<Object> line = new ArrayList<>(List.of(classes.get(truth)));
            for (int label = 0; label < classes.size(); label++)
                line.add(matrix.count(truth, label));
            lines.add(line);
        }
        return csv(lines);
    }

    private static String cell(double share) {
        return Double.isNaN(share) ? "" : Double.toString(share);
    }

    private static String csv(List<List<?>> lines) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get())) {
            for (List<?> line : lines)
                printer.printRecord(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
