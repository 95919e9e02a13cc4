package io.github.palimpsest.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.event.KeyEvent;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.palimpsest.command.CommandDefinition;

/** In a plain ImageJ 1.x with the packaged jar, every command is in the menu, once. */
@ExtendWith(SharedImageJ.class)
class MenuIT {

    @Test
    void everyCommandIsInTheMenuOnce(PlainImageJ imagej) {
        List<String> labels = CommandDefinition.all().stream().filter(command -> !command.name().startsWith("test-"))
                .map(CommandDefinition::label).sorted().toList();
        assertEquals(labels, imagej.play(desktop -> desktop.menu("Plugins", "Palimpsest")).stream().sorted().toList());
    }

    @Test
    void mouseAndKeyboardReachACommand(PlainImageJ imagej) {
        imagej.play(desktop -> {
            desktop.choose("Plugins", "Palimpsest", "Help...");
            desktop.window("Help");
            desktop.screenshot("help");
            desktop.type(KeyEvent.VK_ESCAPE);
            desktop.await(() -> !desktop.isVisible("Help"), "an end of the dialog");
            return null;
        });
        assertTrue(imagej.console().isEmpty(), imagej.console());
    }
}
