package io.github.palimpsest.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.ImagePlus;

import io.github.palimpsest.segmentation.WarningRecorder;
import io.github.palimpsest.segmentation.model.KeptModel;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/** Results of an image replace none but its own, and no file of anybody else. */
class ImageOutputTest {

    @TempDir
    private static Path models;
    private static Path model;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeModel() {
        model = WavyModel.write(models);
    }

    @AfterAll
    static void closeModel() {
        KeptModel.close();
    }

    private static SegmentImageSettings settings(String... more) {
        return WavyModel.settings(model, more);
    }

    private static SegmentImage.Result run(ImagePlus image, String... more) {
        return SegmentImage.run(settings(more), image, Progress.silent());
    }

    private static String refused(ImagePlus image, String... more) {
        return assertThrows(UserException.class, () -> run(image, more)).getMessage();
    }

    /** Their files would have one name, on some system. */
    @ParameterizedTest
    @CsvSource({"field, field.tif", "a/b, a:b", "field, Field", "Untitled, Untitled"})
    void imagesThatWereNotSavedDoNotOverwriteEachOther(String name, String other) throws IOException {
        Path output = folder.resolve("out");
        ImagePlus first = WavyImages.single(8);
        first.setTitle(name);
        run(first, "output", output.toString());
        Map<String, byte[]> before = bytesBelow(output);
        ImagePlus second = WavyImages.single(16);
        second.setTitle(other);
        assertTrue(refused(second, "output", output.toString()).contains("holds results of another image named " + name));
        run(first, "output", output.toString());
        bytesBelow(output).forEach((file, bytes) -> assertArrayEquals(before.get(file), bytes, file));
    }

    private static Map<String, byte[]> bytesBelow(Path folder) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                all.put(folder.relativize(file).toString(), Files.readAllBytes(file));
        }
        return all;
    }

    @Test
    void theFolderOfTheImageIsNoOutput() throws IOException {
        Path output = folder.resolve("out");
        run(WavyImages.single(8), "output", output.toString());
        IJ.saveAsTiff(WavyImages.single(16), output.resolve("mine.tif").toString());
        byte[] before = Files.readAllBytes(output.resolve("mine.tif"));
        String said = refused(IJ.openImage(output.resolve("mine.tif").toString()), "output", output.toString());
        assertTrue(said.contains("is the folder that the image mine.tif is in"), said);
        assertArrayEquals(before, Files.readAllBytes(output.resolve("mine.tif")));
    }

    /** What would start an engine would say what it computes on. */
    @Test
    void aWrongOutputIsRefusedBeforeTheEngineStarts() throws IOException {
        KeptModel.close();
        Files.writeString(folder.resolve("notes.txt"), "mine");
        List<String> said = new ArrayList<>();
        Progress progress = new WarningRecorder() {
            @Override
            public void say(String sentence) {
                said.add(sentence);
            }
        };
        assertThrows(UserException.class, () -> SegmentImage.run(settings("output", folder.toString()), WavyImages.single(8), progress));
        assertEquals(List.of(), said);
    }
}
