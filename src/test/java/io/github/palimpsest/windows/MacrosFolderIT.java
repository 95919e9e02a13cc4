package io.github.palimpsest.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;

/** The macros that we ship, on a sample that is small enough for a test, without a screen and with windows. */
@ExtendWith(SharedImageJ.class)
class MacrosFolderIT {

    private static final Path MACROS = Path.of("macros").toAbsolutePath();
    private static final String TRAINING = "Train_from_Tags.ijm";
    private static final int IMAGES = 80;
    private static final int VALIDATION = 20;
    /** Quick, and enough for a model that finds something. */
    private static final String KEYS = "rounds=1 background=rbd passes=0 threads=1";

    /** What each macro leaves in the working folder, in the order in which they may be run. */
    private static final Map<String, List<String>> LEAVES = new LinkedHashMap<>();
    static {
        LEAVES.put(TRAINING, List.of("sample/tags.csv", "run/segmentation/model.palimpsest", "run/report.html",
                "run/status.json"));
        LEAVES.put("Segment_Open_Image.ijm", List.of("opened/legend.csv", "opened/status.json", "opened/field_0080.png.tif",
                "opened/measurements/field_0080.png.csv", "opened/rois/field_0080.png.zip"));
        LEAVES.put("Segment_Folder.ijm", List.of("segmented/legend.csv", "segmented/predictions.csv", "areas.csv"));
        LEAVES.put("Compare_Rounds.ijm", List.of("run/scores.csv", "rounds.png", "rounds.tif", "mined.csv"));
        LEAVES.put("Refine_Probabilities.ijm", List.of("probabilities/field_0001.tif", "refined/field_0002.png.png",
                "refined/maps/field_0002.png.tif"));
        LEAVES.put("Measure_Each_Image.ijm", List.of("measured/legend.csv", "measured/field_0001.png.tif",
                "measured/field_0004.png.tif", "objects.csv"));
    }

    /** What is behind the working folder in the argument, which is {@code @} there. */
    private static final Map<String, String> MORE = Map.of(TRAINING, "|" + IMAGES + "|" + KEYS, "Refine_Probabilities.ijm", "|4",
            "Measure_Each_Image.ijm", "|@/to-refine");

    /** Trained once, with a blank and an umlaut in its name. */
    @TempDir
    private static Path temporary;

    private static Path folder() {
        return temporary.resolve("ein größerer Ordner");
    }

    @Test
    void everyMacroIsTested() throws IOException {
        try (Stream<Path> files = Files.list(MACROS)) {
            assertEquals(LEAVES.keySet().stream().sorted().toList(),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    /** Whoever begins with the second macro is told to begin with the first. */
    @Test
    void withoutAModelTheySayWhereItComesFrom(@Headless PlainImageJ imagej) throws IOException {
        Path empty = Files.createDirectories(temporary.resolve("nothing"));
        for (String macro : List.of("Segment_Open_Image.ijm", "Segment_Folder.ijm", "Compare_Rounds.ijm", "Measure_Each_Image.ijm")) {
            String file = MACROS.resolve(macro).toString();
            String argument = empty.toString();
            int before = imagej.console().length();
            imagej.play(desktop -> IJ.runMacroFile(file, argument));
            String said = imagej.console().substring(before);
            assertTrue(said.contains("run Train_from_Tags.ijm with this folder first."), macro + ": " + said);
            assertFalse(said.contains("\tat "), macro + ": " + said);
        }
        try (Stream<Path> files = Files.list(empty)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void theyRunWithoutAScreen(@Headless PlainImageJ imagej) throws IOException {
        runAll(imagej);
    }

    @Test
    void theyRunWithWindows() throws Exception {
        try (PlainImageJ imagej = PlainImageJ.start("macros")) {
            runAll(imagej);
            imagej.play(desktop -> {
                desktop.screenshot("macros");
                List<String> titles = desktop.titles();
                assertTrue(titles.stream().noneMatch(title -> title.matches(".*(Error|Exception).*")), titles.toString());
                return null;
            });
        }
    }

    private static void runAll(PlainImageJ imagej) throws IOException {
        Path folder = Files.createDirectories(folder());
        for (String name : List.of("opened", "segmented", "measured", "to-refine", "probabilities", "refined"))
            clear(folder.resolve(name));
        for (String name : List.of("areas.csv", "objects.csv", "rounds.png", "rounds.tif", "mined.csv"))
            Files.deleteIfExists(folder.resolve(name));
        for (String macro : LEAVES.keySet()) {
            String argument = folder + MORE.getOrDefault(macro, "").replace("@", folder.toString());
            String file = MACROS.resolve(macro).toString();
            int before = imagej.console().length();
            String returned = imagej.play(macro.equals(TRAINING) ? 400 : 120, desktop -> IJ.runMacroFile(file, argument));
            String said = imagej.console().substring(before);
            assertNotEquals("[aborted]", returned, macro + ": " + said);
            assertFalse(said.contains("\tat ") || said.contains("Exception") || said.contains("Error"), macro + ": " + said);
            for (String left : LEAVES.get(macro)) {
                Path path = folder.resolve(left);
                assertTrue(Files.exists(path) && Files.size(path) > 0, macro + " left no " + left + ": " + said);
                if (left.endsWith("status.json"))
                    assertTrue(Files.readString(path).contains("\"done\""), Files.readString(path));
            }
        }
        tablesTell(folder);
    }

    /** That there is a file says little of a table. */
    private static void tablesTell(Path folder) throws IOException {
        List<String> areas = Files.readAllLines(folder.resolve("areas.csv"));
        assertEquals(1 + VALIDATION, areas.size(), areas.toString());
        assertEquals("file,ciliate,alga,diatom", areas.get(0));
        Set<String> found = new TreeSet<>();
        for (String line : areas.subList(1, areas.size())) {
            String[] cells = line.split(",");
            assertEquals(4, cells.length, line);
            for (int tag = 1; tag < 4; tag++)
                if (Double.parseDouble(cells[tag]) > 0)
                    found.add(cells[0] + "/" + areas.get(0).split(",")[tag]);
        }
        assertEquals(predicted(folder.resolve("segmented/predictions.csv")), found);

        List<String> objects = Files.readAllLines(folder.resolve("objects.csv"));
        assertTrue(objects.size() > 1, "there are objects");
        List<String> columns = List.of(objects.get(0).split(","));
        assertTrue(columns.containsAll(List.of("image", "tag", "area", "mean", "circularity")), columns.toString());
        for (String line : objects.subList(1, objects.size()))
            assertTrue(Double.parseDouble(line.split(",")[columns.indexOf("area")]) >= 25, line);

        List<String> mined = Files.readAllLines(folder.resolve("mined.csv"));
        assertTrue(mined.size() > 1, "an image with tags has regions");
        assertTrue(Integer.parseInt(mined.get(1).split("\",")[1].split(",")[0]) > 0, mined.toString());
    }

    /** The tags that the model gave to pixels. */
    private static Set<String> predicted(Path table) throws IOException {
        Set<String> tags = new TreeSet<>();
        for (String line : Files.readAllLines(table).subList(1, Files.readAllLines(table).size())) {
            String[] cells = line.split(",");
            if (Integer.parseInt(cells[3]) > 0)
                tags.add(cells[0] + "/" + cells[1]);
        }
        return tags;
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder))
            return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList())
                Files.delete(file);
        }
    }
}
