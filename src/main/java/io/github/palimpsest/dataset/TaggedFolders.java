package io.github.palimpsest.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.palimpsest.task.UserException;

/** Reads folders of tagged images, whichever way they are laid out. Only names and tables are read, not the images. */
public final class TaggedFolders {

    private static final List<FolderFormat> FORMATS = List.of(new TagTable(), new Subfolders());

    private TaggedFolders() {}

    /**
     * Reads a folder of tagged images.
     *
     * @return the images of the selected split; the tags are those of all splits, so that they agree between splits
     * @throws UserException if the folder is missing or empty, in no known format, or a line of a table cannot be understood
     */
    public static TaggedFolder read(Path root, Selection selection) {
        if (!Files.exists(root))
            throw new UserException("The folder " + root + " does not exist: check its name.");
        if (!Files.isDirectory(root))
            throw new UserException(root + " is a file, but a folder of tagged images is needed: choose the folder that it is in.");
        FolderContent content = new FolderContent();
        FolderFormat format = choose(root, selection, content);
        format.read(root, content);
        if (content.entries().isEmpty())
            throw new UserException("There is no image in " + root + " that can be used"
                    + (content.skipped().isEmpty() ? ": add images as PNG, JPEG, GIF, BMP or TIFF."
                            : ". " + content.skipped().get(0).reason()));
        Splits.read(root, content);
        List<String> tags = ClassList.order(root, content.tags());
        if (!selection.split().isEmpty())
            Splits.select(root, selection.split(), content);
        List<TaggedImage> images = new ArrayList<>();
        content.entries().forEach((name, entry) -> images.add(
                new TaggedImage(name, entry.file(), entry.tags().stream().map(tags::indexOf).sorted().toList())));
        return new TaggedFolder(root, format.description(), tags, images, content.warnings(), content.skipped());
    }

    private static FolderFormat choose(Path root, Selection selection, FolderContent content) {
        if (!selection.format().equals(Selection.AUTO))
            return FORMATS.stream().filter(f -> f.name().equals(selection.format())).findFirst().orElseThrow();
        List<FolderFormat> candidates = FORMATS.stream().filter(f -> f.matches(root)).toList();
        if (candidates.isEmpty())
            throw new UserException("No tags were found in " + root + ". Looked for: tags.csv or tags.tsv; a subfolder per tag."
                    + " Add one of these.");
        if (candidates.size() > 1)
            content.warn(root + " could be read as " + candidates.get(0).description() + " or as " + candidates.get(1).description()
                    + "; it was read as the first. Set format=" + candidates.get(1).name() + " to read it as the second.");
        return candidates.get(0);
    }
}
