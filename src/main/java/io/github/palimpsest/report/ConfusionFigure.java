package io.github.palimpsest.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.github.palimpsest.evaluation.ConfusionMatrix;
import io.github.palimpsest.store.PngFile;
import io.github.palimpsest.task.UserException;

/**
 * A confusion matrix as a picture: a row for every true class, a column for every class that was given, in percent of
 * the row's pixels.
 */
public final class ConfusionFigure {

    /** What the file is called. */
    public static final String FILE = "confusion.png";

    /** More classes than this cannot be read; the largest are shown. */
    static final int MOST = 60;

    private static final int FULL = 0x0B4F7D;
    private static final int MARGIN = 24;
    private static final int CELL = 42;
    private static final int LONGEST_NAME = 170;

    private ConfusionFigure() {}

    /**
     * Writes the picture as a PNG.
     *
     * @param classes names of the matrix's labels, the background first
     * @throws UserException if it cannot be written, or there are no fonts
     */
    public static void write(List<String> classes, ConfusionMatrix matrix, Path png) {
        Fonts.require(png.getFileName().toString());
        PngFile.write(png, draw(classes, matrix));
    }

    /** Draws the picture. */
    static BufferedImage draw(List<String> classes, ConfusionMatrix matrix) {
        List<Integer> shown = shown(matrix);
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
        Graphics2D ruler = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        int names = Math.min(LONGEST_NAME, shown.stream()
                .mapToInt(label -> ruler.getFontMetrics(font).stringWidth(classes.get(label))).max().orElse(0)) + 12;
        ruler.dispose();
        int left = MARGIN + 24 + names;
        int top = MARGIN + 24 + names;
        int side = CELL * shown.size();
        String foot = "% of each true class' pixels" + (shown.size() < classes.size()
                ? "; the " + MOST + " largest of " + classes.size() + " classes" : "");
        BufferedImage figure = new BufferedImage(Math.max(left + side + MARGIN, left + 330), top + side + MARGIN + 24,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = Ink.on(figure);
        g.setFont(font);
        for (int n = 0; n < shown.size(); n++) {
            g.setColor(Ink.DARK);
            String name = Ink.fitting(g, classes.get(shown.get(n)), names - 12);
            int middle = n * CELL + CELL / 2 + 5;
            g.drawString(name, left - 8 - g.getFontMetrics().stringWidth(name), top + middle);
            upwards(g, name, left + middle, top - 8);
            for (int m = 0; m < shown.size(); m++)
                cell(g, left + m * CELL, top + n * CELL, matrix, shown.get(n), shown.get(m));
        }
        g.setColor(Ink.RULE);
        for (int n = 0; n <= shown.size(); n++) {
            g.drawLine(left + n * CELL, top, left + n * CELL, top + side);
            g.drawLine(left, top + n * CELL, left + side, top + n * CELL);
        }
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        g.setColor(Ink.DARK);
        g.drawString("given", left, MARGIN + 6);
        upwards(g, "true class", MARGIN + 6, top + Math.max(side, 76));
        g.setFont(font);
        g.setColor(Ink.FAINT);
        g.drawString(foot, left, top + side + 28);
        g.dispose();
        return figure;
    }

    /** The classes with the most pixels, true or given, in their order. */
    private static List<Integer> shown(ConfusionMatrix matrix) {
        return IntStream.range(0, matrix.labels()).boxed()
                .sorted(Comparator.comparingLong((Integer n) -> -matrix.ofTruth(n) - matrix.ofPrediction(n)))
                .limit(MOST).sorted().toList();
    }

    private static void cell(Graphics2D g, int x, int y, ConfusionMatrix matrix, int truth, int given) {
        long row = matrix.ofTruth(truth);
        double share = row == 0 ? 0 : (double) matrix.count(truth, given) / row;
        g.setColor(new Color(Palette.mix(FULL, share, 0xFFFFFF)));
        g.fillRect(x, y, CELL, CELL);
        String text = row == 0 ? "–" : share == 0 ? "" : share < .005 ? "<1" : Html.number(100 * share, 0);
        g.setColor(row == 0 ? Ink.FAINT : share > .5 ? Color.WHITE : Ink.DARK);
        g.drawString(text, x + (CELL - g.getFontMetrics().stringWidth(text)) / 2, y + CELL / 2 + 5);
    }

    private static void upwards(Graphics2D g, String text, int x, int y) {
        AffineTransform before = g.getTransform();
        g.translate(x, y);
        g.rotate(-Math.PI / 2);
        g.drawString(text, 0, 0);
        g.setTransform(before);
    }
}
