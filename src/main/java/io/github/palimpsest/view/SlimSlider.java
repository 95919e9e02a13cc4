package io.github.palimpsest.view;

import java.awt.BasicStroke;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Point;

import javax.swing.JSlider;
import javax.swing.plaf.basic.BasicSliderUI;

import io.github.palimpsest.report.Ink;

/** A slider as a line with a ring, filled up to its value. */
final class SlimSlider extends BasicSliderUI {

    SlimSlider(JSlider slider) {
        super(slider);
    }

    @Override
    protected Dimension getThumbSize() {
        return new Dimension(14, 14);
    }

    @Override
    public void paintTrack(Graphics graphics) {
        Graphics2D g = Look.smooth(graphics);
        int y = trackRect.y + trackRect.height / 2 - 2;
        g.setColor(Ink.RULE);
        g.fillRoundRect(trackRect.x, y, trackRect.width, 4, 4, 4);
        if (slider.isEnabled()) {
            g.setColor(Look.ACCENT);
            g.fillRoundRect(trackRect.x, y, thumbRect.x + thumbRect.width / 2 - trackRect.x, 4, 4, 4);
        }
        g.dispose();
    }

    @Override
    public void paintThumb(Graphics graphics) {
        Graphics2D g = Look.smooth(graphics);
        g.setColor(Look.FIELD);
        g.fillOval(thumbRect.x + 1, thumbRect.y + 1, 11, 11);
        g.setColor(slider.isEnabled() ? Look.ACCENT : Ink.RULE);
        g.setStroke(new BasicStroke(slider.isFocusOwner() ? 3 : 1.8f));
        g.drawOval(thumbRect.x + 1, thumbRect.y + 1, 11, 11);
        g.dispose();
    }

    @Override
    public void paintFocus(Graphics g) {
        // The knob shows it.
    }

    /** A click on the track goes there at once. */
    @Override
    protected void scrollDueToClickInTrack(int direction) {
        Point mouse = slider.getMousePosition();
        if (mouse != null)
            slider.setValue(valueForXPosition(mouse.x));
    }
}
