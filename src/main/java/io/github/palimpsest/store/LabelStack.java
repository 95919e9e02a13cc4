package io.github.palimpsest.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import ij.io.FileInfo;

/**
 * Small whole numbers for every pixel of one image: 8-bit TIFF, one slice per label, the slice's label being the tag.
 * An image without tags has no file.
 *
 * @param labels one for each slice
 * @param width in pixels
 * @param height in pixels
 * @param slices row-major values 0..255, one array per label
 */
public record LabelStack(List<String> labels, int width, int height, List<byte[]> slices) {

    /**
     * @throws IllegalArgumentException if there are not as many slices as labels, or one has not as many pixels as it
     *             should
     */
    public LabelStack {
        labels = List.copyOf(labels);
        slices = List.copyOf(slices);
        if (labels.size() != slices.size())
            throw new IllegalArgumentException(slices.size() + " slices for the labels " + labels);
        for (byte[] slice : slices)
            if (slice.length != width * height)
                throw new IllegalArgumentException(slice.length + " pixels in a slice of " + width + "×" + height);
    }

    /**
     * Writes it as a TIFF that ImageJ opens, through a temporary name. The same values always give the same bytes.
     *
     * @throws IllegalArgumentException if there are no labels or an empty one: a TIFF of no slices cannot be
     * @throws io.github.palimpsest.task.UserException if it cannot be written, naming the file
     */
    public void write(Path file) {
        int brightest = 1;
        for (byte[] slice : slices)
            for (byte value : slice)
                brightest = Math.max(brightest, value & 0xff);
        TiffStack.write(file, labels, width, height, FileInfo.GRAY8, slices.toArray(), brightest);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws io.github.palimpsest.task.UserException if the file is absent, damaged or something else, naming it
     */
    public static LabelStack read(Path file) {
        // Saved again from ImageJ with a colour table, the values are still the values.
        TiffStack stack = TiffStack.read(file, FileInfo.GRAY8, FileInfo.COLOR8);
        List<byte[]> slices = new ArrayList<>();
        for (int c = 0; c < stack.labels().size(); c++) {
            byte[] slice = new byte[stack.width() * stack.height()];
            stack.bytes().get(stack.first() + c * stack.step(), slice);
            slices.add(slice);
        }
        return new LabelStack(stack.labels(), stack.width(), stack.height(), slices);
    }
}
