package io.github.palimpsest.report;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.google.gson.JsonObject;

import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/** The parts of a run's page that tell of adversarial erasing: scores, pictures round by round, curves, tags and settings. */
final class ErasingSections {

    private static final int LONGEST_SIDE = 256;

    private final RunFolder run;
    private final RunRecord record;
    private final StringBuilder html = new StringBuilder();

    private ErasingSections(RunFolder run, RunRecord record) {
        this.run = run;
        this.record = record;
    }

    /**
     * The sections, to stand inside a page's {@code main}; well-formed XML.
     *
     * @param images gives an image's pixels by its name in the run: {@code C×H×W}, 1 or 3 channels, 0..255; one that cannot be
     *            read (a {@link UserException}) is said so
     * @param examples how many images to show round by round
     */
    static String html(RunFolder run, RunRecord record, Function<String, Tensor> images, int examples) {
        ErasingSections sections = new ErasingSections(run, record);
        sections.warnings();
        sections.scores();
        sections.pictures(images, examples);
        sections.curves();
        sections.tags();
        sections.settings();
        sections.skipped();
        return sections.html.toString();
    }

    /** The figures that sum up what was mined, by what they are. */
    static Map<String, String> keys(RunRecord record) {
        Map<String, String> keys = new LinkedHashMap<>();
        List<RoundRecord> merged = record.rounds().stream().filter(RoundRecord::merged).toList();
        keys.put(merged.size() == 1 ? "round merged" : "rounds merged", Integer.toString(merged.size()));
        if (!merged.isEmpty())
            keys.put("of the pixels mined", Html.percent(merged.get(merged.size() - 1).mined()));
        if (!record.rounds().isEmpty())
            keys.put("average precision, round 1", Html.number(record.rounds().get(0).averagePrecision(), 3));
        return keys;
    }

    private void warnings() {
        if (record.warnings().isEmpty())
            return;
        html.append("<section class=\"warnings\"><h2>Warnings</h2>\n<ul>");
        for (String warning : record.warnings())
            html.append("<li>").append(Html.text(warning)).append("</li>\n");
        html.append("</ul></section>\n");
    }

    private void pictures(Function<String, Tensor> images, int examples) {
        if (record.rounds().isEmpty())
            return;
        html.append("<section><h2>Round by round</h2>\n<p>In every round a new classifier learns the tags, and its class ")
                .append("activation map shows where it looks: each map is scaled by its own maximum, from ")
                .append("<span class=\"heat\" style=\"background:").append(heatGradient()).append("\"></span> 0 to 1. The most ")
                .append("active region is mined and then erased with the training images' mean colour; an outline in the ")
                .append("round's colour shows what it took. The next round sees only what is left.</p>\n");
        for (ImageRecord image : Examples.choose(record.images(), examples))
            try {
                Tensor pixels = images.apply(image.name());
                Panels panels = new Panels(run, image.name(), pixels, record.mean(), LONGEST_SIDE);
                html.append(PictureStrip.of(image, panels, record.rounds()));
            } catch (UserException e) {
                missing(image.name() + " cannot be shown. " + e.getMessage());
            }
        html.append("</section>\n");
    }

    private void curves() {
        String figures = RunCurves.averagePrecision(record).figure() + RunCurves.mined(record).figure();
        try {
            figures += RunCurves.loss(run, record).figure();
        } catch (UserException e) {
            missing(e.getMessage());
        }
        if (!figures.isEmpty())
            html.append("<section><h2>Curves</h2>\n<div class=\"charts\">\n").append(figures).append("</div></section>\n");
    }

    private void scores() {
        if (!Files.isRegularFile(run.scores()))
            return;
        try {
            RegionScores scores = RegionScores.read(run.scores());
            if (!scores.rounds().isEmpty())
                scores(scores);
        } catch (UserException e) {
            missing(e.getMessage());
        }
    }

    private void scores(RegionScores scores) {
        html.append("<section><h2>Scores</h2>\n<p>Compared with masks that training never saw. mIoU is the mean over ")
                .append("background and tags of intersection over union, from one confusion matrix over all pixels.</p>\n")
                .append("<div class=\"charts scores\">").append(RunCurves.scores(scores).figure())
                .append("<div class=\"scroll\"><table class=\"data\"><thead><tr><th>round</th><th>regions mIoU</th>")
                .append("<th>accumulated maps mIoU</th><th>this round's maps mIoU</th><th>at threshold</th>")
                .append("<th>precision</th><th>recall</th><th>average precision</th></tr></thead>\n<tbody>\n");
        for (JsonObject round : scores.rounds()) {
            html.append("<tr><th>").append(Html.number(RegionScores.value(round, "round"), 0)).append("</th>");
            for (String score : List.of("regions_miou", "accumulated_miou", "cam_miou"))
                cell(Html.number(RegionScores.value(round, score), 3));
            cell(Html.number(RegionScores.value(round, "cam_threshold"), 2));
            for (String score : List.of("precision", "recall", "average_precision"))
                cell(Html.number(RegionScores.value(round, score), 3));
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div></div></section>\n");
    }

    private void tags() {
        html.append("<section><h2>Tags</h2>\n<div class=\"scroll\"><table class=\"data\"><thead><tr><th>tag</th><th>images</th>");
        for (RoundRecord round : record.rounds())
            html.append("<th>").append(PictureStrip.swatch(round.round())).append("average precision, round ")
                    .append(round.round()).append("</th>");
        html.append("</tr></thead>\n<tbody>\n");
        for (String tag : record.tags()) {
            long count = record.images().stream().filter(image -> image.tags().contains(tag)).count();
            html.append("<tr><th>").append(Html.text(tag)).append("</th>");
            cell(Long.toString(count));
            for (RoundRecord round : record.rounds())
                html.append(Html.bar(round.averagePrecisionByTag() == null ? null
                        : round.averagePrecisionByTag().get(tag)));
            html.append("</tr>\n");
        }
        html.append("<tr class=\"all\"><th>mean over tags</th>");
        cell(Integer.toString(record.images().size()));
        for (RoundRecord round : record.rounds())
            html.append(Html.bar(round.averagePrecision()));
        html.append("</tr>\n</tbody></table></div></section>\n");
    }

    /** Something that should be here and cannot: no reason to do without the rest. */
    private void missing(String sentence) {
        html.append("<p class=\"none\">").append(Html.text(sentence)).append("</p>\n");
    }

    private void cell(String value) {
        html.append("<td>").append(value).append("</td>");
    }

    private void settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("command", record.command());
        settings.put("engine", record.engine());
        settings.put("device", record.device());
        settings.put("threads", Integer.toString(record.threads()));
        settings.putAll(record.settings());
        html.append(settings("Settings", settings));
    }

    /** A table of names and values. */
    static String settings(String title, Map<String, String> settings) {
        StringBuilder html = new StringBuilder("<section><h2>").append(title)
                .append("</h2>\n<div class=\"scroll\"><table class=\"data settings\"><tbody>\n");
        settings.forEach((name, value) -> html.append("<tr><th>").append(Html.text(name)).append("</th><td>")
                .append(Html.text(String.valueOf(value))).append("</td></tr>\n"));
        return html.append("</tbody></table></div></section>\n").toString();
    }

    private void skipped() {
        if (record.skipped().isEmpty())
            return;
        html.append("<section><h2>Skipped images</h2>\n<ul>");
        for (String image : record.skipped())
            html.append("<li>").append(Html.text(image)).append("</li>\n");
        html.append("</ul></section>\n");
    }

    private static String heatGradient() {
        StringBuilder gradient = new StringBuilder("linear-gradient(90deg");
        for (int n = 0; n <= 8; n++)
            gradient.append(',').append(Palette.css(Palette.heat(n / 8.0)));
        return gradient.append(')').toString();
    }
}
