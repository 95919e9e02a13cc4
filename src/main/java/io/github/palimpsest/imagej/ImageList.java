package io.github.palimpsest.imagej;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import ij.ImagePlus;

import io.github.palimpsest.store.Json;
import io.github.palimpsest.task.UserException;

/**
 * Which image each file of a folder is of, {@code images.json} in it: two images whose files would have the same name must
 * not overwrite each other.
 */
final class ImageList {

    private static final String FILE = "images.json";

    private final Path folder;

    ImageList(Path folder) {
        this.folder = folder;
    }

    /**
     * What is known of a file.
     *
     * @param image its title
     * @param source the file that it was opened from, or the checksum of its pixels if it was not opened from one
     * @param slices of it that were segmented
     */
    private record Listed(String image, String source, int slices) {

        boolean isOf(ImagePlus other) {
            return image.equals(other.getTitle()) && source.equals(sourceOf(other));
        }
    }

    /** @param files by their names */
    private record Images(Map<String, Listed> files) {}

    /**
     * Makes sure that the results of an image would replace none but its own.
     *
     * @throws UserException if the file is another image's, naming that
     */
    void requireSame(String file, ImagePlus image) {
        Listed there = there(file);
        if (there != null && !there.isOf(image))
            throw new UserException("The output " + folder + " holds results of another image named " + there.image()
                    + (PixelChecksum.is(there.source()) ? ", or of this one before it was changed," : " (" + there.source() + ")")
                    + " in the file " + file + ". Choose another output, or rename the image.");
    }

    /** How many slices were segmented of the image whose file is there; 0 if there is none. */
    int slices(String file) {
        Listed there = there(file);
        return there == null ? 0 : there.slices();
    }

    /** Takes note of a file that was written. */
    void note(String file, ImagePlus image, int slices) {
        Map<String, Listed> files = read();
        files.put(file, new Listed(image.getTitle(), sourceOf(image), slices));
        Json.write(folder.resolve(FILE), new Images(files));
    }

    /** Windows and macOS take two names for one that differ in small and capital letters only. */
    private Listed there(String file) {
        for (Map.Entry<String, Listed> entry : read().entrySet())
            if (entry.getKey().equalsIgnoreCase(file) && Files.exists(folder.resolve(entry.getKey())))
                return entry.getValue();
        return null;
    }

    private Map<String, Listed> read() {
        Path file = folder.resolve(FILE);
        return new TreeMap<>(Files.exists(file) ? Json.read(file, Images.class).files() : Map.of());
    }

    private static String sourceOf(ImagePlus image) {
        return OpenedFrom.file(image).map(Path::toString).orElseGet(() -> PixelChecksum.of(image));
    }
}
