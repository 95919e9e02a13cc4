package io.github.palimpsest.command;

import java.util.List;

/** Help, made from the definitions of the commands. */
public final class HelpText {

    private static final int WIDTH = 100;

    private HelpText() {}

    /** All commands, a line each. */
    public static String overview() {
        StringBuilder text = new StringBuilder("Palimpsest learns to segment images from tags alone.\n\n"
                + "Terminal:  java -jar Palimpsest_.jar COMMAND key=value ...\n"
                + "Macro:     run(\"LABEL\", \"key=value ...\");\n\n");
        for (CommandDefinition definition : CommandDefinition.all())
            text.append(String.format("  %-18s%s%n", definition.name(), definition.label()))
                    .append(indented(definition.description(), 20));
        return text.append("\n'help COMMAND' tells the keys of a command.\n").toString().replace("\r\n", "\n");
    }

    /** A command with all its keys. */
    public static String of(CommandDefinition definition) {
        StringBuilder needed = new StringBuilder();
        for (InputDefinition input : definition.inputs())
            if (input.isNeeded())
                needed.append(needed.isEmpty() ? "" : " ").append(input.key()).append('=').append(placeholder(input));
        boolean optional = definition.inputs().stream().anyMatch(input -> !input.isNeeded());
        String usage = needed + (optional ? (needed.isEmpty() ? "" : " ") + "[key=value]" : "");
        StringBuilder text = new StringBuilder(definition.name() + ": " + definition.label() + "\n\n")
                .append(indented(definition.description(), 0)).append('\n')
                .append("Terminal:  java -jar Palimpsest_.jar ").append(definition.name()).append(' ').append(usage).append('\n')
                .append("Macro:     run(\"").append(definition.label()).append("\", \"").append(usage).append("\");\n\n");
        for (InputDefinition input : definition.inputs())
            text.append(heading(input)).append(indented(input.description(), 6));
        return text.toString();
    }

    private static String heading(InputDefinition input) {
        String value = input.isNeeded() ? placeholder(input) : input.defaultText();
        String allowed = input.isNeeded() && !input.isImage() ? "needed" : input.allowed();
        String line = String.format("  %-30s%s", input.key() + "=" + value, allowed).stripTrailing();
        return line.length() <= WIDTH ? line + "\n" : "  " + input.key() + "=" + value + "\n" + indented(allowed, 32);
    }

    private static String placeholder(InputDefinition input) {
        return input.isFolder() ? "FOLDER" : input.isFile() || input.isImage() ? "FILE" : "VALUE";
    }

    /** Breaks a text between words into lines of at most a number of letters, without a line break at the end. */
    public static String wrap(String text, int width) {
        StringBuilder lines = new StringBuilder();
        for (String line : text.split("\n"))
            lines.append(lines.isEmpty() ? "" : "\n").append(wrap(line, 0, width).stripTrailing());
        return lines.toString();
    }

    private static String indented(String sentence, int indent) {
        return wrap(sentence, indent, WIDTH);
    }

    private static String wrap(String sentence, int indent, int width) {
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (String word : List.of(sentence.split(" "))) {
            if (!line.isEmpty() && indent + line.length() + 1 + word.length() > width) {
                text.append(" ".repeat(indent)).append(line).append('\n');
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        return text.append(" ".repeat(indent)).append(line).append('\n').toString();
    }
}
