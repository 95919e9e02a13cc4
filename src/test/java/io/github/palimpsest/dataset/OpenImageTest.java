package io.github.palimpsest.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.FloatProcessor;
import ij.process.LUT;

import io.github.palimpsest.imagej.WavyImages;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/** What is open in ImageJ and what is in a file are read alike, to the bit. */
class OpenImageTest {

    @TempDir
    private Path folder;

    private static Tensor read(ImagePlus image, int index) {
        return new OpenImage(image, ReadSettings.DEFAULT).read(index);
    }

    private Tensor fromFile(ImagePlus image) {
        Path file = folder.resolve("image.tif");
        new FileSaver(image).saveAsTiff(file.toString());
        return ImageReader.read(file);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24, 32})
    void singleImagesAreReadAsTheirFiles(int bits) {
        ImagePlus image = WavyImages.single(bits);
        assertEquals(fromFile(image), read(image, 0));
        image.setDisplayRange(20, 60);
        assertEquals(fromFile(image), read(image, 0), "how it is shown does not matter");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32})
    void invertedTablesCount(int bits) {
        ImagePlus image = WavyImages.single(bits);
        Tensor plain = read(image, 0);
        image.getProcessor().invertLut();
        Tensor inverted = read(image, 0);
        assertEquals(fromFile(image), inverted);
        assertEquals(255 - plain.data()[77], inverted.data()[77]);
    }

    @Test
    void colouredTablesAreColours() throws IOException {
        ImagePlus image = WavyImages.single(8);
        image.setLut(LUT.createLutFromColor(Color.ORANGE));
        assertEquals(fromFile(image), read(image, 0));
        Path png = folder.resolve("image.png");
        ImageIO.write(image.getBufferedImage(), "png", png.toFile());
        assertEquals(ImageReader.read(png), read(image, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24, 32})
    void stacksAreReadAsTheirFiles(int bits) {
        assertSameAsFile(WavyImages.stack(bits, 1, 2, 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {IJ.COMPOSITE, IJ.COLOR, IJ.GRAYSCALE})
    void channelsAreReadAsTheirFiles(int mode) {
        CompositeImage image = new CompositeImage(WavyImages.stack(16, 2, 2, 2), mode);
        image.setChannelLut(LUT.createLutFromColor(Color.MAGENTA), 1);
        image.setChannelLut(LUT.createLutFromColor(Color.GREEN), 2);
        image.setPosition(2, 1, 2);
        assertSameAsFile(image);
        assertSameAsFile(new CompositeImage(WavyImages.stack(8, 3, 1, 2), mode));
    }

    private void assertSameAsFile(ImagePlus image) {
        Path path = folder.resolve("stack.tif");
        new FileSaver(image).saveAsTiffStack(path.toString());
        StackFile file = StackFile.open(path, ReadSettings.DEFAULT);
        OpenImage open = new OpenImage(image, ReadSettings.DEFAULT);
        assertEquals(file.shape().images(), open.shape().images());
        for (int index = 0; index < open.shape().images(); index++)
            assertEquals(file.read(index), open.read(index), "slice " + index);
        assertFalse(open.read(0).equals(open.read(1)), "slices differ");
    }

    @Test
    void theImagesOwnValuesAreNotNormalised() {
        ImagePlus image = WavyImages.single(32);
        float[] before = ((float[]) image.getProcessor().getPixels()).clone();
        assertNotSame(before, read(image, 0).data());
        assertArrayEquals(before, (float[]) image.getProcessor().getPixels());
    }

    @Test
    void gapsAreReadAsInFilesAndNoted() {
        ImagePlus image = WavyImages.single(32);
        OpenImage whole = new OpenImage(image, ReadSettings.DEFAULT);
        whole.read(0);
        assertFalse(whole.hasGaps());
        image.getProcessor().setf(3, 4, Float.NaN);
        image.getProcessor().setf(5, 4, Float.POSITIVE_INFINITY);
        OpenImage open = new OpenImage(image, ReadSettings.DEFAULT);
        assertEquals(fromFile(image), open.read(0));
        assertTrue(open.hasGaps());
    }

    @Test
    void nothingToSeeIsASentence() {
        float[] nothing = new float[12];
        Arrays.fill(nothing, Float.NaN);
        ImagePlus image = new ImagePlus("void", new FloatProcessor(4, 3, nothing));
        assertTrue(assertThrows(UserException.class, () -> read(image, 0)).getMessage()
                .contains("The image void has no pixel that is a number"));
        assertTrue(assertThrows(UserException.class, () -> read(new ImagePlus(), 0)).getMessage()
                .contains("has no pixels"));
        ReadSettings small = new ReadSettings(Normalization.DEFAULT, 11);
        assertTrue(assertThrows(UserException.class, () -> new OpenImage(image, small)).getMessage()
                .contains("4×3 pixels"));
    }
}
