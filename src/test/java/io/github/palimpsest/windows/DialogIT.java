package io.github.palimpsest.windows;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Button;
import java.awt.Label;
import java.awt.Rectangle;
import java.awt.TextArea;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
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

    /** Each stops the user before anything is done: a sentence is there, and no way to run. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Create Sample Data | images | many | images=many is not a whole number: it must be 1 to 9999.
            Create Sample Data | images | 0    | images=0 is out of range: it must be 1 to 9999.
            Create Sample Data | images | ''   | images= has no value: it must be 1 to 9999.
            Create Sample Data | size   | 1e9  | size=1e9 is not a whole number: it must be 64 to 1024.
            Create Sample Data | seed   | one  | seed=one is not a whole number
            Train from Tags    | images | nowhere/at/all | nowhere/at/all does not exist: check its name.
            Train from Tags    | images | console.txt | console.txt is a file, but a folder is needed
            Train from Tags    | rounds | 0    | rounds=0 is out of range: it must be 1 to 20, or auto.
            Segment Folder     | model  | home | home is a folder, but a file is needed: choose one in it.
            Segment Folder     | images | none | none does not exist: check its name.
            Evaluate           | masks  | none | none does not exist: check its name.
            Evaluate Regions   | output | none | none does not exist: check its name.
            """)
    void wrongValuesAreToldAsTheyAreTyped(String title, String key, String value, String sentence, PlainImageJ imagej) {
        imagej.play(desktop -> {
            IJ.doCommand(title + "...");
            Window dialog = desktop.window(title);
            desktop.fill(dialog, key, value);
            List<TextArea> areas = desktop.all(TextArea.class, dialog);
            TextArea notes = areas.get(areas.size() - 1);
            assertTrue(notes.getText().contains(sentence), notes.getText());
            assertFalse(desktop.button(dialog, "Run").isEnabled());
            desktop.screenshot("wrong-" + key);
            desktop.click(desktop.button(dialog, "Cancel"));
            desktop.await(() -> !dialog.isShowing(), "an end of the dialog");
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
