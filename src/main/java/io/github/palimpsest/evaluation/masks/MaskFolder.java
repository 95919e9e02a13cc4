package io.github.palimpsest.evaluation.masks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.palimpsest.evaluation.ConfusionMatrix;
import io.github.palimpsest.task.UserException;

/**
 * A folder of ground-truth masks: PNG images of one channel, grey or with a palette, whose values (for a palette, its
 * indices) are lines of a {@code classes.txt} in the folder or above it, counted from 0; 255 is ignored. The lines are
 * matched to tags by name; one called {@code background} is the background.
 */
public final class MaskFolder {

    private final Path folder;
    private final Path classesFile;
    private final Map<String, Path> masks;
    // Of every value 0..255: its label, 0 background, 1.. tags, 255 ignored; -1 if the value has no line.
    private final int[] labelOfValue;
    private final List<String> warnings;

    private MaskFolder(Path folder, Path classesFile, Map<String, Path> masks, int[] labelOfValue,
            List<String> warnings) {
        this.folder = folder;
        this.classesFile = classesFile;
        this.masks = masks;
        this.labelOfValue = labelOfValue;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Which mask belongs to which image.
     *
     * @param masks by the image's name, in the order of the images
     * @param imagesWithout names of images that have no mask, or share one with another image
     * @param masksWithout number of masks that belong to none of the images
     */
    public record Matches(Map<String, Path> masks, List<String> imagesWithout, int masksWithout) {}

    /**
     * Looks at a folder, not yet at its masks.
     *
     * @param tags in order, without the background
     * @throws UserException if there is no such folder, no {@code classes.txt}, or a tag that is none of its lines
     */
    public static MaskFolder open(Path folder, List<String> tags) {
        if (!Files.isDirectory(folder))
            throw new UserException("There is no folder " + folder + ". Name the folder that holds the masks.");
        ClassList classes = ClassList.beside(folder).orElseThrow(() -> new UserException("There is no "
                + ClassList.FILE + " in " + folder + " or the folder above it. Write one: a line for every value of "
                + "the masks from 0 on, first \"" + ClassList.BACKGROUND + "\", then the tags."));
        List<String> warnings = new ArrayList<>();
        int[] labelOfValue = labelsOfValues(classes.names(), classes.file(), tags, warnings);
        Map<String, Path> masks = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(MaskFolder::isMask).sorted()
                    .forEach(file -> masks.put(NameMatch.stem(relative(folder, file)), file));
        } catch (IOException | UncheckedIOException e) {
            throw new UserException("Cannot list " + folder + ": " + e.getMessage() + ". Check its permissions.", e);
        }
        if (masks.isEmpty())
            throw new UserException("There are no PNG masks in " + folder + ". Name the folder that holds them.");
        return new MaskFolder(folder, classes.file(), masks, labelOfValue, warnings);
    }

    /** Sentences about what may spoil the scores. */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * Finds the mask of every image. The mask of {@code a/b.jpg} is {@code a/b.jpg.png}, or else {@code a/b.png}, or
     * else {@code b.png} if no other image is called so.
     *
     * @param images names relative to the images' folder, with forward slashes
     * @throws UserException if no image has a mask
     */
    public Matches match(List<String> images) {
        NameMatch match = NameMatch.of(images, masks.keySet());
        Map<String, Path> matched = new LinkedHashMap<>();
        match.found().forEach((image, mask) -> matched.put(image, masks.get(mask)));
        if (matched.isEmpty())
            throw new UserException("None of the " + masks.size() + " masks in " + folder
                    + " belongs to an image of the run"
                    + (images.isEmpty() ? "" : ", whose first image is " + images.get(0))
                    + ". Name the folder whose masks are called like the images.");
        return new Matches(matched, match.without(), match.unused());
    }

    /**
     * Reads a mask.
     *
     * @param width that it must have, in pixels
     * @param height that it must have
     * @return row-major labels: 0 background, 1.. tags, {@link ConfusionMatrix#IGNORED}
     * @throws UserException if it cannot be read, is a colour image, has another size, or a value without a class
     */
    public byte[] read(Path mask, int width, int height) {
        try {
            return labels(mask, width, height, "its image");
        } catch (LabelFile.UnreadableException e) {
            throw new UserException(e.getMessage(), e);
        }
    }

    /**
     * {@link #read}, where a file that cannot be read is another matter than one that contradicts.
     *
     * @param whose size it must have, for the sentence
     */
    byte[] labels(Path mask, int width, int height, String whose) throws LabelFile.UnreadableException {
        LabelFile file = new LabelFile(mask, "mask", "the lines of " + ClassList.FILE);
        LabelFile.Size size = file.size();
        // Before the pixels: a header may claim more of them than memory holds.
        if (size.width() != width || size.height() != height)
            throw new UserException("The mask " + mask + " is " + size + " pixels, " + whose + " " + width
                    + "×" + height + ". Both must have the same size.");
        int[] values = file.values();
        byte[] labels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            int value = values[i];
            int label = value < 0 || value > 255 ? -1 : labelOfValue[value];
            if (label < 0)
                throw new UserException("The mask " + mask + " holds the value " + value + " (at " + i % width + ", "
                        + i / width + "), but " + classesFile + " has no line " + value
                        + " (counted from 0). Correct the one or the other.");
            labels[i] = (byte) label;
        }
        return labels;
    }

    /** Where they are. */
    Path folder() {
        return folder;
    }

    /** The masks' names and files. */
    Map<String, Path> masks() {
        return masks;
    }

    private static int[] labelsOfValues(List<String> classes, Path file, List<String> tags, List<String> warnings) {
        if (classes.size() > ConfusionMatrix.IGNORED)
            throw new UserException(file + " has " + classes.size()
                    + " lines, but masks have only the values 0 to 254 and 255 is "
                    + "ignored. Remove classes.");
        List<String> keys = tags.stream().map(ClassList::key).toList();
        int[] labels = new int[256];
        Arrays.fill(labels, -1);
        labels[ConfusionMatrix.IGNORED] = ConfusionMatrix.IGNORED;
        List<String> unmatched = new ArrayList<>();
        for (int value = 0; value < classes.size(); value++) {
            int exact = tags.indexOf(classes.get(value));
            labels[value] = (exact >= 0 ? exact : keys.indexOf(ClassList.key(classes.get(value)))) + 1;
            if (labels[value] == 0 && !ClassList.key(classes.get(value)).equals(ClassList.BACKGROUND))
                unmatched.add("\"" + classes.get(value) + "\"");
        }
        List<String> missing = new ArrayList<>();
        for (int tag = 0; tag < tags.size(); tag++) {
            int label = tag + 1;
            long lines = Arrays.stream(labels, 0, classes.size()).filter(l -> l == label).count();
            if (lines == 0)
                missing.add("\"" + tags.get(tag) + "\"");
            if (lines > 1)
                throw new UserException(file + " has the class \"" + tags.get(tag) + "\" " + lines
                        + " times. Name it once.");
        }
        if (!missing.isEmpty())
            throw new UserException(missing.stream().collect(Collectors.joining(", ", "The tags ", " are"))
                    + " not in " + file + ", which has " + String.join(", ", classes)
                    + ". Masks are matched to tags by name: correct the names.");
        if (!unmatched.isEmpty())
            warnings.add("The classes " + String.join(", ", unmatched) + " of " + file
                    + " are no tags here; their pixels are scored as background.");
        return labels;
    }

    private static boolean isMask(Path file) {
        String name = file.getFileName().toString();
        // macOS leaves files such as ._a.png beside a.png.
        return !name.startsWith(".") && name.toLowerCase(Locale.ROOT).endsWith(".png") && Files.isRegularFile(file);
    }

    private static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
