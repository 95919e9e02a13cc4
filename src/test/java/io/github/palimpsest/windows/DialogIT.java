package io.github.palimpsest.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Button;
import java.awt.Rectangle;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
                assertEquals(List.of("ImageJ"), desktop.titles());
                return null;
            });
        }
        assertEquals("", imagej.console());
    }
}
