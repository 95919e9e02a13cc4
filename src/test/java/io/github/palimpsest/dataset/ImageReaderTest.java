package io.github.palimpsest.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;

import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

class ImageReaderTest {

    private static final int W = 37, H = 23;

    @TempDir
    Path folder;

    private static BufferedImage noise() {
        BufferedImage image = new BufferedImage(W, H, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < H; y++)
            for (int x = 0; x < W; x++)
                image.setRGB(x, y, random.nextInt(1 << 24));
        return image;
    }

    private Path write(BufferedImage image, String format) throws IOException {
        Path file = folder.resolve("image." + format);
        assertTrue(ImageIO.write(image, format, file.toFile()));
        return file;
    }

    private Path tiff(ImagePlus image) {
        Path file = folder.resolve("image.tif");
        assertTrue(new FileSaver(image).saveAsTiff(file.toString()));
        return file;
    }

    private static float at(Tensor image, int channel, int x, int y) {
        return image.data()[(channel * image.size(1) + y) * image.size(2) + x];
    }

    private static void assertShows(BufferedImage expected, Tensor image, int tolerance) {
        assertArrayEquals(new int[] {3, H, W}, image.shape());
        for (int y = 0; y < H; y++)
            for (int x = 0; x < W; x++) {
                Color color = new Color(expected.getRGB(x, y));
                assertEquals(color.getRed(), at(image, 0, x, y), tolerance);
                assertEquals(color.getGreen(), at(image, 1, x, y), tolerance);
                assertEquals(color.getBlue(), at(image, 2, x, y), tolerance);
            }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tif"})
    void losslessRgbKeepsEveryValue(String format) throws IOException {
        assertShows(noise(), ImageReader.read(write(noise(), format)), 0);
    }

    @Test
    void jpegGivesItsColours() throws IOException {
        BufferedImage plain = new BufferedImage(W, H, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < W * H; i++)
            plain.setRGB(i % W, i / W, 0xC86432);
        assertShows(plain, ImageReader.read(write(plain, "jpg")), 3);
    }

    @Test
    void gifGivesTheColoursOfItsPalette() throws IOException {
        BufferedImage image = new BufferedImage(W, H, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 3,
                new byte[] {10, (byte) 200, 30}, new byte[] {1, 2, 3}, new byte[] {(byte) 250, 5, 99}));
        for (int i = 0; i < W * H; i++)
            image.getRaster().setSample(i % W, i / W, 0, i % 3);
        assertShows(image, ImageReader.read(write(image, "gif")), 0);
        assertShows(image, ImageReader.read(write(image, "png")), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tif"})
    void greyIsRepeatedWithoutAnyGamma(String format) throws IOException {
        BufferedImage image = new BufferedImage(W, H, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < W * H; i++)
            image.getRaster().setSample(i % W, i / W, 0, i % 256);
        Tensor read = ImageReader.read(write(image, format));
        for (int i = 0; i < 3 * W * H; i++)
            assertEquals(i % (W * H) % 256, read.data()[i]);
    }

    @Test
    void alphaIsDropped() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x800A141E);
        image.setRGB(1, 0, 0xFF28323C);
        assertArrayEquals(new float[] {10, 40, 20, 50, 30, 60}, ImageReader.read(write(image, "png")).data());
    }

    @Test
    void anInvertedOrColouredLookUpTableIsAppliedAsImageJShowsIt() {
        ByteProcessor grey = new ByteProcessor(2, 1, new byte[] {0, (byte) 200});
        grey.invertLut();
        assertArrayEquals(new float[] {255, 55, 255, 55, 255, 55}, ImageReader.read(tiff(new ImagePlus("",
                grey))).data());
        byte[] ramp = new byte[256];
        for (int i = 0; i < 256; i++)
            ramp[i] = (byte) (i / 2);
        grey.setColorModel(new IndexColorModel(8, 256, ramp, new byte[256], ramp));
        assertArrayEquals(new float[] {0, 100, 0, 0, 0, 100}, ImageReader.read(tiff(new ImagePlus("", grey))).data());
    }

    @Test
    void sixteenBitsAreSpreadBetweenThePercentiles() {
        ShortProcessor grey = new ShortProcessor(100, 10);
        for (int i = 0; i < 1000; i++)
            grey.set(i, 30000 + i);
        Tensor image = ImageReader.read(tiff(new ImagePlus("", grey)));
        // Of 1000 distinct values the 5th is the 0.5th percentile and the 995th the 99.5th.
        for (int i = 0; i < 3000; i++)
            assertEquals(Math.max(0, Math.min(255, (i % 1000 - 4) * 255.0 / 990)), image.data()[i], 1e-4);
        Tensor full = ImageReader.read(tiff(new ImagePlus("", grey)), new ReadSettings(new Normalization(0, 100),
                1000));
        assertEquals(0, full.data()[0]);
        assertEquals(255, full.data()[999]);
    }

    @Test
    void sixteenBitPngAndTiffAgree() throws IOException {
        BufferedImage png = new BufferedImage(W, H, BufferedImage.TYPE_USHORT_GRAY);
        ShortProcessor tif = new ShortProcessor(W, H);
        Random random = new Random(2);
        for (int i = 0; i < W * H; i++) {
            int value = random.nextInt(1 << 16);
            png.getRaster().setSample(i % W, i / W, 0, value);
            tif.set(i, value);
        }
        Tensor expected = ImageReader.read(tiff(new ImagePlus("", tif)));
        assertEquals(expected, ImageReader.read(write(png, "png")));
        tif.invertLut();
        Tensor inverted = ImageReader.read(tiff(new ImagePlus("", tif)));
        for (int i = 0; i < 3 * W * H; i++)
            assertEquals(255 - expected.data()[i], inverted.data()[i], 1e-4);
    }

    @Test
    void sixteenBitColoursShareOnePairOfPercentiles() throws IOException {
        ColorModel rgb48 = new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false,
                Transparency.OPAQUE,
                DataBuffer.TYPE_USHORT);
        BufferedImage image = new BufferedImage(rgb48, rgb48.createCompatibleWritableRaster(W, H), false, null);
        for (int i = 0; i < W * H; i++)
            image.getRaster().setPixel(i % W, i / W, new int[] {1000 + i, 2000, 3000});
        image.getRaster().setSample(0, 0, 0, 0);
        ReadSettings full = new ReadSettings(new Normalization(0, 100), 10000);
        for (String format : new String[] {"png", "tif"}) {
            Tensor read = ImageReader.read(write(image, format), full);
            assertEquals(0, read.data()[0]);
            assertEquals(255 * 1005 / 3000.0, read.data()[5], 1e-3);
            assertEquals(170, at(read, 1, 3, 3), 1e-3);
            assertEquals(255, at(read, 2, 3, 3), 1e-3);
        }
    }

    @Test
    void aTiffInWhichZeroIsWhiteIsInverted() throws IOException {
        Path file = tiff(new ImagePlus("", new ByteProcessor(2, 1, new byte[] {0, (byte) 200})));
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 10; i < 130; i += 12) // the directory that ImageJ writes at byte 8, in either byte order
            if (bytes[0] == 'I' && bytes[i] == 6 && bytes[i + 1] == 1)
                bytes[i + 8] = 0;
            else if (bytes[0] == 'M' && bytes[i] == 1 && bytes[i + 1] == 6)
                bytes[i + 9] = 0;
        Files.write(file, bytes);
        assertArrayEquals(new float[] {255, 55, 255, 55, 255, 55}, ImageReader.read(file).data());
    }

    @Test
    void floatsSurviveWhatIsNotANumber() {
        float[] values = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -1, 0, 1};
        Tensor image = ImageReader.read(tiff(new ImagePlus("", new FloatProcessor(6, 1, values))));
        assertArrayEquals(new float[] {0, 0, 255, 0, 127.5f, 255}, Arrays.copyOf(image.data(), 6));
    }

    @Test
    void anImageWithoutContrastIsBlack() {
        float[] constant = new float[6];
        Arrays.fill(constant, 7);
        assertArrayEquals(new float[18], ImageReader.read(tiff(new ImagePlus("",
                new FloatProcessor(6, 1, constant)))).data());
        Arrays.fill(constant, Float.NaN);
        assertArrayEquals(new float[18], ImageReader.read(tiff(new ImagePlus("",
                new FloatProcessor(6, 1, constant)))).data());
    }

    @ParameterizedTest
    @ValueSource(strings = {"LZW", "Deflate", "PackBits", "none", "tiles"})
    void tiffMayBeCompressedOrTiled(String kind) throws IOException {
        assertShows(noise(), ImageReader.read(tiff(kind)), 0);
    }

    private Path tiff(String kind) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        if (kind.equals("tiles")) {
            settings.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setTiling(16, 16, 0, 0);
        } else if (!kind.equals("none")) {
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionType(kind);
        }
        Path file = folder.resolve(kind + ".tif");
        try (var out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(noise(), null, null), settings);
        }
        return file;
    }

    @Test
    void theSizeComesFromTheHeader() throws IOException {
        for (String format : new String[] {"png", "jpg", "gif", "bmp", "tif"})
            assertEquals(new ImageSize(W, H), ImageReader.size(write(noise(), format)));
    }

    @ParameterizedTest
    @CsvSource({"png", "jpg", "gif", "bmp", "tif", "LZW", "Deflate", "PackBits", "imagej"})
    void aFileCutShortIsRefusedAndTheConsoleStaysQuiet(String kind) throws IOException {
        Path file = kind.equals("imagej") ? tiff(new ImagePlus("", new ColorProcessor(noise())))
                : Character.isUpperCase(kind.charAt(0)) ? tiff(kind) : write(noise(), kind);
        byte[] all = Files.readAllBytes(file);
        PrintStream out = System.out, err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed));
        System.setErr(System.out);
        try {
            for (double part : new double[] {0.1, 0.5, 0.9}) {
                Files.write(file, Arrays.copyOf(all, (int) (all.length * part)));
                assertRefused(file, "save it again or remove it");
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertEquals("", printed.toString());
    }

    private static void assertRefused(Path file, String... parts) {
        String sentence = assertThrows(UserException.class, () -> ImageReader.read(file)).getMessage();
        assertTrue(sentence.contains(file.toString()), sentence);
        assertTrue(sentence.endsWith("."), sentence);
        for (String part : parts)
            assertTrue(sentence.contains(part), sentence);
    }

    @Test
    void stacksAndChannelsAreRefused() {
        ImageStack stack = new ImageStack(4, 4);
        for (int i = 0; i < 3; i++)
            stack.addSlice(new ByteProcessor(4, 4));
        ImagePlus image = new ImagePlus("", stack);
        Path file = folder.resolve("stack.tif");
        new FileSaver(image).saveAsTiffStack(file.toString());
        assertRefused(file, "stack of 3 images", "Stack to Images");
        image.setDimensions(3, 1, 1);
        new FileSaver(new CompositeImage(image, CompositeImage.COMPOSITE)).saveAsTiffStack(file.toString());
        assertRefused(file, "stack of 3 images");
    }

    @Test
    void anAbsurdSizeIsRefusedBeforeMemoryIsTaken() throws IOException {
        Path png = write(noise(), "png");
        byte[] bytes = Files.readAllBytes(png);
        ByteBuffer header = ByteBuffer.wrap(bytes).putInt(16, 100000).putInt(20, 100000);
        CRC32 crc = new CRC32();
        crc.update(bytes, 12, 17);
        header.putInt(29, (int) crc.getValue());
        Files.write(png, bytes);
        assertRefused(png, "100000×100000", "tiles");
        Path tif = tiff(new ImagePlus("", new ByteProcessor(8, 8)));
        String sentence = assertThrows(UserException.class,
                () -> ImageReader.read(tif, new ReadSettings(Normalization.DEFAULT, 63))).getMessage();
        assertTrue(sentence.contains("8×8") && sentence.contains("63"), sentence);
    }

    @Test
    void whatIsNoImageIsRefused() throws IOException {
        assertRefused(folder.resolve("none.png"), "does not exist");
        assertRefused(Files.createDirectory(folder.resolve("a.png")), "is a folder");
        assertRefused(Files.createFile(folder.resolve("zero.png")), "0 bytes");
        assertRefused(Files.writeString(folder.resolve("text.png"), "no pixels at all\n"), "is not an image");
        assertRefused(Files.write(folder.resolve("short.tif"), new byte[] {'I', 'I', 42, 0, 8, 0}), "cut short");
        assertRefused(Files.write(folder.resolve("circle.tif"), circle()), "circle");
    }

    private static byte[] circle() {
        byte[] bytes = new byte[8 + 2 + 12 + 4];
        System.arraycopy(new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0, 1, 3, 0, 1, 0, 0, 0, 5, 0, 0, 0, 8}, 0,
                bytes, 0, 23);
        return bytes;
    }

    @Test
    void aJpegInTheColoursOfPrintingIsRefused() throws IOException {
        Path file = folder.resolve("cmyk.jpg");
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(Raster.createInterleavedRaster(0, 8, 8, 4, null), null, null), null);
        }
        assertRefused(file, "CMYK", "convert it to RGB");
    }

    @Test
    void anImageMayHaveTheWrongExtension() throws IOException {
        Path png = write(noise(), "png");
        Path jpg = Files.move(png, folder.resolve("really.jpg"));
        assertShows(noise(), ImageReader.read(jpg), 0);
        assertFalse(Files.exists(png));
    }
}
