package io.github.palimpsest.evaluation.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Color;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;

class LabelFileTest {

    @TempDir
    Path temp;

    /** As ImageJ saves them: grey, with a lookup table, calibrated, inverted. */
    @Test
    void tiffsOfImageJKeepTheirValues() throws Exception {
        byte[] values = {0, 1, 2, 3, (byte) 200, (byte) 255};
        int[] expected = {0, 1, 2, 3, 200, 255};
        ByteProcessor bytes = new ByteProcessor(3, 2, values);
        assertArrayEquals(expected, saved("grey.tif", bytes));
        ImageProcessor coloured = bytes.duplicate();
        coloured.setLut(LUT.createLutFromColor(Color.RED));
        assertArrayEquals(expected, saved("colour.tif", coloured));
        short[] deep = {0, 1, 300, 4000, (short) 40000, (short) 65535};
        assertArrayEquals(new int[] {0, 1, 300, 4000, 40000, 65535},
                saved("deep.tif", new ShortProcessor(3, 2, deep, null)));
    }

    @Test
    void whatIsAbsentIsUnreadable() {
        assertThrows(LabelFile.UnreadableException.class, () -> file("absent.png").size());
    }

    private int[] saved(String name, ImageProcessor pixels) throws Exception {
        ImagePlus image = new ImagePlus(name, pixels);
        Calibration calibration = new Calibration();
        calibration.pixelWidth = .25;
        calibration.setUnit("um");
        image.setCalibration(calibration);
        new FileSaver(image).saveAsTiff(temp.resolve(name).toString());
        assertEquals(new LabelFile.Size(3, 2), file(name).size());
        return file(name).values();
    }

    private LabelFile file(String name) {
        return new LabelFile(temp.resolve(name), "prediction", "labels");
    }
}
