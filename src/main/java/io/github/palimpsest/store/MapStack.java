package io.github.palimpsest.store;

import java.nio.file.Path;
import java.util.List;

import io.github.palimpsest.tensor.Tensor;

/**
 * Soft maps of one image: 32-bit TIFF, one slice per label, the slice's label being the tag.
 *
 * @param labels one for each slice
 * @param maps {@code C×H×W}; null where there are no labels
 */
public record MapStack(List<String> labels, Tensor maps) {

    /** Writes it as a TIFF that ImageJ opens, through a temporary name. */
    public void write(Path file) {
        throw new IllegalStateException("being built");
    }

    /** Reads what {@link #write} wrote. */
    public static MapStack read(Path file) {
        throw new IllegalStateException("being built");
    }
}
