package io.github.palimpsest.dataset;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a {@link FolderFormat} gathers: images, their tags and splits by name, and what has to be said about them. */
final class FolderContent {

    /** An image as gathered so far. */
    record Entry(Path file, Set<String> tags, Set<String> splits) {}

    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<String, SkippedFile> skipped = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final Set<String> tags = new TreeSet<>();

    /** Adds an image, or adds tags to one that is known. */
    Entry add(String name, Path file, Collection<String> imageTags) {
        Entry entry = entries.computeIfAbsent(name, n -> new Entry(file, new TreeSet<>(), new TreeSet<>()));
        for (String tag : imageTags)
            if (!tag.isBlank())
                entry.tags.add(declare(tag));
        return entry;
    }

    /**
     * Makes a tag known though perhaps no image has it.
     *
     * @return the tag without outer blanks and in Unicode's composed form: a macOS folder's name and the same word
     * typed into a table look alike and differ in bytes
     */
    String declare(String tag) {
        String clean = Normalizer.normalize(tag, Normalizer.Form.NFC).strip();
        tags.add(clean);
        return clean;
    }

    void skip(String name, String reason) {
        skipped.putIfAbsent(name, new SkippedFile(name, reason));
    }

    void warn(String sentence) {
        warnings.add(sentence);
    }

    Map<String, Entry> entries() {
        return entries;
    }

    Set<String> tags() {
        return tags;
    }

    List<SkippedFile> skipped() {
        return List.copyOf(skipped.values());
    }

    List<String> warnings() {
        return warnings;
    }
}
