package io.github.palimpsest.command.dialog;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.awt.GridBagLayout;
import java.awt.Panel;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.ScrollPane;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;

import ij.gui.GenericDialog;

/**
 * A dialog of ImageJ whose buttons can always be reached: it cannot be made smaller than its contents, and where these do not
 * fit the screen, the fields scroll. What was added last, the notes, stays in sight with the buttons.
 */
final class FittingDialog extends GenericDialog {

    private static final long serialVersionUID = 1L;

    private static final Dimension LEAST = new Dimension(420, 260);
    /** A scroll bar and the border. */
    private static final int BAR = 24;
    private static final int STEP = 20;

    FittingDialog(String title) {
        super(title);
    }

    /** ImageJ calls this when all is laid out and nothing is shown yet. */
    @Override
    protected void setup() {
        Rectangle screen = GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
        if (getWidth() <= screen.width && getHeight() <= screen.height)
            setMinimumSize(getSize());
        else
            scrollWithin(screen.getSize());
    }

    private void scrollWithin(Dimension screen) {
        GridBagLayout before = (GridBagLayout) getLayout();
        Component[] all = getComponents();
        Panel fields = new Panel(new GridBagLayout());
        for (Component field : all)
            fields.add(field, before.getConstraints(field));
        ScrollPane pane = new ScrollPane(ScrollPane.SCROLLBARS_AS_NEEDED);
        pane.getVAdjustable().setUnitIncrement(STEP);
        Panel below = new Panel(new BorderLayout(0, 4));
        below.add(all[all.length - 2], BorderLayout.CENTER);
        below.add(all[all.length - 1], BorderLayout.SOUTH);
        setLayout(new BorderLayout(0, 4));
        add(pane, BorderLayout.CENTER);
        add(below, BorderLayout.SOUTH);
        pane.add(fields);
        Dimension wanted = fields.getPreferredSize();
        pane.setPreferredSize(new Dimension(wanted.width + BAR, wanted.height + BAR));
        follow(fields, pane, fields);
        pack();
        setMinimumSize(new Dimension(Math.min(LEAST.width, screen.width), Math.min(LEAST.height, screen.height)));
        setSize(Math.min(getWidth(), screen.width), Math.min(getHeight(), screen.height));
        validate();
    }

    /** Who goes from field to field with the keyboard must see where they are. */
    private static void follow(Container container, ScrollPane pane, Panel fields) {
        for (Component component : container.getComponents()) {
            component.addFocusListener(new FocusAdapter() {
                @Override
                public void focusGained(FocusEvent event) {
                    show(component, pane, fields);
                }
            });
            if (component instanceof Container inner)
                follow(inner, pane, fields);
        }
    }

    private static void show(Component component, ScrollPane pane, Panel fields) {
        Rectangle place = new Rectangle(component.getSize());
        for (Component at = component; at != fields; at = at.getParent())
            place.translate(at.getX(), at.getY());
        Point corner = pane.getScrollPosition();
        Dimension seen = pane.getViewportSize();
        pane.setScrollPosition(shifted(corner.x, seen.width, place.x, place.width),
                shifted(corner.y, seen.height, place.y, place.height));
    }

    /** Where a view of some length must begin for a stretch to be in it, if it can be; where it does already, if it is. */
    private static int shifted(int begin, int length, int from, int extent) {
        return Math.max(0, Math.min(from, Math.max(begin, from + extent - length)));
    }
}
