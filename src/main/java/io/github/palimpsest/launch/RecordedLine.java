package io.github.palimpsest.launch;

import java.util.LinkedHashMap;
import java.util.Map;

import ij.IJ;
import ij.plugin.frame.Recorder;
import io.github.palimpsest.command.CommandDefinition;
import io.github.palimpsest.command.InputDefinition;
import io.github.palimpsest.command.MacroOptions;
import io.github.palimpsest.command.PalimpsestCommand;
import io.github.palimpsest.task.UserException;

/**
 * The line that ImageJ's recorder shows for a command: the inputs that are needed or differ from their defaults. ImageJ's
 * own way would make keys of a dialog's labels, and stops with a message where a path looks like a key.
 */
final class RecordedLine {

    private RecordedLine() {}

    /** Keeps ImageJ from adding a line of its own when the command ends, which it would if it was cancelled too. */
    static void begin() {
        if (IJ.recording())
            Recorder.setCommand(null);
    }

    /** Records a command that a user has run, if the recorder is open. */
    static void write(CommandDefinition definition, PalimpsestCommand command) {
        if (!IJ.recording())
            return;
        try {
            Recorder.recordString(of(definition, command, Recorder.scriptMode()));
        } catch (UserException e) {
            Recorder.recordString("// " + e.getMessage() + "\n");
        }
    }

    static String of(CommandDefinition definition, PalimpsestCommand command, boolean script) {
        Map<String, String> values = definition.values(command);
        Map<String, String> told = new LinkedHashMap<>();
        for (InputDefinition input : definition.asked())
            if (input.isNeeded() || !values.get(input.key()).equals(input.defaultText()))
                told.put(input.key(), values.get(input.key()));
        String options = Recorder.fixString(MacroOptions.format(told));
        return (script ? "IJ." : "") + "run(\"" + definition.label() + "\", \"" + options + "\");\n";
    }
}
