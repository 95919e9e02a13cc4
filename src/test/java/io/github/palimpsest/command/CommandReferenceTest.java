package io.github.palimpsest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/**
 * What is written of the commands for people equals their definitions. {@code mvn test -Dtest=CommandReferenceTest
 * -Dpalimpsest.write=true} writes the reference anew.
 */
class CommandReferenceTest {

    private static final Path REFERENCE = Path.of("src/docs/commands.md");
    private static final String ADVICE = " Write it anew: mvn test -Dtest=CommandReferenceTest -Dpalimpsest.write=true";

    private static List<CommandDefinition> commands() {
        return CommandDefinition.all().stream().filter(command -> !command.name().startsWith("test-")).toList();
    }

    @Test
    void theReferenceIsThatOfTheDefinitions() throws IOException {
        String text = reference();
        if (Boolean.getBoolean("palimpsest.write"))
            Files.writeString(REFERENCE, text);
        assertEquals(text, Files.readString(REFERENCE).replace("\r\n", "\n"),
                REFERENCE + " is not what the commands are." + ADVICE);
    }

    @Test
    void theTableOfTheReadmeNamesAllCommandsAndNoOthers() throws IOException {
        Matcher rows = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ([^|]+\\.\\.\\.) \\| .+ \\|$")
                .matcher(Files.readString(Path.of("README.md")));
        List<String> written = new ArrayList<>();
        while (rows.find())
            written.add(rows.group(1) + ": " + rows.group(2));
        assertEquals(commands().stream().map(command -> command.name() + ": " + command.label()).sorted().toList(),
                written.stream().sorted().toList());
    }

    /** Whoever copies a line from the documentation or a macro gets no complaint about its keys. */
    @Test
    void theLinesOfTheReadmeAndTheMacrosUseKeysThatThereAre() throws IOException {
        List<Path> files = new ArrayList<>(List.of(Path.of("README.md")));
        for (Path folder : List.of(Path.of("macros"), Path.of("src/docs")))
            try (var inside = Files.list(folder)) {
                inside.filter(file -> file.toString().matches(".*[.](ijm|md)") && !file.equals(REFERENCE)).forEach(files::add);
            }
        int lines = 0;
        for (Path file : files)
            for (String line : Files.readAllLines(file)) {
                Matcher terminal = Pattern.compile("SNAPSHOT[.]jar ([a-z]+(?:-[a-z]+)*)((?: +[a-z_]+=[^ ]*)+)").matcher(line);
                while (terminal.find() && ++lines > 0)
                    check(CommandDefinition.named(terminal.group(1)), terminal.group(2), file + ": " + line);
                Matcher macro = Pattern.compile("run\\(\"([^\"]+\\.\\.\\.)\", \"?(.*)\\);").matcher(line);
                while (macro.find())
                    for (CommandDefinition command : commands())
                        if (command.label().equals(macro.group(1)) && ++lines > 0)
                            check(command, macro.group(2), file + ": " + line);
            }
        assertTrue(lines > 15, lines + " lines");
    }

    private static void check(CommandDefinition command, String options, String where) {
        Matcher keys = Pattern.compile("([a-z_]+)=").matcher(options.replaceAll("\\[[^\\]]*\\]", "[]"));
        while (keys.find())
            assertTrue(command.keys().contains(keys.group(1)), where + " has the key " + keys.group(1));
    }

    private static String reference() {
        StringBuilder text = new StringBuilder("# Commands and their keys\n\n"
                + "Made from the definitions of the commands, which dialogs, macros and the terminal share; `help COMMAND` tells the\n"
                + "same. Do not edit: `mvn test -Dtest=CommandReferenceTest -Dpalimpsest.write=true` writes it anew.\n\n"
                + "A key that is not given has its default, in a macro too, whatever was entered in a dialog before. A value with blanks\n"
                + "stands in brackets: `output=[my folder]`. Keys without a default are empty unless they are needed.\n\n");
        for (CommandDefinition command : commands())
            text.append("* [").append(command.label()).append("](#").append(command.name()).append(")\n");
        for (CommandDefinition command : commands())
            section(command, text);
        return text.toString();
    }

    private static void section(CommandDefinition command, StringBuilder text) {
        StringBuilder needed = new StringBuilder();
        for (InputDefinition input : command.inputs())
            if (input.isNeeded() && !input.isImage())
                needed.append(needed.isEmpty() ? "" : " ").append(input.key()).append("=[")
                        .append(input.label().toUpperCase(Locale.ROOT)).append(']');
        text.append("\n## ").append(command.name()).append("\n\n*Plugins > Palimpsest > ").append(command.label()).append("* ")
                .append(command.description()).append("\n\n    run(\"").append(command.label()).append('"')
                .append(needed.isEmpty() ? "" : ", \"" + needed + "\"").append(");\n\n");
        if (command.inputs().isEmpty())
            return;
        text.append("| key | default | may be | in the dialog | |\n|---|---|---|---|---|\n");
        for (InputDefinition input : command.inputs())
            text.append("| `").append(input.key()).append("` | ").append(standard(input)).append(" | ")
                    .append(input.allowed().replace(" | ", ", ")).append(" | ").append(input.label())
                    .append(input.isAdvanced() ? " (advanced: " + input.group() + ")" : "").append(" | ")
                    .append(input.description().replace("|", "\\|")).append(" |\n");
    }

    private static String standard(InputDefinition input) {
        if (input.isImage())
            return "the active image";
        if (input.isNeeded())
            return "**needed**";
        return input.defaultText().isEmpty() ? "" : "`" + input.defaultText() + "`";
    }
}
