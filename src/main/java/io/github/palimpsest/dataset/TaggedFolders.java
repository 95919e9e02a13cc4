package io.github.palimpsest.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.palimpsest.task.UserException;

/**
 * Reads folders of tagged images, whichever way they are laid out: a subfolder per tag, {@code tags.csv}, a table of
 * Fiji's Qualitative Annotations plugins, or PASCAL VOC. Only names and tables are read, not the images; see {@link
 * FolderReport} for those. An image that no table says anything of is left out, since it is not known to lack a tag.
 */
public final class TaggedFolders {

    /** The first that matches is taken. */
    private static final List<FolderFormat> FORMATS = List.of(new TagTable(), new AnnotationTable(), new VocFolder(),
            new Subfolders());

    private TaggedFolders() {}

    /**
     * Reads a folder of tagged images.
     *
     * @return the images of the selected split; the tags are those of all splits, so that they agree between splits
     * @throws UserException if the folder is missing or empty, in no known format, or a line of a table cannot be
     * understood
     */
    public static TaggedFolder read(Path root, Selection selection) {
        if (!Files.exists(root))
            throw new UserException("The folder " + root + " does not exist: check its name.");
        if (!Files.isDirectory(root))
            throw new UserException(root + " is a file, but a folder of tagged images is needed: choose the folder"
                    + " that it is in.");
        FolderContent content = new FolderContent();
        List<FolderFormat> candidates = candidates(root, selection);
        FolderFormat format = candidates.get(0);
        format.read(root, content);
        if (content.entries().isEmpty())
            throw new UserException("There is no image in " + root + " that can be used"
                    + (content.skipped().isEmpty() ? ": add images as PNG, JPEG, GIF, BMP or TIFF."
                            : ". " + content.skipped().get(0).reason()));
        // Subfolders that hold what a table names are its order on disk, not another set of tags.
        if (candidates.size() > 1 && content.entries().keySet().stream().noneMatch(name -> name.contains("/")))
            content.warn(root + " could be read as " + format.description() + " or as "
                    + candidates.get(1).description()
                    + "; it was read as the first. Set format=" + candidates.get(1).name()
                    + " to read it as the second.");
        if (!format.name().equals("voc"))
            Splits.read(root, content);
        List<String> tags = ClassList.order(root, content.tags());
        if (!selection.split().isEmpty())
            Splits.select(root, selection.split(), content);
        if (!content.skipped().isEmpty())
            content.warn((content.skipped().size() == 1 ? "1 file was" : content.skipped().size() + " files were")
                    + " skipped. "
                    + content.skipped().get(0).reason());
        List<TaggedImage> images = new ArrayList<>();
        content.entries().forEach((name, entry) -> images.add(
                new TaggedImage(name, entry.file(), entry.tags().stream().map(tags::indexOf).sorted().toList())));
        return new TaggedFolder(root, format.description(), tags, images, content.warnings(), content.skipped());
    }

    private static List<FolderFormat> candidates(Path root, Selection selection) {
        if (!selection.format().equals(Selection.AUTO))
            return FORMATS.stream().filter(f -> f.name().equals(selection.format())).toList();
        List<FolderFormat> candidates = FORMATS.stream().filter(f -> f.matches(root)).toList();
        if (candidates.isEmpty())
            throw new UserException((isEmpty(root) ? "The folder " + root + " is empty." : "No tags were found in "
                    + root + ".")
                    + " Looked for: tags.csv or tags.tsv (columns file,tags); a CSV table of Fiji's Qualitative"
                    + " Annotations plugins (columns Folder,Image); ImageSets/Main and JPEGImages as in VOC; a"
                    + " subfolder of images per tag. Add one of these.");
        return candidates;
    }

    private static boolean isEmpty(Path root) {
        try (var files = Files.list(root)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UserException("The folder " + root + " cannot be listed: check its permissions.", e);
        }
    }
}
