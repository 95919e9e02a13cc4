package io.github.palimpsest.background;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

class FolderCueTest {

    private static final float[] QUARTERS = {0, 0.25f, 0.5f, 1};

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a/b.jpg.tif", "a/b.tif", "a/b.jpg.tiff", "a/b.tiff"})
    void aMapIsFoundByItsImagesName(String name) throws IOException {
        tiff(name, new FloatProcessor(2, 2, QUARTERS));
        assertArrayEquals(QUARTERS, cue().of(scene("a/b.jpg", 2, 2)).data());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b.tif.png", "a/b.png"})
    void pngIsAsGoodAsTiff(String name) throws IOException {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, 2, 2, new int[] {0, 51, 102, 255});
        Files.createDirectories(folder.resolve(name).getParent());
        ImageIO.write(image, "png", folder.resolve(name).toFile());
        assertArrayEquals(new float[] {0, 0.2f, 0.4f, 1}, cue().of(scene("a/b.tif", 2, 2)).data(), 1e-6f);
    }

    @Test
    void theFullNameGoesBeforeTheStem() throws IOException {
        tiff("b.jpg.tif", new FloatProcessor(2, 2, QUARTERS));
        tiff("b.tif", new FloatProcessor(2, 2));
        assertArrayEquals(QUARTERS, cue().of(scene("b.jpg", 2, 2)).data());
    }

    @Test
    void eachKindOfPixelIsAFractionOfItsLargestValue() throws IOException {
        tiff("8.tif", new ByteProcessor(2, 2, new byte[] {0, 51, 102, (byte) 255}));
        tiff("16.tif", new ShortProcessor(2, 2, new short[] {0, 13107, 26214, (short) 65535}, null));
        BufferedImage png = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
        png.getRaster().setPixels(0, 0, 2, 2, new int[] {0, 13107, 26214, 65535});
        ImageIO.write(png, "png", folder.resolve("deep.png").toFile());
        for (String name : List.of("8", "16", "deep"))
            assertArrayEquals(new float[] {0, 0.2f, 0.4f, 1}, cue().of(scene(name + ".jpg", 2, 2)).data(), 1e-6f, name);
    }

    @Test
    void faintMapsAreNotStretched() throws IOException {
        tiff("a.tif", new ShortProcessor(2, 2, new short[] {0, 655, 655, 1311}, null));
        assertEquals(0.02, cue().of(scene("a.jpg", 2, 2)).data()[3], 1e-4);
    }

    @Test
    void aMapOfAnotherSizeAndTheSameAspectIsResized() throws IOException {
        FloatProcessor half = new FloatProcessor(54, 36);
        half.setColor(1);
        half.fill();
        tiff("a.tif", half);
        Tensor cue = cue().of(scene("a.jpg", 213, 320));
        assertArrayEquals(new int[] {1, 213, 320}, cue.shape());
        assertEquals(1, Drawing.mean(cue, 0, 0, 213, 320), 1e-6);
    }

    @Test
    void anotherAspectIsRefused() throws IOException {
        tiff("a.tif", new FloatProcessor(213, 320));
        refuses(() -> cue().of(scene("a.jpg", 213, 320)), "a.tif", "213×320", "320×213", "aspect");
    }

    @Test
    void aMissingMapIsNamedWithItsRemedy() throws IOException {
        tiff("a.tif", new FloatProcessor(2, 2));
        refuses(() -> cue().of(scene("b.jpg", 2, 2)), "b.jpg.tif", "add one");
        refuses(() -> cue().requireAll(List.of("a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg")),
                "b.jpg, c.jpg, d.jpg and 1 more (of 5 images)", "add one");
        assertDoesNotThrow(() -> cue().requireAll(List.of("a.jpg")));
    }

    @Test
    void aDamagedMapIsFoundBeforeWorkStarts() throws IOException {
        tiff("a.tif", new FloatProcessor(20, 20));
        byte[] bytes = Files.readAllBytes(folder.resolve("a.tif"));
        Files.write(folder.resolve("a.tif"), Arrays.copyOf(bytes, bytes.length - 100));
        refuses(() -> cue().requireAll(List.of("a.jpg")), "a.tif", "broken or cut short");
        Files.writeString(folder.resolve("a.tif"), "no image");
        refuses(() -> cue().requireAll(List.of("a.jpg")), "a.tif", "not an image");
        Files.write(folder.resolve("a.tif"), new byte[0]);
        refuses(() -> cue().requireAll(List.of("a.jpg")), "a.tif", "empty");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -0.01f, 1.01f, 255})
    void valuesThatAreNoFractionsAreRefused(float value) throws IOException {
        tiff("a.tif", new FloatProcessor(2, 2, new float[] {0, 1, value, 0}));
        refuses(() -> cue().requireAll(List.of("a.jpg")), "a.tif", Float.toString(value), "scale it");
    }

    @Test
    void coloursAreRefused() throws IOException {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0xff0000);
        ImageIO.write(image, "png", folder.resolve("a.png").toFile());
        refuses(() -> cue().requireAll(List.of("a.jpg")), "a.png", "colours", "save it as grey");
    }

    @Test
    void oneMapCannotServeTwoImages() throws IOException {
        tiff("a.tif", new FloatProcessor(2, 2));
        refuses(() -> cue().requireAll(List.of("a.jpg", "a.png")), "a.tif", "a.jpg", "a.png.tif");
    }

    @Test
    void aNameThatLeadsOutOfTheFolderHasNoMap() throws IOException {
        tiff("secret.tif", new FloatProcessor(2, 2));
        Path inner = Files.createDirectory(folder.resolve("inner"));
        BackgroundCue cue = BackgroundCues.of(CueKind.FOLDER, CueOptions.DEFAULT.withFolder(inner));
        refuses(() -> cue.of(scene("../secret.jpg", 2, 2)), "no background map");
    }

    @Test
    void theFolderMustBeGivenAndBeThere() {
        refuses(() -> BackgroundCues.of(CueKind.FOLDER, CueOptions.DEFAULT), "none is given");
        refuses(() -> BackgroundCues.of(CueKind.FOLDER, CueOptions.DEFAULT.withFolder(folder.resolve("nowhere"))),
                "nowhere", "There is no folder");
    }

    private BackgroundCue cue() {
        return BackgroundCues.of(CueKind.FOLDER, CueOptions.DEFAULT.withFolder(folder));
    }

    private static Scene scene(String name, int height, int width) {
        return new Scene(name, Tensor.zeros(3, height, width), null);
    }

    private void tiff(String name, ImageProcessor pixels) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        assertTrue(new FileSaver(new ImagePlus("map", pixels)).saveAsTiff(file.toString()));
    }

    private static void refuses(Executable action, String... words) {
        String sentence = assertThrows(UserException.class, action).getMessage();
        for (String word : words)
            assertTrue(sentence.contains(word), "\"" + word + "\" is missing in: " + sentence);
    }
}
