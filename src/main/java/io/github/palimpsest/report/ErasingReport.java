package io.github.palimpsest.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Function;

import com.google.gson.JsonObject;

import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * The page {@code report.html} about a run of adversarial erasing. It is one file that needs nothing else: style, pictures and
 * curves are inside, there is no script. The same run always gives the same bytes.
 */
public final class ErasingReport {

    /** How many images are shown round by round, unless said otherwise. */
    public static final int DEFAULT_EXAMPLES = 6;

    private static final int LONGEST_SIDE = 256;

    private final RunFolder run;
    private final RunRecord record;
    private final StringBuilder html = new StringBuilder();

    private ErasingReport(RunFolder run) {
        this.run = run;
        this.record = Json.read(run.record(), RunRecord.class);
    }

    /**
     * Writes the report of a run, finished or not; scores are part of it if the run has been scored.
     *
     * @param images gives an image's pixels by its name in the run: {@code C×H×W}, 1 or 3 channels, 0..255. Only the few
     *            images that are shown are asked for; one that cannot be read (a {@link UserException}) is said so
     * @param examples how many images to show round by round
     * @throws UserException if the run folder cannot be read or the report not be written
     */
    public static void write(RunFolder run, Function<String, Tensor> images, int examples) {
        ErasingReport report = new ErasingReport(run);
        report.page(images, examples);
        AtomicFile.writeString(run.report(), report.html.toString());
    }

    private void page(Function<String, Tensor> images, int examples) {
        html.append("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\" xml:lang=\"en\">\n<head>\n")
                .append("<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width\"/>\n")
                .append("<title>Palimpsest: adversarial erasing</title>\n<style>\n").append(style())
                .append("</style>\n</head>\n<body>\n<header><p class=\"kicker\">Palimpsest</p>\n<h1>Adversarial erasing, ")
                .append(Html.count(record.rounds().size(), "round", "rounds")).append("</h1>\n");
        summary();
        html.append("</header>\n<main>\n");
        warnings();
        scores();
        pictures(images, examples);
        curves();
        tags();
        settings();
        skipped();
        html.append("</main>\n<footer>").append(Html.text(record.program())).append("</footer>\n</body>\n</html>\n");
    }

    private void summary() {
        List<RoundRecord> rounds = record.rounds();
        long merged = rounds.stream().filter(RoundRecord::merged).count();
        html.append("<p class=\"summary\">").append(RunSummary.of(record)).append("</p>\n<dl class=\"key\">");
        key(Integer.toString(record.images().size()), "images");
        key(Integer.toString(record.tags().size()), "tags");
        key(Long.toString(merged), merged == 1 ? "round merged" : "rounds merged");
        if (!rounds.isEmpty()) {
            List<RoundRecord> kept = rounds.stream().filter(RoundRecord::merged).toList();
            if (!kept.isEmpty())
                key(Html.percent(kept.get(kept.size() - 1).mined()), "of the pixels mined");
            key(Html.number(rounds.get(0).averagePrecision(), 3), "average precision, round 1");
        }
        html.append("</dl>\n");
    }

    private void key(String value, String name) {
        html.append("<div><dd>").append(value).append("</dd><dt>").append(name).append("</dt></div>");
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
        html.append("<section><h2>Settings</h2>\n<div class=\"scroll\"><table class=\"data settings\"><tbody>\n");
        setting("command", record.command());
        setting("engine", record.engine());
        setting("device", record.device());
        setting("threads", Integer.toString(record.threads()));
        record.settings().forEach(this::setting);
        html.append("</tbody></table></div></section>\n");
    }

    private void setting(String name, String value) {
        html.append("<tr><th>").append(Html.text(name)).append("</th><td>").append(Html.text(String.valueOf(value)))
                .append("</td></tr>\n");
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

    private static String style() {
        try (InputStream in = ErasingReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("report.css is missing from the program", e);
        }
    }
}
