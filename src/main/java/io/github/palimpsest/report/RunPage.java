package io.github.palimpsest.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.google.gson.JsonObject;

import io.github.palimpsest.segmentation.SegmentationRecord;
import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * The page {@code report.html}: what a run of adversarial erasing found, and the segmentation that was made of it, if there is
 * one. It is one file that needs nothing else: style, pictures and curves are inside, there is no script. The same run always
 * gives the same bytes.
 */
public final class RunPage {

    /** How many images are shown, unless said otherwise. */
    public static final int DEFAULT_EXAMPLES = 6;

    private final RunFolder folder;
    private final Optional<SegmentationRecord> segmentation;
    private final RunFolder run;
    private final RunRecord record;
    private final StringBuilder html = new StringBuilder();

    private RunPage(RunFolder folder) {
        this.folder = folder;
        this.segmentation = SegmentationStories.record(folder);
        this.run = runOf(folder);
        this.record = Json.read(run.record(), RunRecord.class);
    }

    /**
     * The run that a page about a folder tells of: the folder itself, or the one that the segmentation in it was made of.
     *
     * @throws UserException if there is neither, or it is not where the segmentation says
     */
    public static RunFolder runOf(RunFolder folder) {
        if (Files.exists(folder.record()))
            return folder;
        RunFolder run = SegmentationStories.record(folder).map(record -> record.run(folder)).orElse(folder);
        if (!Files.exists(run.record()))
            throw new UserException(run.equals(folder) ? "There is no run in " + folder.root() + " (no run.json). Choose the "
                    + "folder that training wrote the run to."
                    : "The run that " + folder.segmentationRecord() + " was made of is not in " + run.root()
                            + " (no run.json). Move it back there, or run train-psl with its present place as output=.");
        return run;
    }

    /**
     * Writes the page of a run, finished or not, or of a segmentation in a folder of its own; scores are part of it if it has been
     * scored.
     *
     * @param folder of the run or of the segmentation
     * @param images gives an image's pixels by its name in the run: {@code C×H×W}, 1 or 3 channels, 0..255. Only the few
     *            images that are shown are asked for; one that cannot be read (a {@link UserException}) is said so
     * @param examples how many images to show
     * @throws UserException if the folder cannot be read or the page not be written
     */
    public static void write(RunFolder folder, Function<String, Tensor> images, int examples) {
        RunPage page = new RunPage(folder);
        page.compose(images, examples);
        AtomicFile.writeString(folder.report(), page.html.toString());
    }

    private void compose(Function<String, Tensor> images, int examples) {
        boolean erasing = run.equals(folder);
        String title = segmentation.isEmpty() ? "Adversarial erasing, " + Html.count(record.rounds().size(), "round", "rounds")
                : erasing ? "From tags to a segmentation" : "Segmentation";
        html.append("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\" xml:lang=\"en\">\n<head>\n")
                .append("<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width\"/>\n")
                .append("<title>Palimpsest: ").append(title).append("</title>\n<style>\n").append(style())
                .append("</style>\n</head>\n<body>\n<header><p class=\"kicker\">Palimpsest</p>\n<h1>").append(title)
                .append("</h1>\n");
        summary(erasing);
        html.append("</header>\n<main>\n");
        segmentation.ifPresent(made -> html.append(SegmentationSection.html(folder, record.images(),
                SegmentationStories.of(made, record.tags()), images, examples)));
        if (erasing) {
            if (segmentation.isPresent())
                html.append("<h1 class=\"part\">How the regions were mined</h1>\n");
            html.append(ErasingSections.html(run, record, images, examples));
        }
        segmentation.ifPresent(this::settings);
        html.append("</main>\n<footer>").append(Html.text(erasing ? record.program() : segmentation.get().program()))
                .append("</footer>\n</body>\n</html>\n");
    }

    private void summary(boolean erasing) {
        html.append("<p class=\"summary\">").append(RunSummary.of(record)).append("</p>\n");
        segmentation.ifPresent(made -> html.append("<p class=\"summary\">").append(SegmentationSummary.of(made))
                .append("</p>\n"));
        if (!erasing)
            html.append("<p class=\"summary\">The regions are those of the run in <b>").append(Html.text(run.root().toString()))
                    .append("</b>, whose page tells how they were mined.</p>\n");
        html.append("<dl class=\"key\">");
        Double score = segmentation.isEmpty() ? null : SegmentationScoresTable.meanIou(folder.model().getParent());
        if (score != null)
            key(Html.number(score, 3), "mIoU");
        key(Integer.toString(record.images().size()), "images");
        key(Integer.toString(record.tags().size()), "tags");
        ErasingSections.keys(record).forEach((name, value) -> key(value, name));
        segmentation.map(RunPage::keys).orElse(Map.of()).forEach((name, value) -> key(value, name));
        html.append("</dl>\n");
    }

    private static Map<String, String> keys(SegmentationRecord made) {
        Map<String, String> keys = new LinkedHashMap<>();
        if (made.statistics() != null)
            keys.put("of the masks’ pixels labelled", Html.percent(1 - made.statistics().unlabelledShare()));
        if (made.tagPrecision() != null)
            keys.put("average precision of tags", Html.number(made.tagPrecision(), 3));
        return keys;
    }

    private void key(String value, String name) {
        html.append("<div><dd>").append(value).append("</dd><dt>").append(name).append("</dt></div>");
    }

    private void settings(SegmentationRecord made) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("command", "train-psl");
        settings.put("engine", made.engine());
        settings.put("device", made.device());
        settings.put("threads", Integer.toString(made.threads()));
        settings.putAll(made.settings());
        html.append(ErasingSections.settings("Settings of the segmentation", settings));
    }

    private static String style() {
        try (InputStream in = RunPage.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("report.css is missing from the program", e);
        }
    }
}
