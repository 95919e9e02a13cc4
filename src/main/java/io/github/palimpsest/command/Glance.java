package io.github.palimpsest.command;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.dataset.FolderReport;
import io.github.palimpsest.dataset.ImageFolder;
import io.github.palimpsest.dataset.Selection;
import io.github.palimpsest.dataset.TaggedFolder;
import io.github.palimpsest.dataset.TaggedFolders;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.task.UserException;

/** A quick look into a folder that a user has just chosen: names and tables, no pixels. */
public final class Glance {

    private static final int MOST_TAGS = 12;

    private Glance() {}

    /**
     * What was found, in sentences, a line each.
     *
     * @param input whose folder is looked into
     * @param values of all inputs, by key; those named {@code format} and {@code split} are heeded
     * @throws UserException if the command could not use the folder, saying why
     */
    public static List<String> at(InputDefinition input, Map<String, String> values) {
        File folder = (File) input.parse(values.get(input.key()));
        String split = values.getOrDefault("split", "");
        if (input.glance().equals("images"))
            return sentences(ImageFolder.read(folder.toPath(), split.strip()));
        TaggedFolder tagged = TaggedFolders.read(folder.toPath(), new Selection(values.get("format"), split));
        List<String> sentences = sentences(tagged);
        FolderReport.aboutTags(tagged).forEach(warning -> sentences.add("Warning: " + warning));
        return sentences;
    }

    private static List<String> sentences(TaggedFolder folder) {
        List<String> sentences = new ArrayList<>();
        int images = folder.images().size();
        sentences.add("Found " + images + (images == 1 ? " image" : " images") + ", read as " + folder.format() + ".");
        if (!folder.tags().isEmpty())
            sentences.add(tags(folder));
        folder.warnings().forEach(warning -> sentences.add("Warning: " + warning));
        return sentences;
    }

    private static String tags(TaggedFolder folder) {
        int[] counts = folder.imagesPerTag();
        List<String> tags = new ArrayList<>();
        for (int tag = 0; tag < Math.min(MOST_TAGS, counts.length); tag++)
            tags.add(folder.tags().get(tag) + " (" + counts[tag] + ")");
        if (counts.length > MOST_TAGS)
            tags.add(counts.length - MOST_TAGS + " more");
        long untagged = folder.images().stream().map(TaggedImage::tags).filter(List::isEmpty).count();
        return "Tags: " + String.join(", ", tags) + "; " + (untagged == 0 ? "every image has a tag" : untagged + " without a tag") + ".";
    }
}
