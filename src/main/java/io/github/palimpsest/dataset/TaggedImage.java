package io.github.palimpsest.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * An image and what is said to be in it.
 *
 * @param name the path relative to the images' folder, with forward slashes and its own extension; unique in a folder
 * @param file where it is
 * @param tags indices into the folder's tags, ascending, without repetition; empty if the image shows none of them
 */
public record TaggedImage(String name, Path file, List<Integer> tags) {
    public TaggedImage {
        tags = List.copyOf(tags);
    }
}
