package io.github.palimpsest.store;

import java.io.IOException;
import java.nio.file.Path;

import ij.io.FileInfo;
import ij.io.FileOpener;
import ij.io.TiffDecoder;

/**
 * How large an image's pixels are.
 *
 * @param pixelWidth in the unit
 * @param pixelHeight in the unit
 * @param unit such as {@code micron}; {@code pixel} where nothing is known of the size
 */
public record Calibration(double pixelWidth, double pixelHeight, String unit) {

    /** Nothing is known of the size. */
    public static final Calibration NONE = new Calibration(1, 1, "pixel");

    /** Whether pixels have a size. */
    public boolean isCalibrated() {
        return !equals(NONE);
    }

    /** What a pixel covers, in the square of the unit. */
    public double pixelArea() {
        return pixelWidth * pixelHeight;
    }

    /**
     * The calibration of a TIFF file as ImageJ understands it; {@link #NONE} where it has none, and for every other
     * kind of file, which ImageJ takes for uncalibrated too.
     */
    public static Calibration of(Path file) {
        FileInfo info;
        try {
            FileInfo[] pages = new TiffDecoder(file.toAbsolutePath().getParent() + "/", file.getFileName().toString())
                    .getTiffInfo();
            if (pages == null || pages.length == 0)
                return NONE;
            info = pages[0];
            // The unit of what ImageJ wrote stands in the description only.
            new FileOpener(info).decodeDescriptionString(info);
        } catch (IOException | RuntimeException e) {
            return NONE;
        }
        // ImageJ's own names of units: "um" becomes the letter mu and m, and so on.
        ij.measure.Calibration named = new ij.measure.Calibration();
        named.setUnit(info.unit);
        String unit = named.getUnit();
        boolean sized = unit != null && !unit.isBlank() && !unit.startsWith("pixel") && info.pixelWidth > 0
                && info.pixelHeight > 0 && Double.isFinite(info.pixelWidth) && Double.isFinite(info.pixelHeight);
        return sized ? new Calibration(info.pixelWidth, info.pixelHeight, unit) : NONE;
    }

    /** Notes it where ImageJ's encoder looks for it. */
    void describe(FileInfo info) {
        if (!isCalibrated())
            return;
        info.pixelWidth = pixelWidth;
        info.pixelHeight = pixelHeight;
        info.unit = unit;
    }

    /** The line of ImageJ's description of an image, in ASCII as the format wants it; empty if there is no size. */
    String descriptionLine() {
        return isCalibrated() ? "unit=" + unit.replace('\u00b5', 'u').replaceAll("[^\\x20-\\x7e]", "?") + "\n" : "";
    }
}
