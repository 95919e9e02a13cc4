package io.github.palimpsest.evaluation.masks;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import io.github.palimpsest.evaluation.ConfusionMatrix;
import io.github.palimpsest.task.UserException;

/**
 * What the values of predicted label images mean: a {@code legend.csv} with the columns {@code value,tag}, or else a
 * {@code classes.txt} as masks have it. The class {@code background} is no tag; 0 is the background unless it is named
 * otherwise.
 *
 * @param file that says so
 * @param tags in order
 * @param labels of the values: 0 background, 1.. tags; values without an entry mean nothing
 */
record PredictionLegend(Path file, List<String> tags, Map<Integer, Integer> labels) {

    private static final String FILE = "legend.csv";
    private static final int HIGHEST = 65535;

    /**
     * The legend of a folder.
     *
     * @throws UserException if there is none, or none that can be understood
     */
    static PredictionLegend of(Path folder) {
        Path legend = folder.resolve(FILE);
        if (Files.isRegularFile(legend))
            return of(legend, read(legend));
        ClassList classes = ClassList.beside(folder).orElseThrow(() -> new UserException("There is no " + FILE + " in "
                + folder + ", so nobody knows which tag a value of the predictions means. Name a folder that "
                + "segment-folder wrote, or write the file with the columns value,tag and a line for every value."));
        Map<Integer, String> names = new LinkedHashMap<>();
        for (int value = 0; value < classes.names().size(); value++)
            if (!classes.names().get(value).isEmpty())
                names.put(value, classes.names().get(value));
        return of(classes.file(), names);
    }

    private static PredictionLegend of(Path file, Map<Integer, String> names) {
        List<String> tags = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        Map<Integer, Integer> labels = new LinkedHashMap<>();
        labels.put(0, 0);
        names.forEach((value, name) -> {
            String key = ClassList.key(name);
            if (key.equals(ClassList.BACKGROUND)) {
                labels.put(value, 0);
                return;
            }
            if (keys.contains(key))
                throw new UserException(file + " names the tag \"" + name + "\" twice. Give every tag one value.");
            tags.add(name);
            keys.add(key);
            labels.put(value, tags.size());
        });
        if (tags.isEmpty())
            throw new UserException(file + " names no tag. Give it a line for every value of the predictions.");
        if (tags.size() >= ConfusionMatrix.IGNORED)
            throw new UserException(file + " names " + tags.size() + " tags, but masks of 8 bits cannot tell more than "
                    + (ConfusionMatrix.IGNORED - 1) + " apart. Score fewer at a time.");
        return new PredictionLegend(file, List.copyOf(tags), labels);
    }

    private static Map<Integer, String> read(Path file) {
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true)
                .setIgnoreEmptyLines(true).setIgnoreHeaderCase(true).get();
        Map<Integer, String> names = new LinkedHashMap<>();
        try (CSVParser lines = format.parse(new StringReader(withoutMark(Files.readString(file))))) {
            if (!lines.getHeaderMap().containsKey("value") || !lines.getHeaderMap().containsKey("tag"))
                throw new UserException(file + " has not the columns value and tag. Its first line must be value,tag "
                        + "or value,tag,colour.");
            for (CSVRecord line : lines) {
                String at = "Line " + (line.getRecordNumber() + 1) + " of " + file;
                if (line.size() <= Math.max(lines.getHeaderMap().get("value"), lines.getHeaderMap().get("tag")))
                    throw new UserException(at + " is too short. It must have a value and a tag.");
                int value = value(line.get("value"), at);
                if (line.get("tag").isEmpty())
                    throw new UserException(at + " names no tag for the value " + value
                            + ". Name it or remove the line.");
                if (names.put(value, line.get("tag")) != null)
                    throw new UserException(at + " gives the value " + value + " a second meaning. Keep one of them.");
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw new UserException("Cannot read " + file + " as a table in UTF-8: " + e.getMessage()
                    + ". Save it again as CSV, or let segment-folder write it anew.", e);
        }
        return names;
    }

    private static int value(String text, String at) {
        try {
            int value = Integer.parseInt(text);
            if (value >= 0 && value <= HIGHEST)
                return value;
        } catch (NumberFormatException e) {
            // told below, as numbers out of range are
        }
        throw new UserException(at + " has the value \"" + text + "\", but the values of label images are whole "
                + "numbers from 0 to " + HIGHEST + ". Correct it.");
    }

    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
