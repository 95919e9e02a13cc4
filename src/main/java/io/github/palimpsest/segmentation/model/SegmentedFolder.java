package io.github.palimpsest.segmentation.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunStatus;
import io.github.palimpsest.task.Program;
import io.github.palimpsest.task.OutputRefusedException;
import io.github.palimpsest.task.UserException;

/**
 * The places in the folder that {@code segment-folder} writes:
 *
 * <pre>
 * segmentation.json        the model's checksum and the settings
 * legend.csv               value, tag and colour of every label
 * IMAGE.png, IMAGE         labels; those of a TIFF are a TIFF of its own name
 * overlays/IMAGE.png       the labels on the image; those of a stack are a TIFF of its own name
 * probabilities/IMAGE.tif  a slice for each label that was taken into account; of a stack, a channel for each label
 * progress/IMAGE.json      what is known of an image; it is written last, so an image that has it is done
 * predictions.csv          all of that in one table
 * skipped.csv              images that could not be segmented
 * </pre>
 *
 * @param root the folder
 */
record SegmentedFolder(Path root) {

    /**
     * What makes the content of a folder.
     *
     * @param format of the folder; 1 is the first
     * @param program name and version of what began it
     * @param model the model's file name, for looking at it
     * @param checksum SHA-256 of the model, hexadecimal
     * @param settings that bear on the result
     */
    record Origin(int format, String program, String model, String checksum, Map<String, String> settings) {

        static final int FORMAT = 1;

        Origin {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        }

        static Origin of(Path model, String checksum, Map<String, String> settings) {
            return new Origin(FORMAT, Program.NAME_AND_VERSION, model.getFileName().toString(), checksum, settings);
        }
    }

    Path origin() {
        return root.resolve("segmentation.json");
    }

    Path legend() {
        return root.resolve("legend.csv");
    }

    Path predictions() {
        return root.resolve("predictions.csv");
    }

    Path skipped() {
        return root.resolve("skipped.csv");
    }

    Path labels(String image) {
        return root.resolve(isTiff(image) ? image : image + ".png");
    }

    Path overlay(String image, boolean stack) {
        return root.resolve("overlays").resolve(stack ? image : image + ".png");
    }

    Path probabilities(String image) {
        return root.resolve("probabilities").resolve(image + ".tif");
    }

    Path progress(String image) {
        return root.resolve("progress").resolve(image + ".json");
    }

    static boolean isTiff(String image) {
        String name = image.toLowerCase(Locale.ROOT);
        return name.endsWith(".tif") || name.endsWith(".tiff");
    }

    /**
     * Begins the folder, or goes on with one that was begun by the same model and settings.
     *
     * @throws UserException if it holds something else, saying what
     */
    void begin(Origin origin) {
        if (!Files.exists(origin())) {
            requireEmpty();
            Json.write(origin(), origin);
            return;
        }
        Origin there = Json.read(origin(), Origin.class);
        if (there.format() > Origin.FORMAT)
            throw new UserException("The output " + root
                    + " was written by a newer version of Palimpsest. Install it, or choose another output.");
        if (!there.checksum().equals(origin.checksum()))
            throw new UserException("The output " + root + " was begun with another model (" + there.model()
                    + "; even of the same name, its content differs). Choose another output, or delete this one.");
        origin.settings().forEach((key, value) -> {
            String before = there.settings().getOrDefault(key, "");
            if (!value.equals(before))
                throw new UserException("The output " + root + " was begun with " + key + "=" + before + ", not " + key
                        + "=" + value + ". Use the same settings to go on, or choose another output.");
        });
    }

    private void requireEmpty() {
        try (DirectoryStream<Path> there = Files.newDirectoryStream(root)) {
            for (Path file : there)
                // The folder's lock, what file browsers leave behind, and word of attempts that failed.
                if (!RunStatus.isLeftByAttempts(file))
                    throw new OutputRefusedException("The output " + root + " holds other files already, such as "
                            + file.getFileName() + ", which might be overwritten. Choose an empty or a new folder.");
        } catch (IOException e) {
            throw new UserException("The folder " + root + " cannot be listed: check its permissions.", e);
        }
    }
}
