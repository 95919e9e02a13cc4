package io.github.palimpsest.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.task.UserException;

/** The {@code key=value} words of a command line. */
final class Arguments {

    private Arguments() {}

    /**
     * Takes words apart; a value in a pair of double quotes is what is between them.
     *
     * @throws UserException for a word that is no {@code key=value}, or a key given twice
     */
    static Map<String, String> parse(List<String> words) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (word.startsWith("-"))
                throw new UserException("'" + word + "' is not understood: keys are written without dashes, as key=value.");
            if (equals < 0)
                throw new UserException("'" + word + "' is not of the form key=value."
                        + " A value with blanks needs quotes: key=\"two words\".");
            String key = word.substring(0, equals);
            if (key.isBlank())
                throw new UserException("'" + word + "' has no key before its '='. Write key=value, without blanks around the '='.");
            if (values.putIfAbsent(key, unquoted(word.substring(equals + 1))) != null)
                throw new UserException(key + "= is given twice: once as '" + values.get(key) + "', once as '"
                        + unquoted(word.substring(equals + 1)) + "'.");
        }
        return values;
    }

    /** Quotes get here when a script quotes once too often. */
    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
