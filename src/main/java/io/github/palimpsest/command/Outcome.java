package io.github.palimpsest.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

import io.github.palimpsest.store.RunStatus;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/**
 * Where a command leaves word of how it ended: {@code status.json} in its output folder. It is nowhere else, and nowhere if
 * the output is a file, lies in a folder that the command only reads, or should have been there and is not. An attempt that
 * came to nothing makes a folder for it in macros only: elsewhere an exit code or a window tells the user.
 */
final class Outcome {

    static final String DONE = "Done.";

    private final String command;
    private final Path folder;
    private final boolean isMacro;

    private Outcome(String command, Path folder, boolean isMacro) {
        this.command = command;
        this.folder = folder;
        this.isMacro = isMacro;
    }

    /** @param values of the command's inputs, by key; may be wrong in every way */
    static Outcome of(CommandDefinition definition, Map<String, String> values, boolean isMacro) {
        return new Outcome(definition.name(), folder(definition, values), isMacro);
    }

    /** Forgets how the command ended last time. */
    void begin() {
        if (folder != null)
            RunStatus.clear(folder);
    }

    void done(Progress progress) {
        try {
            write("done", DONE);
        } catch (UserException e) {
            progress.warn(e.getMessage());
        }
    }

    void cancelled(String sentence) {
        writeIfPossible("cancelled", sentence);
    }

    void failed(String sentence) {
        writeIfPossible("failed", sentence);
    }

    private void writeIfPossible(String state, String sentence) {
        try {
            write(state, sentence);
        } catch (UserException e) {
            // What led here is the thing to tell.
        }
    }

    private void write(String state, String sentence) {
        if (folder != null && (isMacro || Files.exists(folder)))
            new RunStatus(command, state, sentence).write(folder);
    }

    private static Path folder(CommandDefinition definition, Map<String, String> values) {
        InputDefinition output = definition.input("output");
        if (output == null || !output.isFolder())
            return null;
        Path folder = path(values.get("output"));
        if (folder == null || Files.exists(folder) && !Files.isDirectory(folder) || output.mustBeThere() && !Files.exists(folder))
            return null;
        for (InputDefinition input : definition.inputs()) {
            Path other = input.isFile() && input.mustBeThere() && input != output ? path(values.get(input.key())) : null;
            if (other != null && folder.startsWith(other))
                return null;
        }
        return folder;
    }

    private static Path path(String text) {
        try {
            return text == null || text.isBlank() ? null : new File(text).toPath().toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
