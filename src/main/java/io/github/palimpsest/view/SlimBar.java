package io.github.palimpsest.view;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Insets;
import java.awt.Rectangle;

import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.plaf.basic.BasicScrollBarUI;

import io.github.palimpsest.report.Ink;

/** A narrow scroll bar without arrows. */
final class SlimBar extends BasicScrollBarUI {

    @Override
    protected void configureScrollBarColors() {
        thumbColor = Ink.RULE;
        trackColor = Look.FIELD;
    }

    /** Of ten thousand images a window shows so few that their share could not be seen. */
    @Override
    protected Dimension getMinimumThumbSize() {
        return new Dimension(8, 28);
    }

    @Override
    protected void paintThumb(Graphics graphics, JComponent c, Rectangle place) {
        Graphics2D g = Look.smooth(graphics);
        g.setColor(new Color(0xC3BAAA));
        g.fillRoundRect(place.x + 2, place.y + 2, place.width - 4, place.height - 4, 6, 6);
        g.dispose();
    }

    @Override
    protected void paintTrack(Graphics g, JComponent c, Rectangle place) {
        g.setColor(Look.FIELD);
        g.fillRect(place.x, place.y, place.width, place.height);
    }

    @Override
    protected JButton createDecreaseButton(int orientation) {
        return nothing();
    }

    @Override
    protected JButton createIncreaseButton(int orientation) {
        return nothing();
    }

    private static JButton nothing() {
        JButton button = new JButton();
        button.setMargin(new Insets(0, 0, 0, 0));
        button.setPreferredSize(new Dimension(0, 0));
        return button;
    }
}
