package io.github.palimpsest.command.dialog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.palimpsest.command.InputDefinition;

/**
 * Sentences for whoever sees a dialog. The program says {@code rounds=0}, as macros and terminals do; in a dialog that field
 * is called "Rounds of erasing".
 */
public final class FieldNames {

    private FieldNames() {}

    /**
     * A sentence with the labels of the fields in place of their keys.
     *
     * @param inputs of the command
     * @param values of these, by key: what only looks like a key in a path that a user gave stays as it is
     */
    public static String in(String sentence, List<InputDefinition> inputs, Map<String, String> values) {
        String told = sentence;
        for (InputDefinition input : inputs.stream().sorted(Comparator.comparing(InputDefinition::key).reversed()).toList())
            if (values.values().stream().noneMatch(value -> value.contains(input.key() + "=")))
                told = named(told, input);
        return told;
    }

    private static String named(String sentence, InputDefinition input) {
        String label = Matcher.quoteReplacement('"' + input.label() + '"');
        String key = "(?<![\\w./\\\\-])" + Pattern.quote(input.key()) + "=";
        return sentence.replaceAll(key + "(?=[\\s,:;)]|[.]?(?:\\s|$))", label).replaceAll(key, label + " = ");
    }
}
