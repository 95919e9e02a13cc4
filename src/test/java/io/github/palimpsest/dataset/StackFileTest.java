package io.github.palimpsest.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;

import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

class StackFileTest {

    @TempDir
    private Path folder;

    private static ImagePlus noise(String type, int slices) {
        ImagePlus image = IJ.createImage("noise", type, 13, 9, slices);
        Random random = new Random(5);
        for (int slice = 1; slice <= slices; slice++) {
            ImageProcessor pixels = image.getStack().getProcessor(slice);
            for (int i = 0; i < 13 * 9; i++)
                if (pixels.getBitDepth() == 32)
                    pixels.setf(i, (float) random.nextGaussian() * slice);
                else
                    pixels.set(i, random.nextInt(pixels.getBitDepth() == 24 ? 1 << 24 : 1 << pixels.getBitDepth()));
        }
        return image;
    }

    private Path saved(ImagePlus image) {
        Path file = folder.resolve(image.getTitle() + ".tif");
        if (image.getStackSize() > 1)
            new FileSaver(image).saveAsTiffStack(file.toString());
        else
            new FileSaver(image).saveAsTiff(file.toString());
        return file;
    }

    private static StackFile open(Path file) {
        return StackFile.open(file, ReadSettings.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8-bit", "16-bit", "32-bit", "RGB"})
    void eachSliceIsReadAsAFileOfItsOwn(String type) {
        ImagePlus stack = noise(type, 4);
        if (type.equals("8-bit"))
            stack.setLut(LUT.createLutFromColor(Color.ORANGE));
        StackFile file = open(saved(stack));
        assertEquals(4, file.shape().images());
        for (int slice = 4; slice >= 1; slice--) {
            ImagePlus alone = new ImagePlus("alone", stack.getStack().getProcessor(slice));
            if (type.equals("8-bit"))
                alone.setLut(stack.getProcessor().getLut());
            assertEquals(ImageReader.read(saved(alone)), file.read(slice - 1));
        }
    }

    @Test
    void otherProgramsStacksAreReadToo() throws IOException {
        Path file = folder.resolve("lzw.tif");
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        ImagePlus stack = noise("RGB", 3);
        try (var out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            ImageWriteParam lzw = writer.getDefaultWriteParam();
            lzw.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            lzw.setCompressionType("LZW");
            writer.prepareWriteSequence(null);
            for (int slice = 1; slice <= 3; slice++) {
                BufferedImage page = new BufferedImage(13, 9, BufferedImage.TYPE_INT_RGB);
                page.setRGB(0, 0, 13, 9, (int[]) stack.getStack().getPixels(slice), 0, 13);
                writer.writeToSequence(new IIOImage(page, null, null), lzw);
            }
            writer.endWriteSequence();
        }
        StackFile found = open(file);
        assertEquals(3, found.shape().slices());
        assertEquals(ImageReader.read(saved(new ImagePlus("page", stack.getStack().getProcessor(3)))), found.read(2));
        assertEquals(ImageReader.read(saved(new ImagePlus("page", stack.getStack().getProcessor(1)))), found.read(0));
    }

    /** Red and blue are planes of their own, and what is cyan is green and blue. */
    @Test
    void channelsAddUpInTheirColours() {
        ImagePlus image = noise("8-bit", 12);
        image.setDimensions(3, 2, 2);
        CompositeImage composite = new CompositeImage(image, IJ.COMPOSITE);
        composite.setChannelLut(LUT.createLutFromColor(Color.RED), 1);
        composite.setChannelLut(LUT.createLutFromColor(Color.CYAN), 2);
        composite.setChannelLut(LUT.createLutFromColor(Color.BLUE), 3);
        composite.getCalibration().frameInterval = 2.5;
        StackFile file = open(saved(composite));
        assertEquals(2, file.shape().slices());
        assertEquals(2, file.shape().frames());
        assertEquals(2.5, file.shape().interval());
        for (int frame = 1; frame <= 2; frame++)
            for (int slice = 1; slice <= 2; slice++) {
                Tensor rgb = file.read((frame - 1) * 2 + slice - 1);
                int first = composite.getStackIndex(1, slice, frame);
                byte[][] planes = new byte[3][];
                for (int c = 0; c < 3; c++)
                    planes[c] = (byte[]) image.getStack().getPixels(first + c);
                for (int i = 0; i < 117; i++) {
                    assertEquals(planes[0][i] & 255, rgb.data()[i]);
                    assertEquals(planes[1][i] & 255, rgb.data()[117 + i]);
                    assertEquals(Math.min(255, (planes[1][i] & 255) + (planes[2][i] & 255)), rgb.data()[234 + i]);
                }
            }
    }

    /** As ImageReader reads three 16-bit planes of a single TIFF: by one pair of percentiles. */
    @Test
    void deepChannelsShareTheirPercentiles() {
        ImagePlus image = noise("16-bit", 6);
        image.setDimensions(3, 1, 2);
        StackFile file = open(saved(new CompositeImage(image, IJ.GRAYSCALE)));
        float[][] planes = new float[3][117];
        for (int c = 0; c < 3; c++)
            for (int i = 0; i < 117; i++)
                planes[c][i] = ((ShortProcessor) image.getStack().getProcessor(4 + c)).get(i);
        Normalization.DEFAULT.apply(planes);
        Tensor found = file.read(1);
        for (int c = 0; c < 3; c++)
            assertArrayEquals(planes[c], Arrays.copyOfRange(found.data(), c * 117, c * 117 + 117));
    }

    @Test
    void singleImagesAndOtherFilesAreNoStacks() throws IOException {
        assertNull(open(saved(noise("16-bit", 1))));
        Path png = folder.resolve("a.png");
        ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", png.toFile());
        assertNull(open(png));
    }

    @Test
    void aStackThatIsCutShortIsASentence() throws IOException {
        Path file = saved(noise("16-bit", 5));
        byte[] bytes = Files.readAllBytes(file);
        for (int end : new int[] {bytes.length / 2, 300, 5}) {
            Files.write(file, Arrays.copyOf(bytes, end));
            String said = assertThrows(UserException.class, () -> open(file).read(4)).getMessage();
            assertTrue(said.contains(file.toString()) && said.contains("broken or cut short"), said);
        }
    }

    @Test
    void slicesOfSeveralSizesAreASentence() throws IOException {
        Path file = folder.resolve("sizes.tif");
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("tiff");
        ImageWriter writer = writers.next();
        try (var out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int size = 8; size <= 9; size++)
                writer.writeToSequence(new IIOImage(new BufferedImage(size, 8, BufferedImage.TYPE_BYTE_GRAY), null,
                        null), null);
            writer.endWriteSequence();
        }
        String said = assertThrows(UserException.class, () -> open(file)).getMessage();
        assertTrue(said.contains("differ in size"), said);
    }

    @Test
    void planesAreNotMixedUpInLongStacks() {
        ImageStack stack = new ImageStack(3, 2);
        for (int i = 0; i < 70; i++)
            stack.addSlice(new ShortProcessor(3, 2, new short[] {(short) i, 0, 200, 0, 0, 0}, null));
        StackFile file = open(saved(new ImagePlus("long", stack)));
        assertEquals(70, file.shape().images());
        assertEquals(255 * 40 / 200f, file.read(40).data()[0], 1e-4);
    }
}
