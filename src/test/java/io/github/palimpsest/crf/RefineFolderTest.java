package io.github.palimpsest.crf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ShortProcessor;
import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.ProbabilityMaps;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

class RefineFolderTest {

    private static final CrfSettings SETTINGS = new CrfSettings(5, 1, 3, 2, 12, 30);
    private static final int WIDTH = 30;
    private static final int HEIGHT = 24;

    @TempDir
    private Path root;
    private Path images;
    private Path maps;
    private Path output;

    @BeforeEach
    void makeFolders() throws IOException {
        images = Files.createDirectories(root.resolve("images"));
        maps = Files.createDirectories(root.resolve("maps"));
        output = root.resolve("out");
    }

    @Test
    void writesTheLikeliestLabelsAndTheMarginals() throws IOException {
        writeImage("a.png", 1);
        Tensor guesses = guesses("a.png", 3);
        new MapStack(List.of("ground", "cell", "fibre"), guesses).write(maps.resolve("a.png.tif"));
        assertEquals(1, run(true).refined());
        Tensor expected = new DenseCrf(SETTINGS).refine(ImageReader.read(images.resolve("a.png")), guesses, 1);
        MapStack refined = MapStack.read(output.resolve("maps").resolve("a.png.tif"));
        assertEquals(List.of("ground", "cell", "fibre"), refined.labels());
        assertEquals(0, Crfs.difference(expected, refined.maps()), 1e-5);
        assertArrayEquals(Labels.argmax(expected), LabelImage.read(output.resolve("a.png.png")).labels());
    }

    @Test
    void withoutAskingThereAreNoMaps() throws IOException {
        pair("a.png", "a.tif", 1);
        run(false);
        assertFalse(Files.exists(output.resolve("maps")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "a.png.tif", "a.tif", "a.png.tiff", "a.tiff" })
    void mapsBearTheNameOrTheStem(String name) throws IOException {
        pair("a.png", name, 2);
        assertEquals(1, run(false).refined());
    }

    @Test
    void aSingleImageNamesItsMaps() throws IOException {
        pair("a.png", "whatever.tif", 3);
        RefineFolder single = new RefineFolder(images.resolve("a.png"), maps.resolve("whatever.tif"), output, false);
        assertEquals(1, single.run(new DenseCrf(SETTINGS), 2, Progress.silent()).refined());
        assertTrue(Files.exists(output.resolve("a.png.png")));
    }

    @Test
    void wholeNumbersAreScaledByTheirType() throws IOException {
        ImageStack bytes = new ImageStack(2, 1);
        bytes.addSlice("x", new ByteProcessor(2, 1, new byte[] { (byte) 255, 51 }));
        bytes.addSlice("y", new ByteProcessor(2, 1, new byte[] { 0, (byte) 204 }));
        assertArrayEquals(new float[] { 1, 0.2f, 0, 0.8f }, saved(bytes).maps().data(), 1e-6f);
        ImageStack shorts = new ImageStack(2, 1);
        shorts.addSlice("x", new ShortProcessor(2, 1, new short[] { (short) 65535, 13107 }, null));
        shorts.addSlice("y", new ShortProcessor(2, 1, new short[] { 0, (short) 52428 }, null));
        MapStack read = saved(shorts);
        assertArrayEquals(new float[] { 1, 0.2f, 0, 0.8f }, read.maps().data(), 1e-6f);
        assertEquals(List.of("x", "y"), read.labels());
    }

    @Test
    void slicesWithoutLabelsAreNumbered() throws IOException {
        ImageStack stack = new ImageStack(2, 1);
        for (int i = 0; i < 3; i++)
            stack.addSlice(new ByteProcessor(2, 1));
        assertEquals(List.of("1", "2", "3"), saved(stack).labels());
    }

    @Test
    void scalesOfWholeMapsDoNotMatter() throws IOException {
        pair("a.png", "a.tif", 4);
        run(false);
        byte[] once = Files.readAllBytes(output.resolve("a.png.png"));
        Tensor tenfold = guesses("a.png", 2);
        for (int i = 0; i < tenfold.length(); i++)
            tenfold.data()[i] *= 10;
        new MapStack(List.of("0", "1"), tenfold).write(maps.resolve("a.tif"));
        run(false);
        assertArrayEquals(once, Files.readAllBytes(output.resolve("a.png.png")));
    }

    @Test
    void badImagesAreSkippedAndListed() throws IOException {
        pair("good.png", "good.tif", 5);
        writeImage("alone.png", 6);
        Files.writeString(images.resolve("broken.png"), "no image");
        new MapStack(List.of("0", "1"), guesses("good.png", 2)).write(maps.resolve("broken.tif"));
        writeImage("nan.png", 7);
        Tensor nan = guesses("nan.png", 2);
        nan.data()[WIDTH + 3] = Float.NaN;
        new MapStack(List.of("0", "1"), nan).write(maps.resolve("nan.tif"));
        writeImage("negative.png", 8);
        Tensor negative = guesses("negative.png", 2);
        negative.data()[0] = -1;
        new MapStack(List.of("0", "1"), negative).write(maps.resolve("negative.tif"));
        writeImage("one.png", 9);
        new MapStack(List.of("0"), guesses("one.png", 1)).write(maps.resolve("one.tif"));
        writeImage("size.png", 10);
        new MapStack(List.of("0", "1"), Tensor.zeros(2, 5, 6)).write(maps.resolve("size.tif"));
        writeImage("text.png", 11);
        Files.writeString(maps.resolve("text.tif"), "no maps");
        RefineFolder.Result result = run(false);
        assertEquals(1, result.refined());
        List<String> reasons = result.skipped().stream().map(skipped -> skipped.reason()).toList();
        assertEquals(7, reasons.size());
        assertTrue(reasons.get(0).contains("alone.png has no maps"), reasons.get(0));
        assertTrue(reasons.get(1).contains("broken.png"), reasons.get(1));
        assertTrue(reasons.get(2).contains("nan.tif have a value of NaN at x = 3, y = 1"), reasons.get(2));
        assertTrue(reasons.get(3).contains("negative.tif have a value of -1.0"), reasons.get(3));
        assertTrue(reasons.get(4).contains("one.tif have one slice only"), reasons.get(4));
        assertTrue(reasons.get(5).contains("30×24") && reasons.get(5).contains("6×5"), reasons.get(5));
        assertTrue(reasons.get(6).contains("text.tif are broken"), reasons.get(6));
    }

    @Test
    void nothingToRefineIsSaid() throws IOException {
        says("There is no image in");
        writeImage("a.png", 12);
        writeImage("b.png", 13);
        says("None of the 2 images could be refined. The image a.png has no maps");
    }

    @Test
    void theOutputMustLieOutside() throws IOException {
        pair("a.png", "a.tif", 14);
        output = images.resolve("refined");
        says("The output " + output + " lies in " + images);
        output = maps;
        says("The output " + maps + " lies in " + maps);
    }

    @Test
    void placesThatAreWrongAreNamed() throws IOException {
        pair("a.png", "a.tif", 15);
        maps = maps.resolve("a.tif");
        says(maps + " is a single file");
        maps = root.resolve("nowhere");
        says("There is nothing called " + maps);
        maps = root.resolve("maps");
        output = Files.writeString(root.resolve("file"), "");
        says(output + " is a file");
    }

    private void says(String beginning) {
        String sentence = assertThrows(UserException.class, () -> run(false)).getMessage();
        assertTrue(sentence.startsWith(beginning), sentence);
    }

    private RefineFolder.Result run(boolean writesMaps) {
        return new RefineFolder(images, maps, output, writesMaps).run(new DenseCrf(SETTINGS), 2, Progress.silent());
    }

    private void pair(String image, String map, long seed) throws IOException {
        writeImage(image, seed);
        new MapStack(List.of("0", "1"), guesses(image, 2)).write(maps.resolve(map));
    }

    private void writeImage(String name, long seed) throws IOException {
        Tensor disc = Crfs.disc(1, HEIGHT, WIDTH, seed);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < WIDTH * HEIGHT; i++)
            image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, (int) disc.data()[i]);
        ImageIO.write(image, "png", images.resolve(name).toFile());
    }

    private Tensor guesses(String image, int labels) {
        return Crfs.guesses(ImageReader.read(images.resolve(image)), labels, labels);
    }

    private MapStack saved(ImageStack stack) throws IOException {
        Path file = root.resolve("stack.tif");
        assertTrue(new FileSaver(new ImagePlus("stack", stack)).saveAsTiffStack(file.toString()));
        return ProbabilityMaps.read(file);
    }
}
