package io.github.palimpsest.evaluation.masks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.palimpsest.task.UserException;

/**
 * A folder of predicted label images, PNG or TIFF of 8 or 16 bits, with their legend.
 *
 * @param folder that holds them, and below
 * @param legend what the values mean
 * @param files by name: relative to the folder, with forward slashes, without the label image's own extension
 */
record PredictionFolder(Path folder, PredictionLegend legend, Map<String, Path> files) {

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
            all.filter(PredictionFolder::isLabelImage).sorted().forEach(file -> add(file, folder, files));
        } catch (IOException | UncheckedIOException e) {
            throw new UserException("Cannot list " + folder + ": " + e.getMessage() + ". Check its permissions.", e);
        }
        if (files.isEmpty())
            throw new UserException("There is no label image (PNG or TIFF) in " + folder
                    + ". Name a folder that segment-folder wrote.");
        return new PredictionFolder(folder, PredictionLegend.of(folder), files);
    }

    private static void add(Path file, Path folder, Map<String, Path> files) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        Path other = files.put(NameMatch.stem(name), file);
        if (other != null)
            throw new UserException(other + " and " + file + " are predictions of the same image. Remove one of them.");
    }

    private static boolean isLabelImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".png") || name.endsWith(".tif") || name.endsWith(".tiff"))
                && Files.isRegularFile(file);
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
                    throw new UserException("The prediction " + files.get(name) + " holds the value " + values[i] + " (at "
                            + i % width + ", " + i / width + "), but " + legend.file()
                            + " does not say what it means. Add it there, or segment the images again.");
                last = values[i];
                lastLabel = label;
            }
            labels[i] = (byte) lastLabel;
        }
        return labels;
    }
}
