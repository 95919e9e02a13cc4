package io.github.palimpsest.evaluation.masks;

import java.awt.image.Raster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

import io.github.palimpsest.evaluation.ConfusionMatrix;
import io.github.palimpsest.task.UserException;

/**
 * A folder of ground-truth masks: PNG images of one channel, grey or with a palette, whose values (for a palette, its
 * indices) are lines of a {@code classes.txt} in the folder or above it, counted from 0; 255 is ignored. The lines are
 * matched to tags by name; one called {@code background} is the background.
 */
public final class MaskFolder {

    private static final String CLASSES = "classes.txt";
    private static final String BACKGROUND = "background";

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
        Path classesFile = classesFile(folder);
        List<String> warnings = new ArrayList<>();
        int[] labelOfValue = labels(classes(classesFile), classesFile, tags, warnings);
        Map<String, Path> masks = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(MaskFolder::isMask).sorted().forEach(file -> masks.put(stem(relative(folder, file)), file));
        } catch (IOException | UncheckedIOException e) {
            throw new UserException("Cannot list " + folder + ": " + e.getMessage() + ". Check its permissions.", e);
        }
        if (masks.isEmpty())
            throw new UserException("There are no PNG masks in " + folder + ". Name the folder that holds them.");
        return new MaskFolder(folder, classesFile, masks, labelOfValue, warnings);
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
        Map<String, Integer> sharers = new LinkedHashMap<>();
        Map<String, String> found = new LinkedHashMap<>();
        for (String image : images) {
            String stem = stem(image);
            String last = stem.substring(stem.lastIndexOf('/') + 1);
            for (String candidate : List.of(image, stem, last))
                if (masks.containsKey(candidate)) {
                    found.put(image, candidate);
                    sharers.merge(candidate, 1, Integer::sum);
                    break;
                }
        }
        Map<String, Path> matched = new LinkedHashMap<>();
        List<String> without = new ArrayList<>();
        for (String image : images) {
            String mask = found.get(image);
            if (mask != null && sharers.get(mask) == 1)
                matched.put(image, masks.get(mask));
            else
                without.add(image);
        }
        if (matched.isEmpty())
            throw new UserException("None of the " + masks.size() + " masks in " + folder
                    + " belongs to an image of the run"
                    + (images.isEmpty() ? "" : ", whose first image is " + images.get(0))
                    + ". Name the folder whose masks are called like the images.");
        return new Matches(matched, List.copyOf(without), masks.size() - sharers.size());
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
        Raster raster = raster(mask, width, height);
        int[] values = raster.getSamples(0, 0, width, height, 0, (int[]) null);
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

    private static Raster raster(Path mask, int width, int height) {
        try (ImageInputStream in = ImageIO.createImageInputStream(mask.toFile())) {
            Iterator<ImageReader> readers = in == null ? null : ImageIO.getImageReaders(in);
            if (readers == null || !readers.hasNext())
                throw new IOException("not an image");
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                // Before the pixels: a header may claim more of them than memory holds.
                if (reader.getWidth(0) != width || reader.getHeight(0) != height)
                    throw new UserException("The mask " + mask + " is " + reader.getWidth(0) + "×" + reader.getHeight(0)
                            + " pixels, its image " + width + "×" + height + ". Both must have the same size.");
                Raster raster = reader.read(0).getRaster();
                if (raster.getNumBands() != 1)
                    throw new UserException("The mask " + mask
                            + " is a colour image, which does not say what class a pixel is. "
                            + "Save it as 8-bit grey or with a palette, its values being the lines of "
                            + CLASSES + ".");
                return raster;
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof UserException sentence)
                throw sentence;
            throw new UserException("Cannot read the mask " + mask + ": " + e.getMessage() + ". Replace or remove it.",
                    e);
        }
    }

    private static Path classesFile(Path folder) {
        Path above = folder.toAbsolutePath().normalize().getParent();
        for (Path place : above == null ? List.of(folder) : List.of(folder, above))
            if (Files.isRegularFile(place.resolve(CLASSES)))
                return place.resolve(CLASSES);
        throw new UserException("There is no " + CLASSES + " in " + folder
                + " or the folder above it. Write one: a line for every"
                + " value of the masks from 0 on, first \"" + BACKGROUND + "\", then the tags.");
    }

    private static List<String> classes(Path file) {
        try {
            String text = Files.readString(file);
            String lines = text.startsWith("\ufeff") ? text.substring(1) : text;
            return Arrays.stream(lines.stripTrailing().split("\\R", -1))
                    .map(String::strip).toList();
        } catch (IOException e) {
            throw new UserException("Cannot read " + file + " as text in UTF-8: " + e.getMessage() + ". Save it again.",
                    e);
        }
    }

    private static int[] labels(List<String> classes, Path file, List<String> tags, List<String> warnings) {
        if (classes.size() > ConfusionMatrix.IGNORED)
            throw new UserException(file + " has " + classes.size()
                    + " lines, but masks have only the values 0 to 254 and 255 is "
                    + "ignored. Remove classes.");
        List<String> keys = tags.stream().map(MaskFolder::key).toList();
        int[] labels = new int[256];
        Arrays.fill(labels, -1);
        labels[ConfusionMatrix.IGNORED] = ConfusionMatrix.IGNORED;
        List<String> unmatched = new ArrayList<>();
        for (int value = 0; value < classes.size(); value++) {
            int exact = tags.indexOf(classes.get(value));
            labels[value] = (exact >= 0 ? exact : keys.indexOf(key(classes.get(value)))) + 1;
            if (labels[value] == 0 && !key(classes.get(value)).equals(BACKGROUND))
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
            throw new UserException(missing.stream().collect(Collectors.joining(", ", "The run's tags ", " are"))
                    + " not in " + file + ", which has " + String.join(", ", classes)
                    + ". Masks are matched to tags by name: correct the names.");
        if (!unmatched.isEmpty())
            warnings.add("The classes " + String.join(", ", unmatched) + " of " + file
                    + " are no tags of the run; their pixels are scored as background.");
        return labels;
    }

    private static String key(String name) {
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static boolean isMask(Path file) {
        String name = file.getFileName().toString();
        // macOS leaves files such as ._a.png beside a.png.
        return !name.startsWith(".") && name.toLowerCase(Locale.ROOT).endsWith(".png") && Files.isRegularFile(file);
    }

    private static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }
}
