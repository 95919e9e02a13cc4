package io.github.palimpsest.evaluation.masks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.github.palimpsest.task.UserException;

/**
 * A {@code classes.txt}: line n, from 0, names the class of the value n.
 *
 * @param names without outer blanks; may be empty
 */
record ClassList(Path file, List<String> names) {

    static final String FILE = "classes.txt";

    /** What the class is called that is no tag. */
    static final String BACKGROUND = "background";

    /**
     * The list in a folder, or else in the one above it.
     *
     * @throws UserException if it is no text
     */
    static Optional<ClassList> beside(Path folder) {
        Path above = folder.toAbsolutePath().normalize().getParent();
        for (Path place : above == null ? List.of(folder) : List.of(folder, above))
            if (Files.isRegularFile(place.resolve(FILE)))
                return Optional.of(read(place.resolve(FILE)));
        return Optional.empty();
    }

    private static ClassList read(Path file) {
        try {
            String text = Files.readString(file);
            String lines = text.startsWith("\ufeff") ? text.substring(1) : text;
            return new ClassList(file, Arrays.stream(lines.stripTrailing().split("\\R", -1))
                    .map(String::strip).toList());
        } catch (IOException e) {
            throw new UserException("Cannot read " + file + " as text in UTF-8: " + e.getMessage() + ". Save it again.",
                    e);
        }
    }

    /** Names that differ only in case, outer blanks or how accents are coded have the same key. */
    static String key(String name) {
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
