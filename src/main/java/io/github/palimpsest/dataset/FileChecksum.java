package io.github.palimpsest.dataset;

import java.io.IOException;
import java.nio.file.Path;

import io.github.palimpsest.task.UserException;

/** By what a file is recognised. */
public final class FileChecksum {

    private FileChecksum() {}

    /**
     * SHA-256 of a file's bytes, as 64 hexadecimal digits.
     *
     * @throws UserException if it cannot be read, naming it
     */
    public static String sha256(Path file) {
        try {
            return ImageCheck.sha256(file);
        } catch (IOException e) {
            throw new UserException(file + " cannot be read: check its permissions.", e);
        }
    }
}
