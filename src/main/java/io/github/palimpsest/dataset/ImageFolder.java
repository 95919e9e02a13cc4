package io.github.palimpsest.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.task.UserException;

/**
 * The images of a folder whatever is said about them: those that a tagged folder would leave out because no table
 * speaks of them are there too. Images bear the names that {@link TaggedFolders} gives them.
 */
public final class ImageFolder {

    private ImageFolder() {}

    /**
     * Looks at names only.
     *
     * @param split as in {@link Selection}; empty for all images
     * @return without tags
     * @throws UserException if there is no such folder, no image in it, or no such split
     */
    public static TaggedFolder read(Path root, String split) {
        if (!Files.exists(root))
            throw new UserException("The folder " + root + " does not exist: check its name.");
        if (!Files.isDirectory(root))
            throw new UserException(root
                    + " is a file, but a folder of images is needed: choose the folder that it is in.");
        FolderContent content = new FolderContent();
        if (VocFolder.isVoc(root) && !split.isEmpty()) {
            // Only its lists of tags say which split an image belongs to.
            new VocFolder().read(root, content);
        } else {
            ImageFiles files = new ImageFiles(root);
            files.below(base(root, files), content).forEach((name, file) -> content.add(name, file, List.of()));
            Splits.read(root, content);
        }
        if (content.entries().isEmpty())
            throw new UserException("There is no image in " + root + " that can be used"
                    + (content.skipped().isEmpty() ? ": add images as PNG, JPEG, GIF, BMP or TIFF."
                            : ". " + content.skipped().get(0).reason()));
        if (!split.isEmpty())
            Splits.select(root, split, content);
        List<TaggedImage> images = content.entries().entrySet().stream()
                .map((Map.Entry<String, FolderContent.Entry> entry) -> new TaggedImage(entry.getKey(),
                        entry.getValue().file(), List.of()))
                .toList();
        return new TaggedFolder(root, "a folder of images", List.of(), images, content.warnings(), content.skipped());
    }

    private static Path base(Path root, ImageFiles files) {
        if (VocFolder.isVoc(root))
            return root.resolve("JPEGImages");
        boolean table = new TagTable().matches(root) || new AnnotationTable().matches(root);
        return !table && new Subfolders().matches(root) ? Subfolders.base(root) : files.imageFolder();
    }
}
