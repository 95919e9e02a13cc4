package io.github.palimpsest.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.github.palimpsest.report.SegmentationStory.CueTrial;
import io.github.palimpsest.report.SegmentationStory.Pass;
import io.github.palimpsest.report.SegmentationStory.PlainThreshold;
import io.github.palimpsest.report.SegmentationStory.TagMask;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/** The part of a run's page that tells of its segmentation: masks, background, training, changes and scores. */
public final class SegmentationSection {

    private final RunFolder run;
    private final SegmentationStory story;
    private final StringBuilder html = new StringBuilder();

    private SegmentationSection(RunFolder run, SegmentationStory story) {
        this.run = run;
        this.story = story;
    }

    /**
     * The sections, to stand inside a page's {@code main}; well-formed XML. The same run and story give the same text.
     *
     * @param images of the run, of which some are shown
     * @param pixels gives an image's pixels by its name: {@code C×H×W}, 1 or 3 channels, 0..255; one that cannot be
     *            read (a {@link UserException}) is said so
     * @param examples how many images to show
     */
    public static String html(RunFolder run, List<ImageRecord> images, SegmentationStory story,
            Function<String, Tensor> pixels, int examples) {
        SegmentationSection section = new SegmentationSection(run, story);
        section.warnings();
        section.scores();
        section.pictures(images, pixels, examples);
        section.masks();
        section.background();
        section.training();
        return section.html.toString();
    }

    private void warnings() {
        if (story.warnings().isEmpty())
            return;
        html.append("<section class=\"warnings\"><h2>Warnings about the segmentation</h2>\n<ul>");
        for (String warning : story.warnings())
            html.append("<li>").append(Html.text(warning)).append("</li>\n");
        html.append("</ul></section>\n");
    }

    private void scores() {
        Path folder = run.model().getParent();
        if (!Files.isRegularFile(folder.resolve(SegmentationScoresTable.FILE)))
            return;
        try {
            html.append(SegmentationScoresTable.of(folder));
        } catch (UserException e) {
            missing(e.getMessage());
        }
    }

    private void pictures(List<ImageRecord> images, Function<String, Tensor> pixels, int examples) {
        List<ImageRecord> made = images.stream().filter(image -> Files.isRegularFile(run.mask(image.name()))
                || Files.isRegularFile(run.background(image.name()))).toList();
        if (made.isEmpty())
            return;
        html.append("<section><h2>From regions to a segmentation</h2>\n");
        for (String decision : story.decisions())
            html.append("<p>").append(Html.text(decision)).append("</p>\n");
        html.append("<p>The background cue is dark where an image is surely background. Hatched pixels of the ")
                .append("training mask are unlabelled. Each pass of the training learns from the masks before it, ")
                .append("and what it makes of them, refined, is shown on their right.</p>\n<p class=\"legend\">");
        for (int tag = 0; tag < story.tags().size(); tag++)
            html.append("<span>").append(swatch(tag + 1)).append(Html.text(story.tags().get(tag))).append("</span> ");
        html.append("</p>\n");
        for (ImageRecord image : Examples.choose(made, examples))
            try {
                html.append(MaskFigure.strip(run, image.name(), pixels.apply(image.name()), story.colours(),
                        story.passes().size()));
            } catch (UserException e) {
                missing(image.name() + " cannot be shown. " + e.getMessage());
            }
        html.append("</section>\n");
    }

    private void masks() {
        if (story.masks() == null)
            return;
        SegmentationStory.Masks masks = story.masks();
        html.append("<section><h2>Training masks</h2>\n<p>Of all pixels, ")
                .append(share(masks.background(), masks.pixels()))
                .append(" are labelled as background and ").append(share(masks.unlabelled(), masks.pixels()))
                .append(" are unlabelled");
        boolean conflicts = masks.conflicts() > 0;
        if (conflicts)
            html.append(", ").append(share(masks.conflicts(), masks.pixels()))
                    .append(" because they were mined for more than one tag");
        html.append(".</p>\n");
        boolean unlabelled = masks.tags().stream().anyMatch(tag -> tag.unlabelled() != null);
        List<String> columns = new ArrayList<>(List.of("tag", "images", "of them labelled", "labelled pixels",
                "of its images’ pixels"));
        if (unlabelled)
            columns.add("unlabelled in its images");
        if (conflicts)
            columns.add("mined for another tag too");
        table(columns.toArray(String[]::new));
        for (TagMask tag : masks.tags()) {
            row(tag.tag(), Integer.toString(tag.images()), Integer.toString(tag.labelledImages()),
                    Long.toString(tag.pixels()));
            html.append(Html.bar(tag.imagePixels() == 0 ? null : (double) tag.pixels() / tag.imagePixels()));
            if (unlabelled)
                cell(tag.unlabelled() == null ? "–" : share(tag.unlabelled(), tag.imagePixels()));
            if (conflicts)
                cell(Long.toString(tag.conflicts()));
            html.append("</tr>\n");
        }
        end();
    }

    private void background() {
        if (story.trials().isEmpty() && story.plain().isEmpty())
            return;
        html.append("<section><h2>What was tried for the background</h2>\n<p>The criterion needs no masks: it is the ")
                .append("agreement, as mIoU, of candidate masks with what a linear classifier predicts that was fitted on ")
                .append("those of the other half of the images. A mask that the network's features can explain is a ")
                .append("good mask. Of those that are explained nearly as well as the best, the most generous is chosen: the CRF ")
                .append("and the network take some of the foreground away, and give none back. The paper's masks are not tried ")
                .append("themselves: their cue is compared by the dense masks that it would make.</p>\n");
        plainSentences();
        table("background cue", "constant", "contrast", "rounds", "criterion");
        List<CueTrial> sorted = story.trials().stream()
                .sorted(Comparator.comparingDouble(t -> known(t.criterion()) ? -t.criterion() : 1)).toList();
        for (CueTrial trial : sorted) {
            if (trial.chosen())
                html.append("<tr class=\"all\"><th>").append(Html.text(trial.cue())).append(" (chosen)</th>");
            else
                html.append("<tr><th>").append(Html.text(trial.cue())).append("</th>");
            cell(Html.number(trial.constant(), 2));
            cell(Html.number(trial.contrast(), 2));
            cell(Integer.toString(trial.rounds()));
            html.append(Html.bar(trial.criterion())).append("</tr>\n");
        }
        for (PlainThreshold plain : story.plain()) {
            String objects = plain.foreground() == null ? "" : " (" + Html.percent(plain.foreground()) + " objects)";
            row(plain.method() + ", thresholding alone" + objects, "–", "–", "–");
            html.append(Html.bar(plain.criterion())).append("</tr>\n");
        }
        end();
    }

    /** Whether a threshold would have been enough. */
    private void plainSentences() {
        Double chosen = story.trials().stream().filter(CueTrial::chosen).map(CueTrial::criterion).filter(Objects::nonNull)
                .findFirst().orElse(null);
        for (PlainThreshold plain : story.plain()) {
            if (plain.criterion() == null || chosen == null)
                continue;
            html.append("<p>Thresholding alone (").append(Html.text(plain.method())).append(") reaches ")
                    .append(Html.number(plain.criterion(), 3)).append(" where the chosen masks reach ")
                    .append(Html.number(chosen, 3)).append(plain.criterion() >= chosen
                            ? ": for images like these it may be enough, where telling the tags apart is not needed.</p>\n"
                            : ", so there is more in these images than a grey level tells.</p>\n");
        }
    }

    private void training() {
        if (story.passes().isEmpty())
            return;
        html.append("<section><h2>Training of the segmentation</h2>\n<div class=\"charts\">\n");
        for (Pass pass : story.passes())
            if (Files.isRegularFile(run.passLog(pass.pass())))
                try {
                    html.append(PassCurves.of(pass.pass(), run.passLog(pass.pass())).figure());
                } catch (UserException e) {
                    missing(e.getMessage());
                }
        html.append("</div>\n<p>What each pass changed: the share of the pixels that it labels otherwise than the ")
                .append("masks that it learnt from, for all labelled pixels and for those of each tag.</p>\n")
                .append("<div class=\"scroll\"><table class=\"data\"><thead><tr><th>tag</th>");
        for (Pass pass : story.passes())
            html.append("<th>").append(MaskFigure.name(pass.pass())).append("</th>");
        html.append("</tr></thead>\n<tbody>\n");
        for (String tag : story.tags()) {
            html.append("<tr><th>").append(Html.text(tag)).append("</th>");
            for (Pass pass : story.passes())
                html.append(Html.bar(pass.changedByTag().get(tag)));
            html.append("</tr>\n");
        }
        html.append("<tr class=\"all\"><th>all labelled pixels</th>");
        for (Pass pass : story.passes())
            html.append(Html.bar(pass.changed()));
        html.append("</tr>\n<tr><th>loss at the end</th>");
        for (Pass pass : story.passes())
            cell(Html.number(pass.loss(), 4));
        html.append("</tr>\n");
        end();
    }

    private void table(String... columns) {
        html.append("<div class=\"scroll\"><table class=\"data\"><thead><tr>");
        for (String column : columns)
            html.append("<th>").append(column).append("</th>");
        html.append("</tr></thead>\n<tbody>\n");
    }

    /** Begins a row; the caller adds to it and ends it. */
    private void row(String name, String... cells) {
        html.append("<tr><th>").append(Html.text(name)).append("</th>");
        for (String text : cells)
            cell(text);
    }

    private void cell(String text) {
        html.append("<td>").append(text).append("</td>");
    }

    private void end() {
        html.append("</tbody></table></div></section>\n");
    }

    private String swatch(int label) {
        int colour = label < story.colours().size() ? story.colours().get(label) : 0x808080;
        return "<i class=\"swatch\" style=\"background:" + Palette.css(colour) + "\"></i>";
    }

    private static boolean known(Double value) {
        return value != null && Double.isFinite(value);
    }

    private static String share(long part, long whole) {
        return Html.percent(whole == 0 ? null : (double) part / whole);
    }

    /** Something that should be here and cannot: no reason to do without the rest. */
    private void missing(String sentence) {
        html.append("<p class=\"none\">").append(Html.text(sentence)).append("</p>\n");
    }
}
