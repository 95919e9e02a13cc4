package io.github.palimpsest.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.measure.ResultsTable;
import ij.plugin.frame.Recorder;
import ij.plugin.frame.RoiManager;

/** From the menu to labels with mouse and keyboard alone, as in the tutorial, and once more from what was recorded. */
@ExtendWith(SharedImageJ.class)
class JourneyIT {

    @Test
    void fromTheMenuToLabelsByMouseAndKeyboardAlone(PlainImageJ imagej, @Headless PlainImageJ headless) throws IOException {
        String console = imagej.console();
        imagej.play(desktop -> IJ.runMacro("run(\"Record...\");"));
        int before = imagej.play(desktop -> recorder().getText().length());
        imagej.play(60, desktop -> {
            Window dialog = open(desktop, "Create Sample Data...");
            type(desktop, dialog, "output", "journey/sample");
            type(desktop, dialog, "images", "60");
            type(desktop, dialog, "size", "96");
            type(desktop, dialog, "seed", "1");
            return run(desktop, dialog);
        });
        imagej.play(600, desktop -> {
            Window dialog = open(desktop, "Train from Tags...");
            type(desktop, dialog, "images", "journey/sample");
            type(desktop, dialog, "output", "journey/run");
            choose(desktop, dialog, "backbone", 3);
            type(desktop, dialog, "rounds", "1");
            desktop.click(desktop.button(dialog, "Advanced"));
            Window advanced = desktop.window("Train from Tags: advanced settings");
            choose(desktop, advanced, "masks", 3);
            choose(desktop, advanced, "background", 3);
            type(desktop, advanced, "passes", "0");
            type(desktop, advanced, "threads", "1");
            desktop.click(desktop.button(advanced, "OK"));
            desktop.await(() -> !advanced.isShowing(), "an end of the advanced settings");
            desktop.screenshot("journey-train");
            return run(desktop, dialog);
        });
        imagej.play(120, desktop -> {
            Window dialog = open(desktop, "Segment Folder...");
            type(desktop, dialog, "model", "journey/run/segmentation/model.palimpsest");
            type(desktop, dialog, "images", "journey/sample");
            type(desktop, dialog, "output", "journey/labels");
            type(desktop, dialog, "split", "val");
            return run(desktop, dialog);
        });
        String lines = imagej.play(desktop -> recorder().getText()).substring(before);
        assertEquals(List.of("ImageJ", "Log", "Recorder"), imagej.play(desktop -> desktop.titles().stream().sorted().toList()));
        assertEquals(console, imagej.console(), "nothing but the windows says anything");
        Path folder = imagej.folder().resolve("journey");
        try (Stream<Path> labels = Files.list(folder.resolve("labels"))) {
            assertTrue(labels.filter(file -> file.toString().endsWith(".png")).count() > 5, "labels");
        }
        RecorderIT.requireSameBytes(folder, () ->
                assertNotEquals("[aborted]", headless.<String>play(120, desktop -> IJ.runMacro(lines)), lines));
        assertTrue(lines.contains("backbone=small") && lines.contains("background=otsu") && !lines.contains("device="), lines);
        anOpenImageIsSegmented(imagej, imageWithLabels(folder.resolve("labels")));
        assertEquals(console, imagej.console(), "nothing but the windows says anything");
    }

    /** With the model of that journey. */
    private static void anOpenImageIsSegmented(PlainImageJ imagej, String name) {
        String title = name.replace(".png", "");
        imagej.play(120, desktop -> {
            closeTables(desktop);
            // The window in which files are chosen is the desktop's own, and another one everywhere.
            IJ.openImage("journey/sample/images/" + name).show();
            Window dialog = open(desktop, "Segment Image...");
            type(desktop, dialog, "model", "journey/run/segmentation/model.palimpsest");
            type(desktop, dialog, "output", "");
            desktop.click(desktop.button(dialog, "Advanced"));
            Window advanced = desktop.window("Segment Image: advanced settings");
            desktop.click(desktop.button(advanced, "Set all to defaults"));
            desktop.click(desktop.button(advanced, "OK"));
            desktop.await(() -> !advanced.isShowing(), "an end of the advanced settings");
            Component run = desktop.button(dialog, "Run");
            desktop.await(run::isEnabled, "a way to run");
            desktop.click(run);
            desktop.await(90, () -> !RecorderIT.isAtWork("Segment Image..."), "an end of segmenting");
            desktop.window(title + "-labels");
            // The window manager tells of windows one after the other, of the legend's perhaps after the labels are there.
            desktop.await(() -> IJ.getImage().getTitle().equals(title + "-labels"), "the labels as active image");
            desktop.screenshot("journey-segmented");
            ImagePlus labels = IJ.getImage();
            assertEquals(title + "-labels", labels.getTitle());
            assertTrue(labels.getStatistics().max > 0, "there are labels");
            assertTrue(desktop.isVisible("ROI Manager") && desktop.isVisible("Results"), desktop.titles().toString());
            int regions = RoiManager.getInstance().getCount();
            assertTrue(regions > 0 && ResultsTable.getResultsTable().size() >= regions, "a row for each region");
            assertTrue(ImageJ.getStatusBarText().startsWith("Segmented " + name + ": found "), ImageJ.getStatusBarText());
            List<String> titles = desktop.titles();
            assertTrue(titles.stream().anyMatch(one -> one.startsWith("Legend: ")), titles.toString());
            assertTrue(titles.stream().noneMatch(one -> one.matches("Palimpsest|.*(Error|Exception).*")), titles.toString());
            IJ.runMacro("close('*');");
            closeTables(desktop);
            return null;
        });
    }

    private static void closeTables(Desktop desktop) throws Exception {
        desktop.onEvents(() -> {
            ResultsTable.getResultsTable().reset();
            if (WindowManager.getWindow("Results") != null)
                WindowManager.getWindow("Results").dispose();
            if (RoiManager.getInstance() != null)
                RoiManager.getInstance().close();
            return null;
        });
    }

    /** One in which the model finds something. */
    private static String imageWithLabels(Path labels) throws IOException {
        return Files.readAllLines(labels.resolve("predictions.csv")).stream().skip(1).map(line -> line.split(","))
                .filter(cells -> Integer.parseInt(cells[3]) > 0).map(cells -> cells[0]).findFirst().orElseThrow();
    }

    private static Window open(Desktop desktop, String label) {
        desktop.choose("Plugins", "Palimpsest", label);
        return desktop.window(label.replace("...", ""));
    }

    private static void type(Desktop desktop, Window dialog, String key, String text) {
        Component field = desktop.field(dialog, key);
        desktop.click(field);
        desktop.await(field::isFocusOwner, "the focus on " + key);
        desktop.typeOver(text);
    }

    /** A click opens the list, with the chosen one marked. */
    private static void choose(Desktop desktop, Window dialog, String key, int steps) {
        desktop.click(desktop.field(dialog, key));
        for (int step = 0; step < steps; step++)
            desktop.type(KeyEvent.VK_DOWN);
        desktop.type(KeyEvent.VK_ENTER);
    }

    /** Runs what a dialog is about and waits for its end. */
    static String run(Desktop desktop, Window dialog) {
        String title = ((java.awt.Dialog) dialog).getTitle();
        Component run = desktop.button(dialog, "Run");
        desktop.await(run::isEnabled, "a way to run " + title);
        desktop.click(run);
        desktop.await(540, () -> !RecorderIT.isAtWork(title + "..."), "an end of " + title);
        desktop.await(() -> List.of("ImageJ", "Recorder", "Log").containsAll(desktop.titles()), "a tidy desk");
        return title;
    }

    private static Recorder recorder() {
        return (Recorder) WindowManager.getFrame("Recorder");
    }
}
