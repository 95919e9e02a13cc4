package io.github.palimpsest.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.ImagePlus;
import ij.Prefs;

class SegmentedImageTest {

    private static final List<Integer> COLOURS = List.of(0, 0xe69f00, 0x56b4e9);

    @TempDir
    private Path folder;

    private static SegmentedImage image(int count) {
        short[] labels = {0, 1, 2, 1, 0, (short) (count - 1)};
        return new SegmentedImage(3, 2, labels, count);
    }

    @ParameterizedTest
    @CsvSource({"3,8", "255,8", "256,16", "65536,16"})
    void labelsComeBackFromBothKindsOfFile(int count, int bits) {
        image(count).writePng(folder.resolve("a.png"), COLOURS);
        image(count).writeTiff(folder.resolve("a.tif"), COLOURS, Calibration.NONE);
        for (String name : List.of("a.png", "a.tif")) {
            ImagePlus read = IJ.openImage(folder.resolve(name).toString());
            assertEquals(bits, read.getBitDepth(), name);
            assertEquals(2, read.getProcessor().get(2, 0), name);
            assertEquals(count - 1, read.getProcessor().get(2, 1), name);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.25,0.5,micron", "1.5,1.5,mm", "2,2,inch", "0.001,0.001,nm"})
    void aCalibrationComesBack(double width, double height, String unit) {
        Calibration calibration = new Calibration(width, height, unit);
        Path file = folder.resolve("a.tif");
        image(3).writeTiff(file, COLOURS, calibration);
        Calibration read = Calibration.of(file);
        assertEquals(width, read.pixelWidth(), 2e-6 * width);
        assertEquals(height, read.pixelHeight(), 2e-6 * height);
        assertEquals(IJ.openImage(file.toString()).getCalibration().getUnit(), read.unit());
        assertEquals(width * height, read.pixelArea(), 1e-5 * width * height);
    }

    @Test
    void filesWithoutCalibrationHaveNone() {
        image(3).writePng(folder.resolve("a.png"), COLOURS);
        image(3).writeTiff(folder.resolve("a.tif"), COLOURS, Calibration.NONE);
        for (String name : List.of("a.png", "a.tif", "missing.tif"))
            assertFalse(Calibration.of(folder.resolve(name)).isCalibrated(), name);
    }

    @Test
    void coloursAreShown() {
        image(3).writeTiff(folder.resolve("a.tif"), COLOURS, Calibration.NONE);
        ImagePlus read = IJ.openImage(folder.resolve("a.tif").toString());
        assertEquals(0xe69f00, read.getProcessor().getColorModel().getRGB(1) & 0xffffff);
    }

    @Test
    void bytesDoNotHangOnAPreferenceOfTheUser() throws Exception {
        image(300).writeTiff(folder.resolve("a.tif"), COLOURS, new Calibration(2, 2, "mm"));
        Prefs.intelByteOrder = true;
        try {
            image(300).writeTiff(folder.resolve("b.tif"), COLOURS, new Calibration(2, 2, "mm"));
        } finally {
            Prefs.intelByteOrder = false;
        }
        assertArrayEquals(Files.readAllBytes(folder.resolve("a.tif")), Files.readAllBytes(folder.resolve("b.tif")));
    }

    @Test
    void asManyLabelsAsPixels() {
        assertThrows(IllegalArgumentException.class, () -> new SegmentedImage(2, 2, new short[3], 2));
    }
}
