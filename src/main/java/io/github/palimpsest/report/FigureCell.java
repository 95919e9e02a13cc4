package io.github.palimpsest.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * A place in a figure's grid: a picture with a caption under it, a heading above.
 *
 * @param g of the figure
 * @param width of the picture in pixels
 * @param height of it
 */
record FigureCell(Graphics2D g, int width, int height) {

    void heading(int x, int y, String text, Color colour) {
        write(text, x, y + 17, Font.BOLD, 17, colour, width - 22);
    }

    /** A round's colour. */
    void swatch(int x, int y, int round) {
        swatch(x, y, new Color(Palette.round(round)));
    }

    void swatch(int x, int y, Color colour) {
        g.setColor(colour);
        g.fill(new RoundRectangle2D.Double(x, y + 4, 14, 14, 5, 5));
    }

    /** A picture, or a blank where there is none. */
    void panel(int x, int y, Optional<BufferedImage> picture, String caption) {
        if (picture.isPresent()) {
            g.drawImage(picture.get(), x, y, width, height, null);
            g.setColor(new Color(0, 0, 0, 40));
            g.drawRect(x, y, width - 1, height - 1);
        } else {
            g.setColor(Ink.RULE);
            g.fillRect(x, y, width, height);
        }
        write(caption, x, y + height + 19, Font.PLAIN, 14, Ink.FAINT, width);
    }

    private void write(String text, int x, int baseline, int style, int size, Color colour, int most) {
        g.setFont(new Font(Font.SANS_SERIF, style, size));
        String shown = Ink.fitting(g, text, most);
        g.setColor(colour);
        g.drawString(shown, x, baseline);
    }
}
