package io.github.palimpsest.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Button;
import java.awt.Dimension;
import java.awt.Label;
import java.awt.Rectangle;
import java.awt.TextArea;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import ij.IJ;
import ij.plugin.frame.Recorder;
import io.github.palimpsest.command.CommandDefinition;

/** What the dialogs show, and what they do when they are filled. */
@ExtendWith(SharedImageJ.class)
class DialogIT {

    static List<String> labels() {
        return CommandDefinition.all().stream().filter(command -> !command.name().startsWith("test-"))
                .map(CommandDefinition::label).toList();
    }

    @Test
    void everyDialogFitsTheScreenAndCanBeCancelled(PlainImageJ imagej) {
        // Without an image those that segment one do not ask, but say so.
        imagej.play(desktop -> {
            IJ.createImage("cells", "8-bit black", 64, 64, 1).show();
            return null;
        });
        for (String label : labels()) {
            String title = label.replace("...", "");
            String name = title.toLowerCase().replaceAll("[^a-z]+", "-");
            imagej.play(desktop -> {
                IJ.doCommand(label);
                Window dialog = desktop.window(title);
                desktop.screenshot("dialog-" + name);
                Rectangle screen = new Rectangle(0, 0, Screen.WIDTH, Screen.HEIGHT);
                assertTrue(screen.contains(dialog.getBounds()), title + " " + dialog.getBounds());
                for (Button button : desktop.all(Button.class, dialog))
                    if (button.getLabel().startsWith("Advanced")) {
                        desktop.click(button);
                        Window advanced = desktop.window(title + ": advanced settings");
                        desktop.screenshot("dialog-" + name + "-advanced");
                        assertTrue(screen.contains(advanced.getBounds()), title + " " + advanced.getBounds());
                        desktop.type(KeyEvent.VK_ESCAPE);
                        desktop.await(() -> !advanced.isShowing(), "an end of the advanced settings");
                    }
                desktop.type(KeyEvent.VK_ESCAPE);
                desktop.await(() -> !dialog.isShowing(), "an end of the dialog");
                return null;
            });
        }
        imagej.play(desktop -> IJ.runMacro("close('*');"));
    }

    /** However a test ends, the next one begins without its windows. */
    @AfterEach
    void end(PlainImageJ imagej) {
        closeAll(imagej);
    }

    static void closeAll(PlainImageJ imagej) {
        imagej.play(desktop -> {
            IJ.runMacro("close('*');");
            for (Window window : Window.getWindows())
                if (window.isShowing() && window != IJ.getInstance() && window != Recorder.getInstance())
                    desktop.onEvents(() -> {
                        window.dispose();
                        return null;
                    });
            return null;
        });
    }

    /** Neither a window nor a thread is left. */
    static void leaveTidy(Desktop desktop, String title) {
        IJ.runMacro("close('*');");
        desktop.await(() -> List.of("ImageJ", "Recorder", "Log").containsAll(desktop.titles()), "a tidy desk");
        desktop.await(() -> !RecorderIT.isAtWork(title + "...") && Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("palimpsest")), "an end of all threads");
    }

    @Test
    void whatWasRunIsThereNextTimeAndWhatWasCancelledIsNot(PlainImageJ imagej) {
        imagej.play(desktop -> {
            for (String[] entry : new String[][] {{"evaluate", "Run"}, {"ablate", "Cancel"}}) {
                IJ.doCommand("Help...");
                Window dialog = desktop.window("Help");
                desktop.fill(dialog, "about", entry[0]);
                desktop.click(desktop.button(dialog, entry[1]));
                leaveTidy(desktop, "Help");
            }
            IJ.doCommand("Help...");
            Window dialog = desktop.window("Help");
            assertEquals("evaluate", ((TextField) desktop.field(dialog, "about")).getText());
            desktop.fill(dialog, "about", "");
            desktop.click(desktop.button(dialog, "Run"));
            leaveTidy(desktop, "Help");
            return null;
        });
    }

    @Test
    void noDialogCanBeMadeTooSmallForItsButtons(PlainImageJ imagej) {
        imagej.play(desktop -> {
            IJ.doCommand("Train from Tags...");
            Window dialog = desktop.window("Train from Tags");
            Dimension before = dialog.getSize();
            desktop.onEvents(() -> {
                dialog.setSize(200, 100);
                return null;
            });
            desktop.window("Train from Tags");
            assertEquals(before, dialog.getSize());
            desktop.click(desktop.button(dialog, "Cancel"));
            leaveTidy(desktop, "Train from Tags");
            return null;
        });
    }

    @Test
    void aFolderIsLookedIntoWhenItIsChosen(PlainImageJ imagej) {
        imagej.play(desktop -> {
            IJ.run("Create Sample Data...", "output=looked images=20 size=64");
            IJ.doCommand("Train from Tags...");
            Window dialog = desktop.window("Train from Tags");
            desktop.fill(dialog, "images", "looked");
            TextArea view = desktop.all(TextArea.class, dialog).get(0);
            desktop.await(() -> view.getText().startsWith("Found 20 images"), "a view of the folder: " + view.getText());
            assertTrue(view.getText().contains("Tags: ") && view.getText().contains("Warning: Only"), view.getText());
            desktop.screenshot("looked-into");
            desktop.fill(dialog, "split", "nonsense");
            desktop.await(() -> view.getText().contains("nonsense"), "a complaint about the split: " + view.getText());
            desktop.click(desktop.button(dialog, "Cancel"));
            desktop.await(() -> !dialog.isShowing() && threads("palimpsest-folder-view") == 0, "an end of looking");
            return null;
        });
    }

    @Test
    void aSecondRunIsRefusedAndTheFirstCanBeCancelled(PlainImageJ imagej) throws IOException {
        Path output = imagej.folder().resolve("long");
        imagej.play(desktop -> {
            start(desktop, "long");
            Window progress = desktop.window("At work: Create Sample Data");
            desktop.screenshot("at-work");
            start(desktop, "second");
            Window message = desktop.window("Palimpsest");
            desktop.screenshot("refused");
            desktop.click(desktop.button(message, "OK"));
            desktop.await(() -> !message.isShowing(), "an end of the message");
            desktop.click(desktop.button(progress, "Cancel"));
            desktop.await(2, () -> !progress.isShowing() || desktop.all(Label.class, progress).get(0).getText()
                    .startsWith("Stopping after the current step"), "word that it is stopping");
            desktop.await(() -> !progress.isShowing() && !RecorderIT.isAtWork("Create Sample Data..."), "an end of the work");
            return null;
        });
        assertTrue(Files.readString(output.resolve("status.json")).contains("\"cancelled\""));
        assertTrue(Files.exists(output.resolve("images")), "what is finished stays");
        assertFalse(Files.exists(imagej.folder().resolve("second")), "the second run has not begun");
    }

    private static void start(Desktop desktop, String output) throws Exception {
        IJ.doCommand("Create Sample Data...");
        Window dialog = desktop.window("Create Sample Data");
        desktop.fill(dialog, "output", output);
        desktop.fill(dialog, "images", "9999");
        desktop.fill(dialog, "size", "64");
        desktop.click(desktop.button(dialog, "Run"));
        desktop.await(() -> !dialog.isShowing(), "an end of the dialog");
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals(name)).count();
    }
}
