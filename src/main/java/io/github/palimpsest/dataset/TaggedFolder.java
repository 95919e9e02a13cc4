package io.github.palimpsest.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * A folder of tagged images.
 *
 * @param root the folder that the user named
 * @param format what it was read as, in words for the user
 * @param tags in order, without the background
 * @param images of the chosen split, in the order of their names
 * @param warnings sentences about what may spoil the result
 */
public record TaggedFolder(Path root, String format, List<String> tags, List<TaggedImage> images, List<String> warnings) {
    public TaggedFolder {
        tags = List.copyOf(tags);
        images = List.copyOf(images);
        warnings = List.copyOf(warnings);
    }
}
