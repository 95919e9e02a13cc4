package io.github.palimpsest.store;

import java.nio.file.Path;
import java.util.List;

/**
 * Small whole numbers for every pixel of one image: 8-bit TIFF, one slice per label, the slice's label being the tag.
 *
 * @param labels one for each slice
 * @param width in pixels
 * @param height in pixels
 * @param slices row-major values 0..255, one array per label
 */
public record LabelStack(List<String> labels, int width, int height, List<byte[]> slices) {

    /** Writes it as a TIFF that ImageJ opens, through a temporary name. */
    public void write(Path file) {
        throw new IllegalStateException("being built");
    }

    /** Reads what {@link #write} wrote. */
    public static LabelStack read(Path file) {
        throw new IllegalStateException("being built");
    }
}
