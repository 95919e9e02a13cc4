package io.github.palimpsest.windows;

import java.awt.AWTException;
import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.Container;
import java.awt.GraphicsEnvironment;
import java.awt.Menu;
import java.awt.MenuItem;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.TextComponent;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.awt.event.ItemEvent;
import java.awt.event.KeyEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import ij.Menus;

/** Eyes and hands of a user: finds windows, clicks, types, looks. */
final class Desktop {

    private static final int PATIENCE_IN_S = 30;

    private final Path screenshots;
    private final Robot robot;

    Desktop(Path screenshots) throws AWTException {
        this.screenshots = screenshots;
        robot = GraphicsEnvironment.isHeadless() ? null : new Robot();
        if (robot != null)
            robot.setAutoDelay(10);
    }

    /** The labels in a menu of ImageJ's menu bar, or in a submenu of it; separators are {@code -}. */
    List<String> menu(String... path) {
        Menu menu = findMenu(path);
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < menu.getItemCount(); i++)
            labels.add(menu.getItem(i).getLabel());
        return labels;
    }

    /** Chooses a command from ImageJ's menus with mouse and keyboard; the last word is the command. */
    void choose(String... path) {
        Window main = window("ImageJ");
        java.awt.MenuBar bar = Menus.getMenuBar();
        main.toFront();
        Point corner = main.getLocationOnScreen();
        click(corner.x + main.getInsets().left + 15, corner.y + main.getInsets().top - 10);
        robot.delay(300);
        // Backwards from the first menu: to the right, its first submenu would open.
        for (int i = bar.getMenuCount() - 1; !bar.getMenu(i).getLabel().equals(path[0]); i--)
            type(KeyEvent.VK_LEFT);
        type(KeyEvent.VK_LEFT);
        Menu menu = findMenu(path[0]);
        for (int depth = 1; depth < path.length; depth++) {
            // A menu opens with its first item marked.
            int steps = 0;
            for (int i = 0; !menu.getItem(i).getLabel().equals(path[depth]); i++)
                steps += menu.getItem(i).getLabel().equals("-") ? 0 : 1;
            for (int step = 0; step < steps; step++)
                type(KeyEvent.VK_DOWN);
            if (depth < path.length - 1) {
                type(KeyEvent.VK_RIGHT);
                menu = findMenu(java.util.Arrays.copyOf(path, depth + 1));
            }
        }
        type(KeyEvent.VK_ENTER);
    }

    /** The visible window of a title, waited for. */
    Window window(String title) {
        Window[] found = new Window[1];
        await(() -> (found[0] = visible(title)) != null, "a window named '" + title + "'");
        Rectangle[] before = new Rectangle[1];
        await(() -> {
            robot.delay(60);
            robot.waitForIdle();
            Rectangle now = found[0].getBounds();
            boolean resting = now.equals(before[0]);
            before[0] = now;
            return resting;
        }, "rest of '" + title + "'");
        return found[0];
    }

    /** Whether a window of this title can be seen now. */
    boolean isVisible(String title) {
        return visible(title) != null;
    }

    /** The titles of all windows that can be seen. */
    List<String> titles() {
        return Stream.of(Window.getWindows()).filter(Window::isShowing).map(Desktop::title).toList();
    }

    /** All components of a type in a window, from the first to the last. */
    <C> List<C> all(Class<C> type, Container container) {
        List<C> found = new ArrayList<>();
        for (Component component : container.getComponents()) {
            if (type.isInstance(component) && component.isVisible())
                found.add(type.cast(component));
            if (component instanceof Container inner)
                found.addAll(all(type, inner));
        }
        return found;
    }

    /** Fills a field of one of our dialogs, which are named by their keys. */
    void fill(Window dialog, String key, String value) throws Exception {
        Component field = field(dialog, key);
        onEvents(() -> {
            if (field instanceof TextComponent text)
                text.setText(value);
            else if (field instanceof Choice choice) {
                choice.select(value);
                // As the mouse does; select() alone tells nobody.
                choice.dispatchEvent(new ItemEvent(choice, ItemEvent.ITEM_STATE_CHANGED, value, ItemEvent.SELECTED));
            } else if (field instanceof Checkbox box) {
                box.setState(Boolean.parseBoolean(value));
                box.dispatchEvent(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box.getLabel(), ItemEvent.SELECTED));
            }
            return null;
        });
        robot.waitForIdle();
    }

    /** The field of a key. */
    Component field(Window dialog, String key) {
        return all(Component.class, dialog).stream().filter(component -> key.equals(component.getName())).findFirst()
                .orElseThrow(() -> new AssertionError("There is no field " + key + " in " + dialog));
    }

    /** The button of a label, which may have blanks around it. */
    Button button(Window dialog, String label) {
        return all(Button.class, dialog).stream().filter(button -> button.getLabel().strip().startsWith(label)).findFirst()
                .orElseThrow(() -> new AssertionError("There is no button " + label + " in " + dialog));
    }

    /** Clicks the middle of a component, when it has come to rest. */
    void click(Component component) {
        await(() -> {
            Point corner = component.getLocationOnScreen();
            robot.mouseMove(corner.x + component.getWidth() / 2, corner.y + component.getHeight() / 2);
            robot.waitForIdle();
            return component.getMousePosition() != null;
        }, "a way to " + component);
        robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
        robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
        robot.waitForIdle();
    }

    /** Clicks a point of the screen. */
    void click(int x, int y) {
        robot.mouseMove(x, y);
        robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
        robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
        robot.waitForIdle();
    }

    /** Presses and releases a key of {@link KeyEvent}. */
    void type(int key) {
        robot.keyPress(key);
        robot.keyRelease(key);
        robot.waitForIdle();
    }

    /** Types small letters, digits and what is in plain paths over whatever the field with the focus holds; or empties it. */
    void typeOver(String text) {
        robot.keyPress(KeyEvent.VK_CONTROL);
        type(KeyEvent.VK_A);
        robot.keyRelease(KeyEvent.VK_CONTROL);
        if (text.isEmpty())
            type(KeyEvent.VK_DELETE);
        for (char letter : text.toCharArray())
            type(KeyEvent.getExtendedKeyCodeForChar(letter));
    }

    /** Waits until something is so. */
    void await(BooleanSupplier so, String what) {
        await(PATIENCE_IN_S, so, what);
    }

    /** Waits some seconds until something is so. */
    void await(int seconds, BooleanSupplier so, String what) {
        long end = System.currentTimeMillis() + seconds * 1000L;
        while (!so.getAsBoolean()) {
            if (System.currentTimeMillis() > end)
                throw new AssertionError("There was not " + what + ". Windows: " + titles());
            pause(20);
        }
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The scene is over.", e);
        }
    }

    /** Does something on the thread of events, where windows may be touched, and returns what comes of it. */
    <T> T onEvents(Callable<T> work) throws Exception {
        Object[] result = new Object[1];
        Exception[] thrown = new Exception[1];
        java.awt.EventQueue.invokeAndWait(() -> {
            try {
                result[0] = work.call();
            } catch (Exception e) {
                thrown[0] = e;
            }
        });
        if (thrown[0] != null)
            throw thrown[0];
        @SuppressWarnings("unchecked")
        T value = (T) result[0];
        return value;
    }

    /** Keeps what the whole screen shows, as {@code target/screenshots/NAME.png}. */
    void screenshot(String name) {
        if (robot == null)
            return;
        robot.delay(150);
        Rectangle all = new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());
        File file = screenshots.resolve(name + ".png").toFile();
        try {
            ImageIO.write(robot.createScreenCapture(all), "png", file);
        } catch (IOException e) {
            throw new AssertionError("No screenshot " + file, e);
        }
    }

    private static Menu findMenu(String... path) {
        Menu menu = null;
        for (int i = 0; i < Menus.getMenuBar().getMenuCount(); i++)
            if (Menus.getMenuBar().getMenu(i).getLabel().equals(path[0]))
                menu = Menus.getMenuBar().getMenu(i);
        for (int depth = 1; menu != null && depth < path.length; depth++)
            menu = submenu(menu, path[depth]);
        if (menu == null)
            throw new AssertionError("There is no menu " + String.join(" > ", path));
        return menu;
    }

    private static Menu submenu(Menu menu, String label) {
        for (int i = 0; i < menu.getItemCount(); i++) {
            MenuItem item = menu.getItem(i);
            if (item instanceof Menu inner && inner.getLabel().equals(label))
                return inner;
        }
        return null;
    }

    private static Window visible(String title) {
        return Stream.of(Window.getWindows()).filter(Window::isShowing).filter(window -> title(window).equals(title))
                .findFirst().orElse(null);
    }

    private static String title(Window window) {
        return window instanceof java.awt.Dialog dialog ? dialog.getTitle()
                : window instanceof java.awt.Frame frame ? frame.getTitle() : String.valueOf(window.getName());
    }
}
