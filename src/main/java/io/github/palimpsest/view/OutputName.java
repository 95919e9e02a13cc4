package io.github.palimpsest.view;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

import io.github.palimpsest.task.UserException;

/** What files are called that people will open elsewhere. */
final class OutputName {

    private OutputName() {}

    /** @throws UserException if the file's name ends otherwise, so that it would not be what its name says */
    static void require(Path file, String what, String... endings) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (Arrays.stream(endings).noneMatch(name::endsWith))
            throw new UserException("The " + what + " cannot be saved as " + file + ": give output= a file whose name ends with "
                    + endings[0] + ".");
    }
}
