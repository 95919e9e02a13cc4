package io.github.palimpsest.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.event.KeyEvent;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.github.palimpsest.command.CommandDefinition;

/** In a plain ImageJ 1.x with the packaged jar, every command is in the menu, once. */
class MenuIT {

    private static PlainImageJ imagej;

    @BeforeAll
    static void start() throws Exception {
        imagej = PlainImageJ.start("menu");
    }

    @AfterAll
    static void end() throws Exception {
        if (imagej != null)
            imagej.close();
    }

    @Test
    void everyCommandIsInTheMenuOnce() {
        List<String> labels = CommandDefinition.all().stream().filter(command -> !command.name().startsWith("test-"))
                .map(CommandDefinition::label).sorted().toList();
        assertEquals(labels, imagej.play(desktop -> desktop.menu("Plugins", "Palimpsest")).stream().sorted().toList());
    }

    @Test
    void mouseAndKeyboardReachACommand() {
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
