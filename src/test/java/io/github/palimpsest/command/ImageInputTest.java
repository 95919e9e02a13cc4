package io.github.palimpsest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.io.FileSaver;

import io.github.palimpsest.task.UserException;

/** Inputs that are images: the active one, one by its title, or a file. */
class ImageInputTest {

    @TempDir
    private Path folder;

    private final CommandDefinition command = CommandDefinition.of(SegmentImage.class);
    private final InputDefinition image = command.input("image");

    @AfterEach
    void closeImage() {
        WindowManager.setTempCurrentImage(null);
    }

    @Test
    void helpTellsWhatMayBeGiven() {
        String help = HelpText.of(command);
        assertTrue(help.contains("segment-image image=FILE model=FILE [key=value]"), help);
        assertTrue(help.contains("a file, or the title of an open image"), help);
        assertTrue(image.isImage() && image.isNeeded() && !image.isFile());
        assertFalse(command.keys().contains("label_image"), "outputs are no keys");
    }

    /** SciJava would keep an image's name and make another image of it the next time. */
    @Test
    void imagesAreNotRemembered() {
        for (CommandDefinition definition : CommandDefinition.all())
            for (ModuleItem<?> item : new CommandInfo(definition.create().getClass()).inputs())
                if (item.getType() == ImagePlus.class)
                    assertFalse(item.isPersisted(), definition.name() + " " + item.getName());
    }

    @Test
    void withoutAWordItIsTheActiveOne() {
        assertTrue(assertThrows(UserException.class, command::requireImage).getMessage().startsWith("No image is open"));
        assertTrue(assertThrows(UserException.class, () -> command.create(Map.of("model", "m"))).getMessage()
                .startsWith("No image is open"));
        ImagePlus active = IJ.createImage("active", "8-bit", 4, 4, 1);
        WindowManager.setTempCurrentImage(active);
        command.requireImage();
        PalimpsestCommand created = command.create(Map.of("model", "m"));
        assertSame(active, image.get(created));
        assertEquals("active", command.values(created).get("image"));
        assertNull(image.parse(" "));
    }

    @Test
    void aFileIsOpened() throws IOException {
        Path file = folder.resolve("a b.tif");
        new FileSaver(IJ.createImage("a b", "16-bit ramp", 5, 4, 3)).saveAsTiffStack(file.toString());
        ImagePlus opened = (ImagePlus) image.parse(file.toString());
        assertEquals(List.of(3, 16, "a b.tif"), List.of(opened.getStackSize(), opened.getBitDepth(), opened.getTitle()));
        String said = assertThrows(UserException.class, () -> image.parse(folder.resolve("a c.tif").toString())).getMessage();
        assertTrue(said.contains("neither the title of an open image nor a file"), said);
    }
}
