package io.github.palimpsest.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import io.github.palimpsest.segmentation.masks.WrittenRun;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.RunRecord.ImageRecord;

/** {@code view-rounds} as it is typed, without a screen. */
class ViewRoundsTest {

    @TempDir
    Path temp;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path run;

    @BeforeEach
    void write() {
        WrittenRun written = new WrittenRun(temp, "cat", "dog");
        written.image("a field/none.png", 8, 8);
        ImageRecord two = written.image("a field/zwölf.png", 8, 8, "dog", "cat");
        written.round(true);
        written.cam(1, two, 2, 1, 0, 0, 0, 0, 0, 0, 2);
        written.regions(two, "1".repeat(64), "0".repeat(64));
        new LabelStack(List.of("erased"), 8, 8, List.of(new byte[64])).write(written.run.erased(two.name()));
        written.record(Map.of("mining", "share_of_maximum", "delta", "0.5", "envelope_from", "0"), true);
        run = written.run.root();
    }

    private int view(String... words) {
        List<String> all = new ArrayList<>(List.of("view-rounds", "run_folder=" + run));
        all.addAll(Arrays.asList(words));
        return Main.run(all, new PrintStream(out, true), new PrintStream(err, true), null);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aFigureIsWritten() throws IOException {
        Path png = temp.resolve("figure.png");
        assertEquals(0, view("show_as=figure", "tag_name=cat", "output=" + png), err());
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("a field/zwölf.png is in " + png + "."));
        BufferedImage figure = ImageIO.read(png.toFile());
        assertTrue(figure.getWidth() > 500 && figure.getHeight() > 500);
    }

    @Test
    void aHyperstackIsSaved() {
        Path tif = temp.resolve("stack.tif");
        assertEquals(0, view("show_as=hyperstack", "image_name=a field/zwölf.png", "output=" + tif, "opacity=0"), err());
        ImagePlus stack = IJ.openImage(tif.toString());
        assertArrayEquals(new int[] {8, 8, 5, 2, 1}, stack.getDimensions());
        assertEquals("Activation map, dog, round 1", stack.getStack().getSliceLabel(2));
    }

    @Test
    void whatNeedsAScreenSaysSo() {
        assertEquals(1, view());
        assertTrue(err().startsWith("The viewer needs a screen, and there is none here."), err());
        err.reset();
        assertEquals(1, view("show_as=bigdataviewer"));
        assertTrue(err().startsWith("BigDataViewer needs a screen"), err());
        err.reset();
        assertEquals(1, view("show_as=hyperstack"));
        assertTrue(err().startsWith("There is no screen to show the hyperstack on. Give output="), err());
    }

    @Test
    void wrongUseIsASentence() {
        assertFails(1, "output= is missing: show_as=figure needs a file", "show_as=figure");
        assertFails(1, "The figure cannot be saved as", "show_as=figure", "output=" + temp.resolve("a.tif"));
        assertFails(1, "has no image zwei.png. Its first one is called a field/none.png.", "image_name=zwei.png");
        assertFails(1, "has no tag cow. Its tags are cat, dog.", "tag_name=cow");
        assertFails(1, "a field/none.png has not the tag cat, but none.", "image_name=a field/none.png", "tag_name=cat");
        assertFails(1, "has no tag, so no round looks for anything in it", "show_as=figure", "image_name=a field/none.png",
                "output=" + temp.resolve("a.png"));
        assertFails(1, "There is no folder", "masks=" + temp.resolve("nowhere"));
        assertFails(2, "show_as=window is not a choice", "show_as=window");
        assertFails(2, "opacity=2 is out of range", "opacity=2");
        for (String inside : new String[] {"run/a.png", "run/regions/a.png", "images/a field/none.png"})
            assertFails(1, "where it might overwrite", "show_as=figure", "image_name=a field/zwölf.png", "output=" + temp.resolve(inside));
        assertFails(1, "where it might overwrite", "show_as=hyperstack", "output=" + run.resolve("regions/a.tif"));
        run = temp;
        assertFails(1, "There is no run in " + temp);
    }

    private void assertFails(int code, String sentence, String... words) {
        err.reset();
        assertEquals(code, view(words), err());
        assertTrue(err().contains(sentence), err());
        assertTrue(!err().contains("\tat "), err());
    }
}
