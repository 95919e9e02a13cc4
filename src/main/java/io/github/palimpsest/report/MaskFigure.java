package io.github.palimpsest.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.palimpsest.store.PngFile;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * One image on its way to a segmentation: the image, the background cue (dark is surely background), the training mask
 * (unlabelled pixels hatched), and what each pass of the training makes of it.
 */
public final class MaskFigure {

    private static final int SIDE = 256;
    private static final int GAP = 14;
    private static final int MARGIN = 26;
    private static final int CAPTION = 26;

    private MaskFigure() {}

    /**
     * Draws the figure.
     *
     * @param image its name in the run
     * @param pixels {@code C×H×W} with 1 or 3 channels, 0..255
     * @param colours 0xRRGGBB of the labels, the background's first
     * @param passes how many of the training's passes to show
     * @throws UserException if a file of the run is damaged
     */
    public static BufferedImage draw(RunFolder run, String image, Tensor pixels, List<Integer> colours, int passes) {
        MaskPanels panels = new MaskPanels(run, image, pixels, colours, SIDE);
        Map<String, Optional<BufferedImage>> pictures = pictures(panels, passes);
        double scale = (double) SIDE / Math.max(panels.width(), panels.height());
        int width = (int) StrictMath.round(scale * panels.width());
        int height = (int) StrictMath.round(scale * panels.height());
        int n = pictures.size();
        BufferedImage figure = new BufferedImage(2 * MARGIN + n * width + (n - 1) * GAP, 2 * MARGIN + height + CAPTION,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = Ink.on(figure);
        FigureCell cell = new FigureCell(g, width, height);
        int x = MARGIN;
        for (Map.Entry<String, Optional<BufferedImage>> picture : pictures.entrySet()) {
            cell.panel(x, MARGIN, picture.getValue(), picture.getKey());
            x += width + GAP;
        }
        g.dispose();
        return figure;
    }

    /** Writes {@link #draw} as a PNG. @throws UserException also if it cannot be written, or there are no fonts */
    public static void write(RunFolder run, String image, Tensor pixels, List<Integer> colours, int passes, Path png) {
        Fonts.require(png.getFileName().toString());
        PngFile.write(png, draw(run, image, pixels, colours, passes));
    }

    /** The same pictures as a strip of a page. */
    static String strip(RunFolder run, String image, Tensor pixels, List<Integer> colours, int passes) {
        Map<String, Optional<BufferedImage>> pictures = pictures(new MaskPanels(run, image, pixels, colours, SIDE),
                passes);
        StringBuilder html = new StringBuilder("<div class=\"strip\"><h3>").append(Html.text(image))
                .append("</h3>\n<div class=\"scroll\"><table><thead><tr>");
        pictures.keySet().forEach(caption -> html.append("<th>").append(caption).append("</th>"));
        html.append("</tr></thead>\n<tbody><tr>");
        pictures.forEach((caption, picture) -> html.append("<td>")
                .append(picture.map(p -> Html.image(p, image + ", " + caption))
                        .orElse("<span class=\"none\">not there</span>"))
                .append("</td>"));
        return html.append("</tr></tbody></table></div></div>\n").toString();
    }

    private static Map<String, Optional<BufferedImage>> pictures(MaskPanels panels, int passes) {
        Map<String, Optional<BufferedImage>> pictures = new LinkedHashMap<>();
        pictures.put("the image", Optional.of(panels.original()));
        pictures.put("background cue", panels.cue());
        pictures.put("training mask", panels.mask());
        for (int pass = 0; pass < passes; pass++)
            pictures.put(name(pass), panels.prediction(pass));
        return pictures;
    }

    /** What a pass of the training is called, from 0. */
    static String name(int pass) {
        return pass == 0 ? "first training" : "PSL++, pass " + pass;
    }
}
