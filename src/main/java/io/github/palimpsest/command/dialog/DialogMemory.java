package io.github.palimpsest.command.dialog;

import java.util.LinkedHashMap;
import java.util.Map;

import ij.Prefs;
import io.github.palimpsest.command.CommandDefinition;
import io.github.palimpsest.command.InputDefinition;
import io.github.palimpsest.task.UserException;

/** What was entered last time, in ImageJ's preferences. Macros never see it. */
final class DialogMemory {

    private DialogMemory() {}

    /** The values to begin with, by key: those of last time, and the defaults where there are none that can be used. */
    static Map<String, String> recall(CommandDefinition definition) {
        Map<String, String> values = new LinkedHashMap<>();
        for (InputDefinition input : definition.asked())
            values.put(input.key(), usable(input, Form.typed(input, Prefs.get(key(definition, input), input.defaultText()))));
        return values;
    }

    /** Keeps what differs from the defaults. */
    static void remember(CommandDefinition definition, Map<String, String> values) {
        for (InputDefinition input : definition.asked()) {
            String value = values.get(input.key());
            Prefs.set(key(definition, input), value.equals(input.defaultText()) ? null : value);
        }
    }

    /** An older version may have known other choices. */
    private static String usable(InputDefinition input, String value) {
        try {
            input.parse(value);
            return value;
        } catch (UserException e) {
            return input.defaultText();
        }
    }

    private static String key(CommandDefinition definition, InputDefinition input) {
        return "palimpsest." + definition.name() + "." + input.key();
    }
}
