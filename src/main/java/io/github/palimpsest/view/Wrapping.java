package io.github.palimpsest.view;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.LayoutManager;

/** Components beside each other, in as many lines as a given width needs. */
record Wrapping(int width, int gap) implements LayoutManager {

    @Override
    public void addLayoutComponent(String name, Component component) {
        // All that counts is their order.
    }

    @Override
    public void removeLayoutComponent(Component component) {
        // All that counts is their order.
    }

    @Override
    public Dimension preferredLayoutSize(Container parent) {
        return new Dimension(width, place(parent, false));
    }

    @Override
    public Dimension minimumLayoutSize(Container parent) {
        return preferredLayoutSize(parent);
    }

    @Override
    public void layoutContainer(Container parent) {
        place(parent, true);
    }

    /** The height that they need. */
    private int place(Container parent, boolean really) {
        int x = 0;
        int y = 0;
        int line = 0;
        for (Component component : parent.getComponents()) {
            Dimension size = component.getPreferredSize();
            size.width = Math.min(width, size.width);
            if (x > 0 && x + size.width > width) {
                x = 0;
                y += line + gap;
                line = 0;
            }
            if (really)
                component.setBounds(x, y, size.width, size.height);
            x += size.width + gap;
            line = Math.max(line, size.height);
        }
        return y + line;
    }
}
