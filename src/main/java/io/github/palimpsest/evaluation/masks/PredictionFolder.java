package io.github.palimpsest.evaluation.masks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.palimpsest.task.UserException;

/**
 * A folder of predicted label images, PNG or TIFF of 8 or 16 bits, with their legend. The label image of {@code b.jpg}
 * is {@code b.jpg.png}, that of {@code b.tif} is {@code b.tif}; {@code b.png} may be that of either.
 *
 * @param folder that holds them, and below
 * @param legend what the values mean
 * @param files by what their names say of their images': relative to the folder, with forward slashes
 */
record PredictionFolder(Path folder, PredictionLegend legend, Map<String, Path> files) {

    private static final Pattern LABELS = Pattern.compile("(?i).*\\.(png|tiff?)");
    private static final Pattern TIFF = Pattern.compile("(?i).*\\.tiff?");
    private static final Pattern IMAGE = Pattern.compile("(?i).*\\.(png|jpe?g|gif|bmp|tiff?)");

    /**
     * Looks at a folder, not yet at its images.
     *
     * @throws UserException if there is no such folder, no legend or no label image
     */
    static PredictionFolder open(Path folder) {
        if (!Files.isDirectory(folder))
            throw new UserException("There is no folder " + folder + ". Name the folder that holds the predictions.");
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(file -> isLabelImage(file, folder)).sorted()
                    .forEach(file -> add(file, folder, files));
        } catch (IOException | UncheckedIOException e) {
            throw new UserException("Cannot list " + folder + ": " + e.getMessage() + ". Check its permissions.", e);
        }
        if (files.isEmpty())
            throw new UserException("There is no label image (PNG or TIFF) in " + folder
                    + ". Name a folder that segment-folder wrote.");
        return new PredictionFolder(folder, PredictionLegend.of(folder), files);
    }

    private static void add(Path file, Path folder, Map<String, Path> files) {
        Path other = files.put(image(relative(file, folder)), file);
        if (other != null)
            throw new UserException(other + " and " + file + " are predictions of the same image. Remove one of them.");
    }

    /** A label image's name without what was added to that of its image. */
    private static String image(String name) {
        String stem = NameMatch.stem(name);
        return TIFF.matcher(name).matches() && !IMAGE.matcher(stem).matches() ? name : stem;
    }

    private static boolean isLabelImage(Path file, Path folder) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && LABELS.matcher(name).matches() && Files.isRegularFile(file)
                && !isAccompanying(relative(file, folder), folder);
    }

    /** Whether it is a picture of labels or their probabilities, which segment-folder puts into folders below. */
    private static boolean isAccompanying(String name, Path folder) {
        String top = name.substring(0, name.indexOf('/') + 1);
        String image = NameMatch.stem(name.substring(top.length()));
        return (top.equals("overlays/") || top.equals("probabilities/"))
                && (Files.exists(folder.resolve(image + ".png")) || Files.exists(folder.resolve(image)));
    }

    private static String relative(Path file, Path folder) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /** The name of the prediction of every image that has one. */
    Map<String, String> match(List<String> images) {
        Map<String, String> found = new LinkedHashMap<>(NameMatch.of(images, files.keySet()).found());
        // A TIFF may be that of b.jpg too, as a PNG may, if it is not that of b.tif.
        Map<String, String> others = new LinkedHashMap<>();
        files.keySet().stream().filter(name -> TIFF.matcher(name).matches() && !found.containsValue(name))
                .forEach(name -> others.putIfAbsent(NameMatch.stem(name), name));
        NameMatch.of(images.stream().filter(image -> !found.containsKey(image)).toList(), others.keySet()).found()
                .forEach((image, name) -> found.put(image, others.get(name)));
        return found;
    }

    /** A prediction's file. */
    LabelFile file(String name) {
        return new LabelFile(files.get(name), "prediction", "those of " + legend.file());
    }

    /**
     * Reads a prediction.
     *
     * @return row-major labels: 0 background, 1.. tags
     * @throws LabelFile.UnreadableException if there is no readable image
     * @throws UserException if a value has no tag
     */
    byte[] labels(String name, int width) throws LabelFile.UnreadableException {
        int[] values = file(name).values();
        byte[] labels = new byte[values.length];
        int last = 0;
        int lastLabel = legend.labels().get(0);
        for (int i = 0; i < values.length; i++) {
            if (values[i] != last) {
                Integer label = legend.labels().get(values[i]);
                if (label == null)
                    throw new UserException("The prediction " + files.get(name) + " holds the value " + values[i]
                            + " (at " + i % width + ", " + i / width + "), but " + legend.file()
                            + " does not say what it means. Add it there, or segment the images again.");
                last = values[i];
                lastLabel = label;
            }
            labels[i] = (byte) lastLabel;
        }
        return labels;
    }
}
