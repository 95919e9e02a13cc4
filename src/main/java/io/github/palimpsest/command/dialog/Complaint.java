package io.github.palimpsest.command.dialog;

import java.io.File;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.command.InputDefinition;
import io.github.palimpsest.store.OutputFolder;
import io.github.palimpsest.store.RealPath;
import io.github.palimpsest.task.UserException;

/** What is wrong with values before anything is done with them. */
final class Complaint {

    private Complaint() {}

    /** The first thing that is wrong, as a sentence, or an empty text; what is merely missing is not wrong yet. */
    static String about(List<InputDefinition> inputs, Map<String, String> values) {
        for (InputDefinition input : inputs) {
            String text = values.get(input.key()).strip();
            if (text.isEmpty() && input.isNeeded())
                continue;
            try {
                Object value = input.parse(text);
                if (value instanceof File file && input.mustBeThere())
                    requireThere(input, file);
                else if (value instanceof File file && input.isFolder())
                    requireRoom(file, inputs, values);
            } catch (UserException e) {
                return e.getMessage();
            }
        }
        return "";
    }

    private static void requireRoom(File output, List<InputDefinition> inputs, Map<String, String> values) {
        OutputFolder.requirePossible(output.toPath());
        for (InputDefinition input : inputs)
            if (!input.glance().isEmpty() && input.parse(values.get(input.key())) instanceof File images && images.isDirectory()
                    && RealPath.of(output.toPath()).startsWith(RealPath.of(images.toPath())))
                throw new UserException("The output " + output + " lies in " + images + ", where nothing is ever written. Choose "
                        + "another output.");
    }

    private static void requireThere(InputDefinition input, File file) {
        if (!file.exists())
            throw new UserException((input.isFolder() ? "The folder " : "The file ") + file + " does not exist: check its name.");
        if (input.isFolder() && !file.isDirectory())
            throw new UserException(file + " is a file, but a folder is needed: choose the folder that it is in.");
        if (!input.isFolder() && file.isDirectory())
            throw new UserException(file + " is a folder, but a file is needed: choose one in it.");
    }
}
