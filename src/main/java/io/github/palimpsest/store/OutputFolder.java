package io.github.palimpsest.store;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.palimpsest.task.UserException;

/** A folder that is to be written to. */
public final class OutputFolder {

    private OutputFolder() {}

    /**
     * Makes sure that a folder is there or can be made, as far as can be seen without making it.
     *
     * @throws UserException if it is a file, or lies below one
     */
    public static void requirePossible(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder))
            throw new UserException("The output " + folder + " is a file, but a folder is needed. Choose another output.");
        Path obstacle = FileProblem.fileAmongParents(folder);
        if (obstacle != null)
            throw new UserException("The folder " + folder + " cannot be made, because " + obstacle + " is a file. Choose another output.");
    }
}
