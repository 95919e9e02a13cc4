package io.github.palimpsest.windows;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.TextArea;
import java.awt.Window;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.gui.MultiLineLabel;
import io.github.palimpsest.command.CommandDefinition;
import io.github.palimpsest.command.InputDefinition;
import io.github.palimpsest.network.SegmentationNetwork;
import io.github.palimpsest.segmentation.masks.WrittenRun;
import io.github.palimpsest.segmentation.model.SmallModel;

/** Wrong use of dialogs: a sentence in the words of the dialog, and nothing is left behind. */
@ExtendWith(SharedImageJ.class)
class WrongUseIT {

    @AfterEach
    void end(PlainImageJ imagej) {
        DialogIT.closeAll(imagej);
    }

    /** Each stops the user before anything is done: a sentence is there, and no way to run. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Create Sample Data | images | many | "Number of images" = many is not a whole number: it must be 1 to 9999.
            Create Sample Data | images | 0    | "Number of images" = 0 is out of range: it must be 1 to 9999.
            Create Sample Data | images | ''   | "Number of images" has no value: it must be 1 to 9999.
            Create Sample Data | size   | 1e9  | "Size of an image" = 1e9 is not a whole number: it must be 64 to 1024.
            Create Sample Data | seed   | one  | "Seed" = one is not a whole number
            Train from Tags    | images | nowhere/at/all | nowhere/at/all does not exist: check its name.
            Train from Tags    | images | console.txt | console.txt is a file, but a folder is needed
            Train from Tags    | rounds | 0    | "Rounds of erasing" = 0 is out of range: it must be 1 to 20, or auto.
            Train from Tags    | passes | many | "Passes of PSL++" = many is not a whole number: it must be 0 to 10, or preset.
            Train AE Classifiers | delta | 0,2 | is not a number: write it with a point, as in
            Segment Folder     | model  | home | home is a folder, but a file is needed: choose one in it.
            Segment Folder     | images | none | none does not exist: check its name.
            Segment Image      | model  | none | none does not exist: check its name.
            Segment Image      | model  | home | home is a folder, but a file is needed: choose one in it.
            Segment Image      | output | console.txt | console.txt is a file, but a folder is needed
            Segment Image      | threads | -1  | "Threads" = -1 is out of range: it must be 0 to 1024.
            Segment Image      | tile   | 0,5  | "Megapixels at a time" = 0,5 is not a number: write it with a point, as in "Megapixels at a time" = 0.5.
            View Rounds        | run_folder | none | none does not exist: check its name.
            View Rounds        | run_folder | console.txt | console.txt is a file, but a folder is needed
            View Rounds        | masks  | none | none does not exist: check its name.
            View Rounds        | opacity | 2   | "Opacity of the maps" = 2 is out of range: it must be 0 to 1.
            Evaluate           | masks  | none | none does not exist: check its name.
            Evaluate Regions   | output | none | none does not exist: check its name.
            """)
    void wrongValuesAreToldAsTheyAreTyped(String title, String key, String value, String sentence, PlainImageJ imagej) {
        CommandDefinition command = definition(title);
        boolean hasImage = command.inputs().stream().anyMatch(InputDefinition::isImage);
        boolean isAdvanced = command.input(key).isAdvanced();
        imagej.play(desktop -> {
            if (hasImage)
                IJ.createImage("cells", "8-bit black", 64, 64, 1).show();
            IJ.doCommand(title + "...");
            Window first = desktop.window(title);
            if (isAdvanced)
                desktop.click(desktop.button(first, "Advanced"));
            Window dialog = isAdvanced ? desktop.window(title + ": advanced settings") : first;
            desktop.fill(dialog, key, value);
            List<TextArea> areas = desktop.all(TextArea.class, dialog);
            TextArea notes = areas.get(areas.size() - 1);
            assertTrue(notes.getText().contains(sentence), notes.getText());
            assertFalse(desktop.button(dialog, isAdvanced ? "OK" : "Run").isEnabled());
            desktop.screenshot("wrong-" + key);
            desktop.click(desktop.button(dialog, "Cancel"));
            desktop.await(() -> !dialog.isShowing(), "an end of the dialog");
            if (isAdvanced)
                desktop.click(desktop.button(first, "Cancel"));
            DialogIT.leaveTidy(desktop, title);
            return null;
        });
    }

    /** What can be seen only when the work begins is told in a window, with the names of the fields. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Segment Image | model=console.txt                                | console.txt is cut short or no zip file
            Segment Image | model=small.palimpsest; tags=cube                | The model does not know the tag cube, but only disc, ring
            Segment Image | model=small.palimpsest; output=plugins           | plugins holds other files already
            View Rounds   | run_folder=home                                  | home (no run.json). Choose the folder that training wrote
            View Rounds   | run_folder=a run; show_as=figure                 | "Output file" is missing: "Show as" = figure needs a file to write, such as "Output file" = rounds.png.
            View Rounds   | run_folder=a run; image_name=b.png               | has no image b.png. Its first one is called a.png.
            View Rounds   | run_folder=a run; tag_name=fibre                 | has no tag fibre. Its tags are cell.
            View Rounds   | run_folder=a run; show_as=figure; output=f.jpg   | cannot be saved as
            """)
    void whatTurnsOutWrongIsToldInAWindow(String title, String entries, String sentence, PlainImageJ imagej) throws IOException {
        CommandDefinition command = definition(title);
        write(imagej.folder());
        LinkedHashMap<String, String> simple = new LinkedHashMap<>();
        LinkedHashMap<String, String> advanced = new LinkedHashMap<>();
        for (String entry : entries.split("; ")) {
            String[] parts = entry.split("=");
            (command.input(parts[0]).isAdvanced() ? advanced : simple).put(parts[0], parts[1]);
        }
        imagej.play(desktop -> {
            IJ.createImage("cells", "8-bit ramp", 64, 64, 1).show();
            IJ.doCommand(title + "...");
            Window dialog = desktop.window(title);
            desktop.click(desktop.button(dialog, "Advanced"));
            Window more = desktop.window(title + ": advanced settings");
            desktop.click(desktop.button(more, "Set all to defaults"));
            for (Map.Entry<String, String> value : advanced.entrySet())
                desktop.fill(more, value.getKey(), value.getValue());
            desktop.click(desktop.button(more, "OK"));
            desktop.await(() -> !more.isShowing(), "an end of the advanced settings");
            for (String key : List.of("show_as", "output"))
                if (!simple.containsKey(key) && has(desktop, dialog, key))
                    desktop.fill(dialog, key, key.equals("output") ? "" : "viewer");
            for (Map.Entry<String, String> value : simple.entrySet())
                desktop.fill(dialog, value.getKey(), value.getValue());
            desktop.click(desktop.button(dialog, "Run"));
            Window message = desktop.window("Palimpsest");
            String told = text(desktop.all(MultiLineLabel.class, message).get(0));
            assertTrue(told.contains(sentence) && !told.contains("Exception"), told);
            desktop.screenshot("told-" + title.toLowerCase().replace(' ', '-'));
            desktop.click(desktop.button(message, "OK"));
            DialogIT.leaveTidy(desktop, title);
            return null;
        });
    }

    /** ImageJ's label tells its text to nobody. */
    private static String text(MultiLineLabel label) throws ReflectiveOperationException {
        Field lines = MultiLineLabel.class.getDeclaredField("lines");
        lines.setAccessible(true);
        return String.join(" ", (String[]) lines.get(label)).replaceAll("\\s+", " ");
    }

    private static boolean has(Desktop desktop, Window dialog, String key) {
        return desktop.all(Component.class, dialog).stream().anyMatch(component -> key.equals(component.getName()));
    }

    /** A model of disc and ring, and a run. */
    private static void write(Path folder) throws IOException {
        if (Files.exists(folder.resolve("a run")))
            return;
        SmallModel.model(SegmentationNetwork.Head.MULTI_DEPTH, SmallModel.TAGS, 1, 0).write(folder.resolve("small.palimpsest"));
        WrittenRun run = new WrittenRun(folder.resolve("made"), "cell");
        run.image("a.png", 16, 16, "cell");
        run.round(true);
        run.record(Map.of("mining", "share_of_maximum", "delta", "0.5", "envelope_from", "0"), true);
        Files.createSymbolicLink(folder.resolve("a run"), run.run.root());
    }

    private static CommandDefinition definition(String title) {
        return CommandDefinition.all().stream().filter(command -> command.label().equals(title + "...")).findFirst().orElseThrow();
    }
}
