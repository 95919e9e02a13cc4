package io.github.palimpsest.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

import io.github.palimpsest.task.UserException;

/** What the operating system says about a file, as a sentence with a remedy. */
final class FileProblem {

    private FileProblem() {}

    /** Why a file cannot be written. */
    static UserException writing(Path file, IOException cause) {
        String reason = reason(cause);
        Path obstacle = fileAmongParents(file);
        String sentence;
        if (obstacle != null)
            sentence = obstacle + " is a file, not a folder. Move it away or choose another folder";
        else if (reason.contains("no space") || reason.contains("not enough space") || reason.contains("quota"))
            sentence = "the disk is full. Free some space and run the same command again";
        else if (reason.contains("read-only"))
            sentence = "the disk is read-only. Choose another folder";
        else if (reason.contains("name too long"))
            sentence = "its name is too long. Give the image or the folder a shorter name";
        else if (Files.isDirectory(file))
            sentence = "a folder has that name. Move it away or choose another folder";
        else if (cause instanceof AccessDeniedException || reason.contains("denied"))
            sentence = "access is denied. Check the permissions of its folder and whether another program has the file open";
        else
            sentence = plain(cause) + ". Check the disk and run the same command again";
        return new UserException("Cannot write " + file + ": " + sentence + ".", cause);
    }

    /** Why a file cannot be read. */
    static UserException reading(Path file, IOException cause) {
        String sentence;
        if (Files.isDirectory(file))
            sentence = "it is a folder. Choose a file";
        else if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException
                || cause instanceof NotDirectoryException || fileAmongParents(file) != null)
            sentence = "there is no such file. Check the name";
        else if (cause instanceof AccessDeniedException)
            sentence = "access is denied. Check its permissions";
        else if (cause instanceof CharacterCodingException)
            sentence = "it is not text in UTF-8. Save it as UTF-8";
        else
            sentence = plain(cause) + ". Check the disk, or restore the file";
        return new UserException("Cannot read " + file + ": " + sentence + ".", cause);
    }

    /** The file in whose place there should be a folder; null if there is none. */
    static Path fileAmongParents(Path file) {
        for (Path parent = file.toAbsolutePath().getParent(); parent != null; parent = parent.getParent())
            if (Files.exists(parent))
                return Files.isDirectory(parent) ? null : parent;
        return null;
    }

    private static String reason(IOException cause) {
        return plain(cause).toLowerCase(Locale.ROOT);
    }

    private static String plain(IOException cause) {
        String text = cause instanceof FileSystemException e && e.getReason() != null ? e.getReason()
                : cause.getMessage();
        return text == null ? cause.getClass().getSimpleName() : text;
    }
}
