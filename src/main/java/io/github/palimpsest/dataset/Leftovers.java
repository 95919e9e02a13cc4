package io.github.palimpsest.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Images that lie in a folder and of which no table says anything. They are not known to lack a tag, so they are left
 * out.
 */
final class Leftovers {

    private Leftovers() {}

    static void warn(ImageFiles files, FolderContent content, String table) {
        Map<String, Path> all = files.below(files.imageFolder(), content);
        List<String> names = all.keySet().stream().filter(name -> !content.entries().containsKey(name)).toList();
        if (!names.isEmpty())
            content.warn((names.size() == 1 ? "1 image has" : names.size() + " images have") + " no line in " + table
                    + " and "
                    + (names.size() == 1 ? "was" : "were") + " left out, since nobody says what they show: "
                    + some(names)
                    + ". Give an image without tags a line of its own.");
    }

    /** The first few of many names. */
    static String some(List<String> names) {
        return some(names, ", ");
    }

    static String some(List<String> names, String separator) {
        return names.stream().limit(5).collect(Collectors.joining(separator))
                + (names.size() > 5 ? separator + "…" : "");
    }
}
