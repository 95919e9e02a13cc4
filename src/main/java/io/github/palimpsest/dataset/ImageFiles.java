package io.github.palimpsest.dataset;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.github.palimpsest.task.UserException;

/**
 * The image files of a folder: which there are, and which a name in a table means. Nothing outside the folder is
 * reached.
 */
final class ImageFiles {

    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff");

    private final Path root;
    private final Path realRoot;
    private final Path imageFolder;

    /** @throws UserException if the folder, or {@code images} in it, cannot be read or leads out of it */
    ImageFiles(Path root) {
        this.root = root;
        try {
            realRoot = root.toRealPath();
        } catch (IOException e) {
            throw new UserException("The folder " + root + " cannot be read: check its permissions.", e);
        }
        Path images = root.resolve("images");
        imageFolder = Files.isDirectory(images) ? images : root;
        if (!isInside(imageFolder))
            throw new UserException(images + " is a link that leads out of the folder: copy the images into it"
                    + " instead.");
    }

    /** The folder that images' names are relative to: {@code images} if there is one, else the folder itself. */
    Path imageFolder() {
        return imageFolder;
    }

    /** Whether a file's name says that it is a visible image of a kind that can be read. */
    static boolean isImageName(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return !isHidden(last) && EXTENSIONS.contains(extension(last));
    }

    static boolean isHidden(String name) {
        return name.startsWith(".") || name.equals("__MACOSX");
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Whether a file or folder, with all links followed, lies in this folder. */
    boolean isInside(Path file) {
        try {
            return file.toRealPath().startsWith(realRoot);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * All images below a folder, except those in {@code masks}, by their paths relative to it. Links to folders are not
     * followed, so that no circle of links can catch the search; links to files are, if they stay in the folder.
     */
    Map<String, Path> below(Path folder, FolderContent content) {
        Map<String, Path> found = new TreeMap<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    boolean skip = !directory.equals(folder)
                            && (isHidden(directory.getFileName().toString()) || isMasks(directory));
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = nameOf(folder, file);
                    if (attributes.isSymbolicLink() && Files.isDirectory(file) && !isMasks(file))
                        content.skip(name, name + " is a link to a folder, and such links are not followed: copy the"
                                + " folder.");
                    else if (isImageName(name) && attributes.isSymbolicLink() && !isInside(file))
                        content.skip(name, name + " is a link that leads out of the folder, so it was skipped: copy"
                                + " the file.");
                    else if (isImageName(name))
                        found.put(name, file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    String name = nameOf(folder, file);
                    content.skip(name, name + " cannot be read, so it was skipped: check its permissions.");
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UserException("The folder " + folder + " cannot be listed: check its permissions.", e);
        }
        return found;
    }

    /** Masks are for scoring; they must not be taken for images. */
    private boolean isMasks(Path directory) {
        Path parent = directory.getParent();
        return directory.getFileName().toString().equalsIgnoreCase("masks")
                && (parent.equals(root) || parent.equals(imageFolder));
    }

    /** A file's path relative to a folder, with forward slashes. */
    static String nameOf(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /** What an entry of a table means: a file, or else why there is none. */
    record Found(String name, Optional<Path> file, String problem) {}

    /**
     * Finds a file that a table names, in {@code images} or beside the table.
     *
     * @param entry as in the table
     * @param where the table and line, for the sentence
     */
    Found find(String entry, String where) {
        String wanted = entry.replace('\\', '/');
        while (wanted.startsWith("./"))
            wanted = wanted.substring(2);
        if (!isRelative(wanted))
            return refused(entry, where + " names " + entry + ", which leads out of the folder, so it was skipped:"
                    + " names must be relative to the images' folder.");
        if (!isImageName(wanted))
            return refused(entry, where + " names " + entry + ", which is no image file, so it was skipped: use PNG,"
                    + " JPEG, GIF, BMP or TIFF.");
        // The same umlaut may be one character in the table and two in the name of the file, or the other way round.
        for (String spelling : List.of(wanted, Normalizer.normalize(wanted, Normalizer.Form.NFC),
                Normalizer.normalize(wanted, Normalizer.Form.NFD)))
            for (Path base : List.of(imageFolder, root)) {
                Path file = resolve(base, spelling);
                if (file == null || !Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                    continue;
                String name = nameOf(file.startsWith(imageFolder) ? imageFolder : root, file);
                if (!isInside(file))
                    return refused(name, where + " names " + entry + ", a link that leads out of the folder or to"
                            + " nothing, so it was skipped: copy the file itself.");
                return new Found(name, Optional.of(file), "");
            }
        return refused(entry, where + " names " + entry + ", which is not in " + imageFolder
                + ", so it was skipped: add the file or correct the line.");
    }

    /** Whether a name, with forward slashes, stays in the folder on every operating system. */
    static boolean isRelative(String name) {
        return !name.isEmpty() && !name.startsWith("/") && !name.matches("^[A-Za-z]:.*")
                && !List.of(name.split("/")).contains("..");
    }

    private static Path resolve(Path base, String name) {
        try {
            return base.resolve(name).normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static Found refused(String name, String sentence) {
        return new Found(name, Optional.empty(), sentence);
    }
}
