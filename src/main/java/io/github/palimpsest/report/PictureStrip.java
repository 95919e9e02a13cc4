package io.github.palimpsest.report;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;

/** An example image as a table of pictures: a row for each tag and one for what is left, a column for each round. */
final class PictureStrip {

    private PictureStrip() {}

    static String of(ImageRecord image, Panels panels, List<RoundRecord> rounds) {
        StringBuilder html = new StringBuilder("<div class=\"strip\"><h3>")
                .append(Html.text(image.name())).append("</h3>\n<div class=\"scroll\"><table><thead><tr>")
                .append("<th></th><th>the image</th>");
        for (RoundRecord round : rounds)
            html.append("<th>").append(swatch(round.round())).append("round ").append(round.round())
                    .append(round.merged() ? "" : " <small>not merged</small>").append("</th>");
        html.append("<th>mined, by round</th></tr></thead>\n<tbody>\n");
        List<String> tags = image.tags().stream().distinct().toList();
        int rows = tags.size() + 1;
        for (int row = 0; row < rows; row++) {
            boolean last = row == tags.size();
            String tag = last ? "" : tags.get(row);
            html.append("<tr><th class=\"row\">").append(last ? "left for the next round"
                    : "looking for <b>" + Html.text(tag) + "</b>").append("</th>");
            if (row == 0)
                html.append("<td rowspan=\"").append(rows).append("\">")
                        .append(Html.image(panels.original(), image.name())).append("</td>");
            for (RoundRecord round : rounds)
                append(html, last ? Optional.of(panels.erased(round.round())) : panels.attention(round.round(), tag),
                        (last ? "erased after round " : tag + ", round ") + round.round());
            if (last)
                html.append("<td></td>");
            else
                append(html, panels.mined(tag), tag + ", mined");
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div></div>\n").toString();
    }

    /** A round's colour, for legends. */
    static String swatch(int round) {
        return "<i class=\"swatch\" style=\"background:" + Palette.css(Palette.round(round)) + "\"></i>";
    }

    private static void append(StringBuilder html, Optional<BufferedImage> picture, String alt) {
        html.append("<td>").append(picture.map(p -> Html.image(p, alt)).orElse("<span class=\"none\">no map</span>"))
                .append("</td>");
    }
}
