package io.github.palimpsest.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.Window;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import ij.IJ;
import ij.WindowManager;
import ij.plugin.frame.Recorder;
import io.github.palimpsest.command.CommandDefinition;

/**
 * Commands are run from their dialogs with the recorder open, on tiny data; then the recorded lines are replayed without a
 * screen. Every file must come out the same to the byte. {@link JourneyIT} does so again for what a user types and chooses.
 */
@ExtendWith(SharedImageJ.class)
class RecorderIT {

    /** A command as a user would enter it: on an image that is open, or on none; values by key. */
    private record Entry(String label, String image, Map<String, String> values) implements Serializable {

        Entry on(String file) {
            return new Entry(label, file, values);
        }

        /** What a macro does before it, and after it. */
        String macro(String line) {
            return image.isEmpty() ? line : "open('" + image + "');\n" + line + "\nclose('*');";
        }
    }

    /** Every command of the menu. Tiny trainings: the point is the dialogs. */
    private static List<Entry> entries(String folder) {
        String sample = folder + "/the sample ä", masks = sample + "/masks", run = folder + "/run [1]";
        String discs = folder + "/../discs";
        return List.of(
                entry("Show Device...", "threads", "1"),
                entry("Help...", "about", "evaluate"),
                entry("Create Sample Data...", "output", sample, "images", "24", "size", "64", "seed", "3"),
                entry("Train AE Classifiers...", "images", sample, "output", run, "split", "train", "backbone", "small", "rounds",
                        "1", "epochs", "4", "batch", "6", "crop", "64", "dense_negatives", "0", "delta", "0.5", "threads", "1"),
                entry("Evaluate Regions...", "output", run, "masks", masks),
                entry("View Rounds...", "run_folder", run, "show_as", "figure", "output", folder + "/rounds.png"),
                entry("Train Segmentation (PSL)...", "output", run, "background", "low_response", "background_score", "0.25",
                        "background_weight", "0.2", "passes", "0", "epochs", "8", "batch", "2", "learning_rate", "0.003"),
                entry("Segment Folder...", "model", run + "/segmentation/model.palimpsest", "images", sample, "output",
                        folder + "/labels", "split", "val", "probabilities", "on", "threads", "1"),
                entry("Evaluate...", "predictions", folder + "/labels", "masks", masks, "output", folder + "/scores", "images",
                        sample, "split", "val"),
                entry("Refine with Dense CRF...", "images", sample + "/images", "probabilities", folder + "/labels/probabilities",
                        "output", folder + "/refined", "maps", "true", "iterations", "2", "threads", "1"),
                entry("Segment Image...", "model", run + "/segmentation/model.palimpsest", "output", folder + "/image", "tags",
                        "ciliate;alga", "overlays", "on", "threads", "1").on(sample + "/images/field_0001.png"),
                entry("Train from Tags...", "images", discs, "output", folder + "/from tags", "backbone", "small", "rounds", "1",
                        "masks", "crf", "background", "otsu", "use_psl", "off", "passes", "0", "threads", "1"),
                entry("Ablation Table...", "images", discs, "masks", discs + "/masks", "output", folder + "/table", "backbone",
                        "small", "seeds", "1", "masks_way", "crf", "background", "otsu", "erasing_epochs", "2", "psl_epochs",
                        "26", "threads", "1"));
    }

    @Test
    void recordedLinesGiveTheSameBytesWithoutAScreen(PlainImageJ imagej, @Headless PlainImageJ headless) throws IOException {
        Path folder = imagej.folder().resolve("recorded");
        TinyDiscs.write(imagej.folder().resolve("discs"), 16, 32);
        List<String> lines = new ArrayList<>();
        imagej.play(desktop -> IJ.runMacro("run(\"Record...\");"));
        for (Entry entry : entries(folder.toString()))
            lines.add(imagej.play(600, desktop -> enter(desktop, entry)));
        Files.move(folder, imagej.folder().resolve("recorded first"));
        Path copy = imagej.folder().resolve("recorded first");
        for (int i = 0; i < lines.size(); i++) {
            String macro = entries(folder.toString()).get(i).macro(lines.get(i));
            assertNotEquals("[aborted]", headless.<String>play(600, desktop -> IJ.runMacro(macro)), macro);
        }
        requireSame(files(copy), files(folder));
        assertTrue(files(folder).keySet().containsAll(List.of("run [1]/segmentation/model.palimpsest", "refined/status.json",
                "image/rois/field_0001.png.zip", "from tags/segmentation/model.palimpsest", "table/table.csv",
                "table/seed-1/psl-plus-plus/segmentation/model.palimpsest")));
    }

    @Test
    void everyCommandOfTheMenuIsRecorded() {
        assertEquals(DialogIT.labels().stream().sorted().toList(), entries("").stream().map(Entry::label).sorted().toList());
    }

    @Test
    void whatIsCancelledOrRefusedIsNotRecorded(PlainImageJ imagej) throws IOException {
        String empty = Files.createDirectories(imagej.folder().resolve("no labels")).toString();
        String recorded = imagej.play(desktop -> {
            IJ.runMacro("run(\"Record...\");");
            int before = EventsText.ofRecorder().length();
            IJ.doCommand("Evaluate...");
            Window dialog = desktop.window("Evaluate");
            desktop.click(desktop.button(dialog, "Cancel"));
            desktop.await(() -> !dialog.isShowing() && !isAtWork("Evaluate..."), "an end of the dialog");
            IJ.doCommand("Segment Image...");
            Window refusal = desktop.window("Palimpsest");
            // Other windows may lie over its button.
            desktop.onEvents(() -> {
                refusal.dispose();
                return null;
            });
            desktop.await(() -> !refusal.isShowing() && !isAtWork("Segment Image..."), "an end of the refusal");
            IJ.doCommand("Evaluate...");
            Window wrong = desktop.window("Evaluate");
            for (String key : List.of("predictions", "masks"))
                desktop.fill(wrong, key, empty);
            desktop.fill(wrong, "output", empty + " scored");
            desktop.await(desktop.button(wrong, "Run")::isEnabled, "a way to run it");
            desktop.click(desktop.button(wrong, "Run"));
            Window sentence = desktop.window("Palimpsest");
            desktop.onEvents(() -> {
                sentence.dispose();
                return null;
            });
            desktop.await(() -> !sentence.isShowing() && !isAtWork("Evaluate..."), "an end of the second refusal");
            return EventsText.ofRecorder().substring(before);
        });
        assertEquals("", recorded);
    }

    /** What is in a folder must be as it was after something has been done. */
    static void requireSameBytes(Path folder, Runnable work) throws IOException {
        Map<String, byte[]> before = files(folder);
        work.run();
        requireSame(before, files(folder));
    }

    private static void requireSame(Map<String, byte[]> first, Map<String, byte[]> second) {
        assertEquals(first.keySet(), second.keySet());
        List<String> different = first.keySet().stream().filter(file -> !Arrays.equals(first.get(file), second.get(file))).toList();
        assertEquals(List.of(), different);
    }

    /** Enters a command into its dialog, runs it, and returns the line that was recorded. */
    private static String enter(Desktop desktop, Entry entry) throws Exception {
        int before = EventsText.ofRecorder().length();
        CommandDefinition definition = CommandDefinition.all().stream().filter(command -> command.label().equals(entry.label))
                .findFirst().orElseThrow();
        String title = entry.label.replace("...", "");
        if (!entry.image.isEmpty())
            IJ.openImage(entry.image).show();
        IJ.doCommand(entry.label);
        Window dialog = desktop.window(title);
        Map<String, String> advanced = new LinkedHashMap<>();
        for (Map.Entry<String, String> value : entry.values.entrySet())
            if (definition.input(value.getKey()).isAdvanced())
                advanced.put(value.getKey(), value.getValue());
            else
                desktop.fill(dialog, value.getKey(), value.getValue());
        if (!advanced.isEmpty()) {
            desktop.click(desktop.button(dialog, "Advanced"));
            Window more = desktop.window(title + ": advanced settings");
            for (Map.Entry<String, String> value : advanced.entrySet())
                desktop.fill(more, value.getKey(), value.getValue());
            desktop.click(desktop.button(more, "OK"));
            desktop.await(() -> !more.isShowing(), "an end of the advanced settings");
        }
        Component run = desktop.button(dialog, "Run");
        desktop.await(run::isEnabled, "a way to run " + title);
        desktop.screenshot("filled-" + definition.name());
        desktop.click(run);
        desktop.await(560, () -> !isAtWork(entry.label), "an end of " + title);
        // ImageJ adds which image is active.
        String line = EventsText.ofRecorder().substring(before).lines().filter(one -> one.contains(entry.label)).findFirst()
                .orElseThrow();
        if (!entry.image.isEmpty()) {
            desktop.screenshot("done-" + definition.name());
            IJ.runMacro("close('*');");
            for (Frame results : WindowManager.getNonImageWindows())
                if (!List.of("Recorder", "Log").contains(results.getTitle()))
                    EventQueue.invokeAndWait(results::dispose);
        }
        desktop.await(() -> List.of("ImageJ", "Recorder", "Log").containsAll(desktop.titles()), "a tidy desk");
        return line;
    }

    static boolean isAtWork(String label) {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().equals(label));
    }

    /** Texts of windows, read where windows may be. */
    private static final class EventsText {
        static String ofRecorder() throws Exception {
            String[] text = new String[1];
            EventQueue.invokeAndWait(() -> text[0] = ((Recorder) WindowManager.getFrame("Recorder")).getText());
            return text[0];
        }
    }

    private static Entry entry(String label, String... keysAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2)
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        return new Entry(label, "", values);
    }

    private static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList())
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
        }
        return files;
    }
}
