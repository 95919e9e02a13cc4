package io.github.palimpsest.view;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.util.Locale;

import javax.swing.JPanel;

import io.github.palimpsest.report.Ink;
import io.github.palimpsest.report.Palette;

/** What the rounds say of the pixel that was clicked: a line for each tag, a column for each round. */
final class PixelPanel extends JPanel {

    private static final long serialVersionUID = 1L;

    private static final int LINE = 19;
    private static final int TAG = 90;
    private static final int COLUMN = 70;

    private transient PixelReading reading;
    private String tag;
    private int round;

    PixelPanel(int width, int height) {
        setOpaque(false);
        setName("pixel");
        setPreferredSize(new Dimension(width, height));
        setMinimumSize(new Dimension(width, 3 * LINE));
    }

    /**
     * Shows a reading.
     *
     * @param newReading null for none
     * @param newTag that is looked at
     * @param newRound that is looked at
     */
    void show(PixelReading newReading, String newTag, int newRound) {
        reading = newReading;
        tag = newTag;
        round = newRound;
        getAccessibleContext().setAccessibleDescription(sentence());
        repaint();
    }

    /** The reading of the tag and round that are looked at, in words. */
    private String sentence() {
        if (reading == null)
            return "Click the image: tag, round and score of a pixel";
        String where = "x " + reading.x() + ", y " + reading.y();
        for (PixelReading.OfTag one : reading.tags())
            if (one.tag().equals(tag) && round > 0 && round <= one.scores().size())
                return String.format(Locale.ROOT, "%s: %s, round %d, score %s (%.0f %% of the maximum), %s", where, tag, round,
                        score(one.scores().get(round - 1)), 100 * one.shares().get(round - 1),
                        one.minedBy() == 0 ? "not mined" : "mined in round " + one.minedBy());
        return where;
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = Look.smooth(graphics);
        g.setFont(Look.font(Font.PLAIN, 11));
        g.setColor(Ink.FAINT);
        if (reading == null) {
            g.drawString(sentence() + ".", 0, 13);
        } else {
            g.drawString(Ink.fitting(g, "x " + reading.x() + ", y " + reading.y() + (reading.erasedBy() == 0
                    ? ", never erased" : ", erased in round " + reading.erasedBy()), getWidth()), 0, 13);
            int y = 13 + LINE;
            heads(g, y);
            for (PixelReading.OfTag one : reading.tags())
                line(g, one, y += LINE);
        }
        g.dispose();
    }

    /** So many rounds, the one that is looked at among them, have room. */
    private int first(int rounds) {
        return Math.max(0, Math.min(round - 1, rounds - room()));
    }

    private int room() {
        return Math.max(1, (getWidth() - TAG) / COLUMN);
    }

    private void heads(Graphics2D g, int y) {
        g.setColor(Ink.FAINT);
        g.setFont(Look.font(Font.PLAIN, 10));
        g.drawString("score, % of max.", 0, y);
        g.setFont(Look.font(Font.PLAIN, 11));
        int rounds = reading.tags().isEmpty() ? 0 : reading.tags().get(0).scores().size();
        for (int i = 0; i < Math.min(room(), rounds); i++) {
            int shown = first(rounds) + i + 1;
            g.setColor(new Color(Palette.round(shown)));
            g.fillRoundRect(x(i), y - 8, 8, 8, 3, 3);
            g.setColor(Ink.FAINT);
            g.drawString("round " + shown, x(i) + 12, y);
        }
    }

    private void line(Graphics2D g, PixelReading.OfTag one, int y) {
        boolean looked = one.tag().equals(tag);
        g.setFont(Look.font(looked ? Font.BOLD : Font.PLAIN, 11));
        g.setColor(Ink.DARK);
        g.drawString(Ink.fitting(g, one.tag(), TAG - 8), 0, y);
        for (int i = 0; i < Math.min(room(), one.scores().size()); i++) {
            int shown = first(one.scores().size()) + i;
            g.setFont(Look.font(looked && shown == round - 1 ? Font.BOLD : Font.PLAIN, 11));
            if (one.minedBy() == shown + 1) {
                g.setColor(new Color(Palette.mix(Palette.round(shown + 1), .22, Ink.PAPER.getRGB())));
                g.fillRoundRect(x(i) - 3, y - 12, COLUMN - 2, 16, 6, 6);
            }
            g.setColor(Ink.DARK);
            g.drawString(score(one.scores().get(shown)), x(i), y);
            g.setColor(Ink.FAINT);
            g.drawString(String.format(Locale.ROOT, "%.0f%%", 100 * one.shares().get(shown)), x(i) + 40, y);
        }
    }

    private static String score(double score) {
        return String.format(Locale.ROOT, score >= 100 ? "%.0f" : score >= 10 ? "%.1f" : score >= 1 ? "%.2f" : "%.3f", score);
    }

    private static int x(int column) {
        return TAG + COLUMN * column;
    }
}
