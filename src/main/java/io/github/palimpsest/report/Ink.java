package io.github.palimpsest.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** What figures and windows are drawn with: the colours of their paper, text and lines. */
public final class Ink {

    /** Behind everything. */
    public static final Color PAPER = new Color(0xFDFCF9);
    /** Of text. */
    public static final Color DARK = new Color(0x26221D);
    /** Of text that explains. */
    public static final Color FAINT = new Color(0x766E63);
    /** Of lines and of what is not there. */
    public static final Color RULE = new Color(0xDDD6CA);

    private Ink() {}

    /** Begins a figure: covers it with paper and draws smoothly from then on. */
    static Graphics2D on(BufferedImage figure) {
        Graphics2D g = figure.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        // A small image keeps its own pixels: a smooth one would claim more, and its file is twice as large.
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        g.setColor(PAPER);
        g.fillRect(0, 0, figure.getWidth(), figure.getHeight());
        return g;
    }

    /** A text, shortened if it is wider than this in the current font. */
    public static String fitting(Graphics2D g, String text, int most) {
        String shown = text;
        while (shown.length() > 1 && g.getFontMetrics().stringWidth(shown) > most)
            shown = shown.substring(0, shown.length() - 2) + "…";
        return shown;
    }
}
