package io.github.palimpsest.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;

import io.github.palimpsest.store.RealPath;
import io.github.palimpsest.store.RunStatus;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/**
 * Where a command leaves word of how it ended: {@code status.json} in its output folder. It is nowhere else, and nowhere if
 * the output is a file, lies in a folder that the command only reads, holds the image that it is about, or should have been
 * there and is not. An attempt that came to nothing makes a folder for it in macros only: elsewhere an exit code or a window
 * tells the user. Of what was never begun no word is left among files of others, or where another command is at work.
 */
final class Outcome {

    static final String DONE = "Done.";

    private final String command;
    private final Path folder;
    private final boolean isMacro;
    private boolean isBegun;
    private RunStatus before;

    private Outcome(String command, Path folder, boolean isMacro) {
        this.command = command;
        this.folder = folder;
        this.isMacro = isMacro;
    }

    /** Of a command that has its inputs. */
    static Outcome of(CommandDefinition definition, PalimpsestCommand command, boolean isMacro) {
        Map<String, String> values = definition.values(command);
        for (InputDefinition input : definition.inputs())
            if (input.isImage())
                values.put(input.key(), NamedImage.file((ImagePlus) input.get(command)));
        return new Outcome(definition.name(), folder(definition, values), isMacro);
    }

    /** Of a macro's options, which may be wrong in every way. */
    static Outcome of(CommandDefinition definition, String options) {
        Map<String, String> values = new HashMap<>();
        for (InputDefinition input : definition.inputs())
            values.put(input.key(), Macro.getValue(options, input.key(), input.isImage()
                    ? NamedImage.file(WindowManager.getCurrentImage()) : ""));
        return new Outcome(definition.name(), folder(definition, values), true);
    }

    /** Where it is left; null for nowhere. */
    Path folder() {
        return folder;
    }

    /** Forgets how the command ended last time. */
    void begin() {
        isBegun = true;
        if (folder != null)
            before = RunStatus.clear(folder);
    }

    /** The folder is somebody else's: what was there before is there again, and nothing else. */
    void refused() {
        if (before != null)
            writeIfPossible(before);
    }

    void done(Progress progress) {
        try {
            write(status("done", DONE));
        } catch (UserException e) {
            progress.warn(e.getMessage());
        }
    }

    void cancelled(String sentence) {
        writeIfPossible(status("cancelled", sentence));
    }

    void failed(String sentence) {
        writeIfPossible(status("failed", sentence));
    }

    private RunStatus status(String state, String sentence) {
        return new RunStatus(command, state, sentence);
    }

    private void writeIfPossible(RunStatus status) {
        try {
            write(status);
        } catch (UserException e) {
            // What led here is the thing to tell.
        }
    }

    private void write(RunStatus status) {
        boolean wanted = folder != null && (isMacro || Files.exists(folder));
        if (wanted && (isBegun || RunStatus.isExpected(folder) && !AtWork.isOutput(folder)))
            status.write(folder);
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
            Path image = input.isImage() ? path(values.get(input.key())) : null;
            if (image != null && Files.exists(image) && RealPath.of(image.getParent()).equals(RealPath.of(folder)))
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
