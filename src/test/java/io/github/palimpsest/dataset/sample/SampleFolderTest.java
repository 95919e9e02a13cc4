package io.github.palimpsest.dataset.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

class SampleFolderTest {

    private static final int IMAGES = 24;

    @TempDir
    Path temp;

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        write(temp.resolve("a"), 7);
        write(temp.resolve("b"), 7);
        assertSameFiles(files(temp.resolve("a")), files(temp.resolve("b")));
    }

    @Test
    void anotherSeedGivesOtherPictures() throws IOException {
        write(temp.resolve("a"), 7);
        write(temp.resolve("b"), 8);
        Map<String, byte[]> a = files(temp.resolve("a"));
        Map<String, byte[]> b = files(temp.resolve("b"));
        assertEquals(a.keySet(), b.keySet());
        for (String name : a.keySet())
            if (name.startsWith("images"))
                assertFalse(Arrays.equals(a.get(name), b.get(name)), name);
    }

    @Test
    void writingAgainChangesNothingAndAddsWhatIsMissing() throws IOException {
        write(temp.resolve("a"), 7);
        Map<String, byte[]> before = files(temp.resolve("a"));
        Files.delete(temp.resolve("a/images/field_0003.png"));
        Files.delete(temp.resolve("a/tags.csv"));
        write(temp.resolve("a"), 7);
        assertSameFiles(before, files(temp.resolve("a")));
    }

    @Test
    void othersMayReadTheSampleAsTheyMayReadAnyNewFile() throws IOException {
        Path usual = Files.createFile(temp.resolve("usual"));
        Path picture = write(temp.resolve("a"), 7).resolve("images/field_0001.png");
        if (Files.getFileStore(temp).supportsFileAttributeView("posix"))
            assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(picture));
    }

    @Test
    void masksAndTagsSayTheSame() throws IOException {
        Path folder = write(temp.resolve("a"), 3);
        List<String> classes = Files.readAllLines(folder.resolve("classes.txt"));
        assertEquals("background", classes.get(0));
        List<String> lines = Files.readAllLines(folder.resolve("tags.csv"));
        assertEquals("file,tags", lines.get(0));
        assertEquals(IMAGES + 1, lines.size());
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Set<String> said = new TreeSet<>(cells[1].isEmpty() ? List.of() : List.of(cells[1].split(";")));
            BufferedImage mask = ImageIO.read(folder.resolve("masks").resolve(cells[0]).toFile());
            BufferedImage image = ImageIO.read(folder.resolve("images").resolve(cells[0]).toFile());
            assertEquals(BufferedImage.TYPE_BYTE_GRAY, mask.getType());
            assertEquals(image.getWidth(), mask.getWidth());
            Set<String> seen = new TreeSet<>();
            for (int y = 0; y < mask.getHeight(); y++)
                for (int x = 0; x < mask.getWidth(); x++)
                    if (mask.getRaster().getSample(x, y, 0) > 0)
                        seen.add(classes.get(mask.getRaster().getSample(x, y, 0)));
            assertEquals(said, seen, cells[0]);
        }
    }

    @Test
    void everyTagHasPicturesWithoutItAndWithoutEachOtherTagInBothSplits() throws IOException {
        Path folder = temp.resolve("a");
        SampleFolder.write(folder, SampleFolder.DEFAULT_IMAGES, 64, 1, Progress.silent());
        Map<String, String> split = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve("split.csv")))
            split.put(line.split(",")[0], line.split(",")[1]);
        for (String part : List.of("train", "val")) {
            List<List<String>> pictures = new ArrayList<>();
            for (String line : Files.readAllLines(folder.resolve("tags.csv")))
                if (part.equals(split.get(line.split(",")[0])))
                    pictures.add(List.of(line.substring(line.indexOf(',') + 1).split(";")));
            assertTrue(pictures.stream().anyMatch(tags -> tags.equals(List.of(""))), part + ": pictures of nothing");
            for (Kind kind : Kind.values()) {
                long with = pictures.stream().filter(tags -> tags.contains(kind.tag())).count();
                assertTrue(with >= pictures.size() / 4 && with <= pictures.size() * 3 / 4, part + " " + kind);
                for (Kind other : Kind.values())
                    if (other != kind)
                        assertTrue(pictures.stream().filter(tags -> tags.contains(kind.tag())
                                && !tags.contains(other.tag())).count() >= with / 3, part + " " + kind + " " + other);
            }
        }
    }

    @Test
    void theStrikingPartIsSmall() {
        for (Kind kind : Kind.values())
            for (int seed = 0; seed < 10; seed++) {
                Micrograph micrograph = Field.draw(EnumSet.of(kind), 128, seed);
                int cell = 0;
                int striking = 0;
                for (int i = 0; i < micrograph.labels().length; i++) {
                    assertTrue(micrograph.labels()[i] == 0 || micrograph.labels()[i] == kind.ordinal() + 1);
                    cell += micrograph.labels()[i] > 0 ? 1 : 0;
                    striking += micrograph.organelles()[i] ? 1 : 0;
                }
                assertTrue(striking > .05 * cell && striking < .25 * cell, kind + ": " + striking + " of " + cell);
            }
    }

    @Test
    void thePlainPartOfEachKindHasAColourOfItsOwn() {
        int[][] colours = new int[Kind.values().length + 1][];
        colours[0] = meanColour(Field.draw(EnumSet.noneOf(Kind.class), 128, 5), 0);
        for (Kind kind : Kind.values())
            colours[kind.ordinal() + 1] = meanColour(Field.draw(EnumSet.of(kind), 128, 5), kind.ordinal() + 1);
        for (int a = 0; a < colours.length; a++)
            for (int b = 0; b < a; b++) {
                int chroma = Math.abs(colours[a][0] - colours[a][1] - colours[b][0] + colours[b][1])
                        + Math.abs(colours[a][1] - colours[a][2] - colours[b][1] + colours[b][2]);
                assertTrue(chroma > 10, a + " and " + b + " differ in colour by " + chroma);
            }
    }

    @Test
    void aLargerFieldIsTheSameKindOfScene() {
        Micrograph micrograph = Field.draw(EnumSet.allOf(Kind.class), 256, 1);
        int cell = 0;
        for (byte label : micrograph.labels())
            cell += label > 0 ? 1 : 0;
        assertTrue(cell > .05 * 256 * 256, "cells grow with the field");
    }

    @Test
    void aFolderWithOtherFilesIsRefusedAndLeftAlone() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("mine"));
        Files.writeString(folder.resolve("README.txt"), "my own notes");
        String sentence = refusal(folder, 1);
        assertTrue(sentence.contains("is not empty and is not a sample"), sentence);
        assertEquals(Set.of("README.txt"), files(folder).keySet());
    }

    @Test
    void aSampleOfOtherSettingsIsRefused() {
        Path folder = write(temp.resolve("a"), 1);
        String sentence = refusal(folder, 2);
        assertTrue(sentence.contains("other settings") && sentence.contains("seed 1"), sentence);
    }

    @Test
    void aFileThatTheUserChangedIsNotOverwritten() throws IOException {
        Path folder = write(temp.resolve("a"), 1);
        Files.writeString(folder.resolve("tags.csv"), "file,tags\nmine.png,cat\n");
        String sentence = refusal(folder, 1);
        assertTrue(sentence.contains("tags.csv is not what the sample has there"), sentence);
        assertEquals("file,tags\nmine.png,cat\n", Files.readString(folder.resolve("tags.csv")));
    }

    @Test
    void aFileInPlaceOfTheFolderAndAbsurdNumbersAreRefused() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertTrue(refusal(file, 1).contains("is a file"));
        Path folder = temp.resolve("new");
        assertThrows(UserException.class, () -> SampleFolder.write(folder, 0, 128, 1, Progress.silent()));
        assertThrows(UserException.class, () -> SampleFolder.write(folder, 10, 8, 1, Progress.silent()));
        assertFalse(Files.exists(folder));
    }

    @Test
    void itCanBeCancelledAndTakenUpAgain() throws IOException {
        Path folder = temp.resolve("a");
        Progress impatient = new Progress() {
            private int reports;

            @Override
            public void report(double fraction, String stage) {
                reports++;
            }

            @Override
            public void say(String sentence) {}

            @Override
            public void warn(String sentence) {}

            @Override
            public boolean isCancelled() {
                return reports == 5;
            }
        };
        assertThrows(CancelledException.class, () -> SampleFolder.write(folder, IMAGES, 128, 7, impatient));
        write(folder, 7);
        write(temp.resolve("b"), 7);
        assertSameFiles(files(temp.resolve("b")), files(folder));
    }

    private static Path write(Path folder, long seed) {
        SampleFolder.write(folder, IMAGES, 128, seed, Progress.silent());
        return folder;
    }

    private static String refusal(Path folder, long seed) {
        return assertThrows(UserException.class, () -> write(folder, seed)).getMessage();
    }

    private static int[] meanColour(Micrograph micrograph, int label) {
        int[] sum = new int[3];
        int n = 0;
        for (int i = 0; i < micrograph.rgb().length; i++)
            if (micrograph.labels()[i] == label && !micrograph.organelles()[i]) {
                for (int c = 0; c < 3; c++)
                    sum[c] += micrograph.rgb()[i] >> 16 - 8 * c & 255;
                n++;
            }
        return new int[] {sum[0] / n, sum[1] / n, sum[2] / n};
    }

    private static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList())
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
        return files;
    }

    private static void assertSameFiles(Map<String, byte[]> expected, Map<String, byte[]> actual) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
    }
}
