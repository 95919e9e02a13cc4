package io.github.palimpsest.imagej;

import java.awt.Color;
import java.awt.Font;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import io.github.palimpsest.segmentation.model.ModelDescription;

/** What the values of a label image mean. */
final class Legend {

    private static final int LINE = 22;
    private static final int SWATCH = 30;
    private static final int MARGIN = 8;
    private static final int WIDEST = 260;
    private static final int LINES_IN_A_COLUMN = 30;
    private static final int MOST_COLUMNS = 8;

    private Legend() {}

    /** A label's name. */
    static String name(ModelDescription model, int label) {
        return label == 0 ? "background" : model.tags().get(label - 1);
    }

    /** A line for each label: value, tag and colour. */
    static String text(ModelDescription model) {
        StringBuilder text = new StringBuilder();
        for (int label = 0; label <= model.tags().size(); label++)
            text.append(label).append(": ").append(name(model, label)).append(" (").append(model.colours().get(label))
                    .append(")\n");
        return text.toString();
    }

    /** A picture of colours, values and tags; of very many tags the first ones. */
    static ImagePlus picture(String title, ModelDescription model) {
        int count = Math.min(model.tags().size() + 1, MOST_COLUMNS * LINES_IN_A_COLUMN);
        boolean all = count == model.tags().size() + 1;
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
        ImageProcessor ruler = new ColorProcessor(1, 1);
        ruler.setFont(font);
        int wide = 60;
        for (int label = 0; label < count; label++)
            wide = Math.max(wide, Math.min(WIDEST, ruler.getStringWidth(line(model, label))));
        int column = MARGIN + SWATCH + MARGIN + wide + MARGIN;
        int columns = (count + LINES_IN_A_COLUMN - 1) / LINES_IN_A_COLUMN;
        int lines = Math.min(count, LINES_IN_A_COLUMN) + (all ? 0 : 1);
        ImageProcessor picture = new ColorProcessor(columns * column, lines * LINE + 2 * MARGIN);
        picture.setColor(Color.WHITE);
        picture.fill();
        picture.setFont(font);
        picture.setAntialiasedText(true);
        for (int label = 0; label < count; label++) {
            int x = label / LINES_IN_A_COLUMN * column + MARGIN;
            int y = label % LINES_IN_A_COLUMN * LINE + MARGIN;
            picture.setColor(new Color(model.rgb().get(label)));
            picture.fillRect(x, y + 2, SWATCH, LINE - 4);
            picture.setColor(Color.BLACK);
            picture.drawString(line(model, label), x + SWATCH + MARGIN, y + LINE - 2);
        }
        if (!all)
            picture.drawString("... and " + (model.tags().size() + 1 - count) + " more: Image > Show Info of the labels",
                    MARGIN, lines * LINE + MARGIN - 4);
        return new ImagePlus(title, picture);
    }

    private static String line(ModelDescription model, int label) {
        return label + "  " + name(model, label);
    }
}
