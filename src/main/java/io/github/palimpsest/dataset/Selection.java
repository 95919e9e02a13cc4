package io.github.palimpsest.dataset;

import java.util.List;
import java.util.Locale;

import io.github.palimpsest.task.UserException;

/**
 * Which images of a tagged folder are meant, and how the folder is laid out.
 *
 * @param format one of {@link #FORMATS}; {@code auto} looks at what is there
 * @param split the name of a split of {@code split.csv} (or of a VOC folder); empty for all images
 */
public record Selection(String format, String split) {

    /** Finds out by itself how a folder is laid out. */
    public static final String AUTO = "auto";

    /** What {@code format} may be. */
    public static final List<String> FORMATS = List.of(AUTO, "subfolders", "table", "annotations", "voc");

    /**
     * Checks the format's name; absent values stand for {@code auto} and for all images.
     *
     * @throws UserException for an unknown format
     */
    public Selection {
        format = format == null || format.isBlank() ? AUTO : format.strip().toLowerCase(Locale.ROOT);
        split = split == null ? "" : split.strip();
        if (!FORMATS.contains(format))
            throw new UserException("format=" + format + " is not known: choose one of " + String.join(", ", FORMATS)
                    + ".");
    }

    /** All images of a folder in whatever format it is. */
    public static Selection all() {
        return new Selection(AUTO, "");
    }

    /** The images of one split of a folder in whatever format it is. */
    public static Selection split(String split) {
        return new Selection(AUTO, split);
    }
}
