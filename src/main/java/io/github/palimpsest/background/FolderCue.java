package io.github.palimpsest.background;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * Maps that the user brings, bright where there is something, dark on the ground. The map of {@code a/b.jpg} is
 * {@code a/b.jpg.tif}, {@code a/b.tif} or {@code a/b.jpg} in the folder, or one of these with another ending: tiff,
 * png, jpg. It is a grey image of 8 or 16 bits, whose type's largest value means 1, or of 32 bits, whose values are 0..1; of
 * the image's size or another of the same aspect.
 */
final class FolderCue implements BackgroundCue {

    private static final List<String> ENDINGS = List.of(".tif", ".tiff", ".png", ".jpg");
    private static final int NAMED = 3;
    private static final double ASPECT = 0.02;

    private final Path folder;

    FolderCue(Path folder) {
        if (folder == null)
            throw new UserException("A folder of background maps was asked for, but none is given: name it.");
        if (!Files.isDirectory(folder))
            throw new UserException("There is no folder " + folder + ": name the one that holds the background maps.");
        this.folder = folder;
    }

    @Override
    public void requireAll(Collection<String> names) {
        List<String> missing = names.stream().filter(name -> find(name) == null).toList();
        if (!missing.isEmpty())
            throw missing(missing, names.size());
        Map<Path, String> owners = new HashMap<>();
        for (String name : names) {
            Path file = find(name);
            String other = owners.put(file, name);
            if (other != null && !other.equals(name))
                throw new UserException("The background map " + file + " would serve both " + other + " and " + name
                        + ": give each a map of its own, called " + name + ".tif or .png.");
            read(file);
        }
    }

    @Override
    public Tensor of(Scene scene) {
        Path file = find(scene.name());
        if (file == null)
            throw missing(List.of(scene.name()), 1);
        Tensor map = read(file);
        int height = map.size(1);
        int width = map.size(2);
        // A small map of the right aspect is off by up to a pixel.
        double fitting = (double) height * scene.width() / scene.height();
        if (Math.abs(width - fitting) > Math.max(ASPECT * fitting, 1))
            throw new UserException("The background map " + file + " has " + width + "×" + height
                    + " pixels and its image " + scene.name() + " " + scene.width() + "×" + scene.height()
                    + ", which is another aspect: make the map from the whole image.");
        return Resize.bilinear(map, scene.height(), scene.width());
    }

    private static Tensor read(Path file) {
        Tensor map = ImageReader.fractions(file);
        for (float value : map.data())
            if (!(value >= 0 && value <= 1))
                throw new UserException("The background map " + file + " holds the value " + value
                        + ", but 32-bit maps must be from 0 (background) to 1 everywhere: scale it, or save it with 8"
                        + " or 16 bits.");
        return map;
    }

    private Path find(String name) {
        List<String> candidates = new ArrayList<>();
        int dot = name.lastIndexOf('.');
        String stem = dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
        ENDINGS.forEach(ending -> candidates.add(name + ending));
        candidates.add(name);
        ENDINGS.forEach(ending -> candidates.add(stem + ending));
        try {
            for (String candidate : candidates) {
                Path file = folder.resolve(candidate).normalize();
                if (file.startsWith(folder.normalize()) && Files.isRegularFile(file))
                    return file;
            }
        } catch (InvalidPathException e) {
            return null;
        }
        return null;
    }

    private UserException missing(List<String> names, int of) {
        String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
        return new UserException("The folder " + folder + " has no background map for " + some
                + (of > 1 ? " (of " + of + " images)" : "") + ": add one for each, called like its image, as in "
                + names.get(0) + ".tif or .png, or choose another background cue.");
    }
}
