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
 * @param skipped files that are listed or lie there but are not used, each with its reason
 */
public record TaggedFolder(Path root, String format, List<String> tags, List<TaggedImage> images, List<String> warnings,
        List<SkippedFile> skipped) {
    public TaggedFolder {
        tags = List.copyOf(tags);
        images = List.copyOf(images);
        warnings = List.copyOf(warnings);
        skipped = List.copyOf(skipped);
    }

    /** A folder of which nothing was skipped. */
    public TaggedFolder(Path root, String format, List<String> tags, List<TaggedImage> images, List<String> warnings) {
        this(root, format, tags, images, warnings, List.of());
    }

    /** The number of images that carry a tag, for each tag. */
    public int[] imagesPerTag() {
        int[] counts = new int[tags.size()];
        for (TaggedImage image : images)
            for (int tag : image.tags())
                counts[tag]++;
        return counts;
    }

    /** The same folder with other images, such as those that could be read, and what else is to be said about it. */
    public TaggedFolder with(List<TaggedImage> otherImages, List<String> otherWarnings,
            List<SkippedFile> otherSkipped) {
        return new TaggedFolder(root, format, tags, otherImages, otherWarnings, otherSkipped);
    }
}
