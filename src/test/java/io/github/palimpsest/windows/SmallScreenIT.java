package io.github.palimpsest.windows;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Button;
import java.awt.Component;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.ScrollPane;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.util.List;

import org.junit.jupiter.api.Test;

import ij.IJ;

/** On a screen of 800 by 600 the fields of a large dialog scroll, and its buttons are there. */
class SmallScreenIT {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;

    @Test
    void everyButtonCanBeReached() throws Exception {
        try (PlainImageJ imagej = PlainImageJ.start("small screen", WIDTH, HEIGHT)) {
            boolean scrolled = false;
            // The tallest ones, and the widest.
            for (String title : List.of("Train from Tags", "Train AE Classifiers", "Train Segmentation (PSL)", "Ablation Table"))
                scrolled |= imagej.<Boolean>play(desktop -> {
                    IJ.doCommand(title + "...");
                    Window dialog = desktop.window(title);
                    boolean scrolls = look(desktop, dialog, "Run", title);
                    Button more = desktop.button(dialog, "Advanced");
                    desktop.onEvents(() -> {
                        more.requestFocus();
                        return null;
                    });
                    desktop.await(() -> onScreen(more), "a way to the advanced settings");
                    desktop.click(more);
                    Window advanced = desktop.window(title + ": advanced settings");
                    scrolls |= look(desktop, advanced, "OK", title + " advanced");
                    desktop.click(desktop.button(advanced, "OK"));
                    desktop.await(() -> !advanced.isShowing(), "an end of the advanced settings");
                    desktop.click(desktop.button(dialog, "Cancel"));
                    desktop.await(() -> !dialog.isShowing(), "an end of the dialog");
                    return scrolls;
                });
            assertTrue(scrolled, "there is a dialog that this screen is too small for");
        }
    }

    /** Its buttons are on the screen, the last field is when the keyboard goes there; returns whether the dialog scrolls. */
    private static boolean look(Desktop desktop, Window dialog, String ok, String title) throws Exception {
        desktop.screenshot("small-" + title.toLowerCase().replaceAll("[^a-z]+", "-"));
        assertTrue(new Rectangle(WIDTH, HEIGHT).contains(dialog.getBounds()), title + " " + dialog.getBounds());
        assertTrue(onScreen(desktop.button(dialog, ok)) && onScreen(desktop.button(dialog, "Cancel")), title);
        List<ScrollPane> panes = desktop.all(ScrollPane.class, dialog);
        if (panes.isEmpty())
            return false;
        List<Component> fields = desktop.all(Component.class, dialog).stream().filter(field -> field.getName() != null
                && field.getName().matches("[a-z_]+")).toList();
        Component last = fields.get(fields.size() - 1);
        desktop.onEvents(() -> {
            last.requestFocus();
            return null;
        });
        desktop.await(() -> within(last, panes.get(0)), "the last field in sight");
        desktop.type(KeyEvent.VK_TAB);
        desktop.screenshot("small-" + title.toLowerCase().replaceAll("[^a-z]+", "-") + "-end");
        return true;
    }

    private static boolean within(Component field, ScrollPane pane) {
        Rectangle view = new Rectangle(pane.getLocationOnScreen(), pane.getSize());
        return view.contains(new Rectangle(field.getLocationOnScreen(), field.getSize()));
    }

    private static boolean onScreen(Component component) {
        Point corner = component.getLocationOnScreen();
        return new Rectangle(WIDTH, HEIGHT).contains(new Rectangle(corner, component.getSize()));
    }
}
