package io.github.palimpsest.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.palimpsest.task.UserException;

/**
 * The options of a macro's {@code run("LABEL", "key=value key=[a value with blanks]")}, in ImageJ's own way of writing
 * them. ImageJ looks for a key anywhere in the text, in a path too; here the text is read from its beginning to its end,
 * so that each word is understood or complained about.
 */
public final class MacroOptions {

    private final String text;
    private final UnaryOperator<String> remedy;
    private int at;

    private MacroOptions(String text, UnaryOperator<String> remedy) {
        this.text = text;
        this.remedy = remedy;
    }

    /**
     * The values by key.
     *
     * @throws UserException for a word that is no {@code key=value}, a key given twice, or a bracket that stays open
     */
    public static Map<String, String> parse(String options) {
        return parse(options, word -> "");
    }

    /**
     * The values by key.
     *
     * @param remedy what to write in place of a word that stands alone; empty where nothing is known of it
     * @throws UserException as {@link #parse(String)}
     */
    static Map<String, String> parse(String options, UnaryOperator<String> remedy) {
        return new MacroOptions(options, remedy).all();
    }

    /**
     * Values as a macro gives them.
     *
     * @throws UserException if ImageJ's syntax cannot carry one of them, see {@link #canCarry}
     */
    public static String format(Map<String, String> values) {
        StringBuilder options = new StringBuilder();
        values.forEach((key, value) -> {
            if (!canCarry(value))
                throw new UserException("A macro cannot carry " + key + "=" + value + ": ImageJ puts a value with blanks or brackets "
                        + "in square brackets, so those in it must come in pairs, and it must be one line. Rename the file or folder.");
            options.append(options.isEmpty() ? "" : " ").append(key).append('=');
            options.append(value.matches("[^\\s\\[\\]']+") ? value : "[" + value + "]");
        });
        return options.toString();
    }

    /** Whether a value can stand in a macro's options: its square brackets come in pairs, and it is one line. */
    public static boolean canCarry(String value) {
        int depth = 0;
        for (char letter : value.toCharArray()) {
            depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
            if (depth < 0 || letter == '\n' || letter == '\r')
                return false;
        }
        return depth == 0;
    }

    private Map<String, String> all() {
        Map<String, String> values = new LinkedHashMap<>();
        for (skipBlanks(); at < text.length(); skipBlanks()) {
            String key = key();
            String value = value(key);
            if (values.putIfAbsent(key, value) != null)
                throw new UserException(key + "= is given twice: once as '" + values.get(key) + "', once as '" + value + "'.");
        }
        return values;
    }

    private String key() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '=' && !isBlank())
            at++;
        String word = text.substring(start, at);
        if (at == text.length() || text.charAt(at) != '=') {
            String better = remedy.apply(word);
            throw new UserException("'" + word + "' is not of the form key=value" + (better.isEmpty() ? "" : ": write " + better)
                    + ". A value with blanks needs brackets: key=[two words].");
        }
        if (word.isEmpty())
            throw new UserException("'" + text.substring(start).strip() + "' has no key before its '='. Write key=value, without "
                    + "blanks around the '='.");
        at++;
        return word;
    }

    private String value(String key) {
        if (at < text.length() && text.charAt(at) == '[')
            return bracketed(key);
        if (at < text.length() && text.charAt(at) == '\'')
            return quoted(key);
        int start = at;
        while (at < text.length() && !isBlank())
            at++;
        return text.substring(start, at);
    }

    private String bracketed(String key) {
        int start = at;
        int depth = 0;
        do {
            if (at == text.length())
                throw open(key, start, ']');
            depth += text.charAt(at) == '[' ? 1 : text.charAt(at) == ']' ? -1 : 0;
            at++;
        } while (depth > 0);
        return text.substring(start + 1, at - 1);
    }

    private String quoted(String key) {
        int start = at;
        at = text.indexOf('\'', at + 1) + 1;
        if (at == 0)
            throw open(key, start, '\'');
        return text.substring(start + 1, at - 1);
    }

    private UserException open(String key, int start, char end) {
        return new UserException(key + "=" + text.substring(start).strip() + " has no " + end + " at its end. A value with blanks is "
                + "written " + key + "=[two words]; square brackets in it must come in pairs.");
    }

    private boolean isBlank() {
        return Character.isWhitespace(text.charAt(at));
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank())
            at++;
    }
}
