package io.github.palimpsest.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import javax.imageio.ImageIO;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.github.palimpsest.task.UserException;

/** What {@code evaluate} left in a folder, as a section of a page; read leniently, what is not there is missing. */
final class SegmentationScoresTable {

    static final String FILE = "scores.json";

    private SegmentationScoresTable() {}

    /**
     * The section.
     *
     * @param folder with {@code scores.json} and perhaps {@code confusion.png}
     * @throws UserException if the scores cannot be read
     */
    static String of(Path folder) {
        JsonObject scores = read(folder.resolve(FILE));
        StringBuilder html = new StringBuilder("<section><h2>Scores of the segmentation</h2>\n<p>Compared with masks that ")
                .append("training never saw, on ").append(Html.number(RegionScores.value(scores, "images"), 0))
                .append(" images. mIoU is the mean over background and tags of intersection over union, from one ")
                .append("confusion matrix over all pixels.</p>\n<dl class=\"key\"><div><dd>")
                .append(Html.number(RegionScores.value(scores, "miou"), 3)).append("</dd><dt>mIoU</dt></div><div><dd>")
                .append(Html.percent(RegionScores.value(scores, "pixel_accuracy")))
                .append("</dd><dt>of the pixels right</dt></div></dl>\n");
        if (scores.get("warnings") != null && scores.get("warnings").isJsonArray())
            for (JsonElement warning : scores.getAsJsonArray("warnings"))
                html.append("<p class=\"none\">").append(Html.text(warning.toString().replaceAll("^\"|\"$", "")))
                        .append("</p>\n");
        if (scores.get("classes") instanceof JsonObject classes) {
            html.append("<div class=\"scroll\"><table class=\"data\"><thead><tr><th>class</th><th>IoU</th>")
                    .append("<th>precision</th><th>recall</th><th>true pixels</th></tr></thead>\n<tbody>\n");
            for (Map.Entry<String, JsonElement> entry : classes.entrySet())
                if (entry.getValue() instanceof JsonObject score)
                    html.append("<tr><th>").append(Html.text(entry.getKey())).append("</th>")
                            .append(Html.bar(RegionScores.value(score, "iou"))).append("<td>")
                            .append(Html.number(RegionScores.value(score, "precision"), 3)).append("</td><td>")
                            .append(Html.number(RegionScores.value(score, "recall"), 3)).append("</td><td>")
                            .append(Html.number(RegionScores.value(score, "pixels"), 0)).append("</td></tr>\n");
            html.append("</tbody></table></div>\n");
        }
        return html.append(picture(folder.resolve(ConfusionFigure.FILE))).append("</section>\n").toString();
    }

    /** The mean IoU, 0..1; null where there are no scores, or none that can be read. */
    static Double meanIou(Path folder) {
        if (!Files.isRegularFile(folder.resolve(FILE)))
            return null;
        try {
            return RegionScores.value(read(folder.resolve(FILE)), "miou");
        } catch (UserException e) {
            // The section says so.
            return null;
        }
    }

    private static JsonObject read(Path file) {
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException | JsonParseException | IllegalStateException e) {
            throw new UserException(file + " cannot be read as scores: " + e.getMessage(), e);
        }
    }

    private static String picture(Path file) {
        if (!Files.isRegularFile(file))
            return "";
        try {
            BufferedImage picture = ImageIO.read(file.toFile());
            return picture == null ? "" : "<div class=\"scroll\">" + Html.image(picture, "confusion matrix")
                    + "</div>\n";
        } catch (IOException e) {
            return "";
        }
    }
}
