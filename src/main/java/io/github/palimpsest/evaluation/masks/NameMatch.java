package io.github.palimpsest.evaluation.masks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which file belongs to which image, by their names. Names are relative to their folders, with forward slashes; a
 * file's is without its own extension.
 *
 * @param found the file's name by the image's, in the order of the images
 * @param without images that have no file, or share one with another image
 * @param unused number of files that belong to none of the images
 */
record NameMatch(Map<String, String> found, List<String> without, int unused) {

    /**
     * Matches. The file of {@code a/b.jpg} is {@code a/b.jpg}, or else {@code a/b}, or else {@code b}. Of several
     * images that a file could belong to it is that of the one whose name says more of it; of none if two say the same.
     */
    static NameMatch of(List<String> images, Collection<String> files) {
        Map<String, List<String>> claims = new LinkedHashMap<>();
        for (String image : images) {
            List<String> names = names(image);
            names.stream().filter(files::contains).findFirst()
                    .ifPresent(file -> claims.computeIfAbsent(file, f -> new ArrayList<>()).add(image));
        }
        Map<String, String> owners = new LinkedHashMap<>();
        claims.forEach((file, claimants) -> {
            int best = claimants.stream().mapToInt(image -> names(image).indexOf(file)).min().getAsInt();
            List<String> nearest = claimants.stream().filter(image -> names(image).indexOf(file) == best).toList();
            if (nearest.size() == 1)
                owners.put(nearest.get(0), file);
        });
        Map<String, String> found = new LinkedHashMap<>();
        List<String> without = new ArrayList<>();
        for (String image : images)
            if (owners.containsKey(image))
                found.put(image, owners.get(image));
            else
                without.add(image);
        return new NameMatch(found, List.copyOf(without), files.size() - claims.size());
    }

    private static List<String> names(String image) {
        String stem = stem(image);
        return List.of(image, stem, stem.substring(stem.lastIndexOf('/') + 1));
    }

    /** A name without its extension. */
    static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }
}
