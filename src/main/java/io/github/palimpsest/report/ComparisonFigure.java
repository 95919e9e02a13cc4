package io.github.palimpsest.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Stroke;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

import io.github.palimpsest.store.PngFile;
import io.github.palimpsest.task.UserException;

/** Shares as horizontal bars in percent, each with its range and beside a figure from elsewhere. */
public final class ComparisonFigure {

    private static final int MARGIN = 26;
    private static final int NAMES = 170;
    private static final int WIDTH = 560;
    private static final int ROW = 40;
    private static final int BAR = 22;
    private static final Color FILL = new Color(0x0072B2);
    private static final Color OUTLINE = new Color(0xD55E00);

    private ComparisonFigure() {}

    /**
     * A bar.
     *
     * @param name beside it
     * @param share 0..1; null where there is none
     * @param lowest of its range, 0..1; NaN where there is none
     * @param highest of its range
     * @param reference from elsewhere, 0..1; null where there is none
     * @param uncertain whether the reference is not sure
     */
    public record Bar(String name, Double share, double lowest, double highest, Double reference, boolean uncertain) {}

    /**
     * Writes the figure as a PNG.
     *
     * @param title above it
     * @throws UserException if it cannot be written, or there are no fonts
     */
    public static void write(String title, List<Bar> bars, Path png) {
        Fonts.require(png.getFileName().toString());
        PngFile.write(png, draw(title, bars));
    }

    static BufferedImage draw(String title, List<Bar> bars) {
        double end = end(bars);
        int left = MARGIN + NAMES;
        int top = MARGIN + 34;
        int bottom = top + ROW * bars.size();
        BufferedImage figure = new BufferedImage(left + WIDTH + 2 * MARGIN + 30, bottom + 24 + MARGIN,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = Ink.on(figure);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        g.setColor(Ink.DARK);
        g.drawString(Ink.fitting(g, title, figure.getWidth() - 2 * MARGIN), MARGIN, MARGIN + 8);
        for (int tenth = 0; tenth <= Math.round(10 * end); tenth++) {
            int x = left + (int) Math.round(WIDTH * tenth / (10 * end));
            g.setColor(Ink.RULE);
            g.drawLine(x, top, x, bottom);
            g.setColor(Ink.FAINT);
            String text = Integer.toString(10 * tenth);
            g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, bottom + 18);
        }
        for (int n = 0; n < bars.size(); n++)
            bar(g, bars.get(n), left, top + n * ROW + (ROW - BAR) / 2, WIDTH / end);
        g.dispose();
        return figure;
    }

    private static void bar(Graphics2D g, Bar bar, int left, int y, double scale) {
        g.setColor(Ink.DARK);
        String name = Ink.fitting(g, bar.name(), NAMES - 12);
        g.drawString(name, left - 10 - g.getFontMetrics().stringWidth(name), y + 16);
        int end = left;
        if (bar.share() != null && Double.isFinite(bar.share())) {
            end = left + (int) Math.round(scale * bar.share());
            g.setColor(FILL);
            g.fillRect(left, y, end - left, BAR);
            if (bar.highest() > bar.lowest()) {
                g.setColor(Ink.DARK);
                int from = left + (int) Math.round(scale * bar.lowest());
                int to = left + (int) Math.round(scale * bar.highest());
                g.drawLine(from, y + BAR / 2, to, y + BAR / 2);
                g.drawLine(from, y + 6, from, y + BAR - 7);
                g.drawLine(to, y + 6, to, y + BAR - 7);
                end = Math.max(end, to);
            }
        }
        if (bar.reference() != null) {
            Stroke before = g.getStroke();
            g.setStroke(bar.uncertain() ? new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 4,
                    new float[] {5, 4}, 0) : new BasicStroke(1.6f));
            g.setColor(OUTLINE);
            int width = (int) Math.round(scale * bar.reference());
            g.drawRect(left, y - 4, width, BAR + 7);
            g.setStroke(before);
            end = Math.max(end, left + width);
        }
        g.setColor(Ink.DARK);
        g.drawString(Html.number(bar.share() == null ? null : 100 * bar.share(), 1), end + 8, y + 16);
    }

    /** The end of the axis, a tenth. */
    private static double end(List<Bar> bars) {
        double highest = .1;
        for (Bar bar : bars)
            for (double value : new double[] {bar.share() == null ? 0 : bar.share(), bar.highest(),
                    bar.reference() == null ? 0 : bar.reference()})
                if (value > highest)
                    highest = value;
        return Math.ceil(10 * highest - 1e-9) / 10;
    }
}
