package io.github.palimpsest.view;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Rectangle;

import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.Scrollable;

/** Groups of controls below each other, as wide as there is room for and scrolled where they are too high. */
final class Column extends JPanel implements Scrollable {

    private static final long serialVersionUID = 1L;

    Column() {
        setLayout(new BoxLayout(this, BoxLayout.Y_AXIS));
        setOpaque(false);
    }

    void add(String heading, JComponent controls) {
        JPanel group = new JPanel(new BorderLayout(0, 6)) {
            private static final long serialVersionUID = 1L;

            @Override
            public Dimension getMaximumSize() {
                return new Dimension(Integer.MAX_VALUE, getPreferredSize().height);
            }
        };
        group.setOpaque(false);
        group.setBorder(BorderFactory.createEmptyBorder(0, 0, 16, 0));
        group.add(Look.heading(heading), BorderLayout.NORTH);
        group.add(controls, BorderLayout.CENTER);
        group.setAlignmentX(0);
        add(group);
    }

    @Override
    public Dimension getPreferredScrollableViewportSize() {
        return getPreferredSize();
    }

    @Override
    public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
        return 20;
    }

    @Override
    public int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
        return visible.height;
    }

    @Override
    public boolean getScrollableTracksViewportWidth() {
        return true;
    }

    @Override
    public boolean getScrollableTracksViewportHeight() {
        return false;
    }
}
