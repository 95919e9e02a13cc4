package io.github.palimpsest.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.palimpsest.task.UserException;

/**
 * The order of the tags: that of {@code classes.txt}, else alphabetical in Unicode's order, the same in every language.
 */
final class ClassList {

    static final String FILE = "classes.txt";
    private static final String BACKGROUND = "background";
    /** Masks are 8-bit, 0 is the background and 255 is unlabelled. */
    private static final int MAX_TAGS = 254;

    private ClassList() {}

    /**
     * The tags in order.
     *
     * @throws UserException if {@code classes.txt} lacks a tag or repeats one, a tag is named background, there is none
     * or         there are too many
     */
    static List<String> order(Path root, Set<String> tags) {
        Path file = root.resolve(FILE);
        for (String tag : tags)
            if (tag.equalsIgnoreCase(BACKGROUND))
                throw new UserException("\"" + tag + "\" is used as a tag in " + root
                        + ", but that name is kept for what no tag names: rename the tag, or give these images no tag"
                        + " (an empty cell, or a subfolder named untagged).");
        List<String> ordered = Files.exists(file) ? List.copyOf(listed(file, tags)) : List.copyOf(tags);
        if (ordered.isEmpty())
            throw new UserException("No image in " + root + " has a tag, so there is nothing to learn: tag at least"
                    + " some images.");
        if (ordered.size() > MAX_TAGS)
            throw new UserException("There are " + ordered.size() + " tags in " + root + ", more than the " + MAX_TAGS
                    + " that fit into 8-bit masks: use fewer tags, and check that the column of tags is the right"
                    + " one.");
        return ordered;
    }

    private static Set<String> listed(Path file, Set<String> tags) {
        Set<String> listed = new LinkedHashSet<>();
        boolean first = true;
        for (String line : Table.text(file).lines().toList()) {
            String tag = Normalizer.normalize(line, Normalizer.Form.NFC).strip();
            if (tag.isEmpty())
                continue;
            boolean background = tag.equalsIgnoreCase(BACKGROUND);
            if (background && !first)
                throw new UserException(file + " lists background after other tags: it is no tag and may only be the"
                        + " first line.");
            if (!background && !listed.add(tag))
                throw new UserException(file + " lists " + tag + " twice: remove one of the lines.");
            first = false;
        }
        for (String tag : tags)
            if (!listed.contains(tag))
                throw new UserException("The tag " + tag + " is used but not listed in " + file
                        + ": add it there, or correct its spelling.");
        return listed;
    }
}
