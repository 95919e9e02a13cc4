package io.github.palimpsest.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.palimpsest.task.UserException;

/**
 * A subfolder per tag, named after it, in the folder or in its {@code images}. Images in {@code untagged} show none of
 * the tags.
 */
final class Subfolders implements FolderFormat {

    private static final String UNTAGGED = "untagged";
    private static final Set<String> SPLITS = Set.of("train", "val", "valid", "validation", "test", "trainval");

    @Override
    public String name() {
        return "subfolders";
    }

    @Override
    public String description() {
        return "a subfolder per tag";
    }

    @Override
    public boolean matches(Path root) {
        return !VocFolder.isVoc(root) && !tagFolders(base(root)).isEmpty();
    }

    @Override
    public void read(Path root, FolderContent content) {
        Path base = base(root);
        List<Path> folders = tagFolders(base);
        if (folders.isEmpty())
            throw new UserException("There is no subfolder with images in " + root
                    + ": make one for each tag, named after the tag.");
        if (folders.stream().allMatch(f -> SPLITS.contains(f.getFileName().toString().toLowerCase(Locale.ROOT))))
            throw new UserException("The subfolders of " + root + " are named like splits, not like tags: choose one"
                    + " of them as the folder, such as " + folders.get(0) + ".");
        ImageFiles files = new ImageFiles(root);
        Map<String, Path> images = files.below(base, content);
        List<String> loose = new ArrayList<>();
        for (Map.Entry<String, Path> image : images.entrySet()) {
            int slash = image.getKey().indexOf('/');
            if (slash < 0) {
                loose.add(image.getKey());
                continue;
            }
            String folder = image.getKey().substring(0, slash);
            if (folder.equals("images"))
                continue; // the home of images that a table names
            content.add(image.getKey(), image.getValue(), folder.equalsIgnoreCase(UNTAGGED) ? List.of()
            : List.of(folder));
        }
        if (!loose.isEmpty())
            content.warn("Images beside the subfolders were left out, since no folder says what they show: "
                    + Leftovers.some(loose)
                    + ". Images that show none of the tags belong in a subfolder named " + UNTAGGED + ".");
    }

    /** Where the subfolders are. */
    static Path base(Path root) {
        Path images = root.resolve("images");
        return tagFolders(root).isEmpty() && Files.isDirectory(images) ? images : root;
    }

    /** The visible subfolders that hold an image, themselves or in a folder below. */
    private static List<Path> tagFolders(Path base) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(base)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && !ImageFiles.isHidden(name)
                        && !name.equals("images") && !name.equalsIgnoreCase("masks") && holdsImage(entry))
                    folders.add(entry);
            }
        } catch (IOException e) {
            return List.of();
        }
        folders.sort(null);
        return folders;
    }

    private static boolean holdsImage(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.anyMatch(file -> ImageFiles.isImageName(file.getFileName().toString())
                    && !Files.isDirectory(file));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
