package io.github.palimpsest.command;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.plugin.Plugin;

import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/** Every command can be called from every door. */
class CommandDefinitionTest {

    static List<CommandDefinition> commands() {
        return CommandDefinition.all().stream().filter(command -> !command.name().startsWith("test-")).toList();
    }

    @Test
    void theCommandsOfTheHandbookAreThere() {
        assertTrue(commands().stream().map(CommandDefinition::name).toList()
                .containsAll(List.of("evaluate", "evaluate-regions", "help", "make-sample", "refine-crf", "show-device", "train-ae")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void textsAreComplete(CommandDefinition command) {
        assertTrue(command.label().endsWith("..."), command.label());
        assertTrue(command.description().endsWith("."), command.description());
        for (InputDefinition input : command.inputs()) {
            assertTrue(input.label() != null && !input.label().isBlank(), input.key() + " needs a label");
            assertTrue(input.description().endsWith("."), command.name() + " " + input.key() + " needs a sentence");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void keysWorkInMacros(CommandDefinition command) {
        List<String> keys = command.keys();
        for (String key : keys) {
            assertTrue(key.matches("[a-z]{2,}(_[a-z]+)*") && key.length() >= 4, key + ": macros find lower-case words only");
            for (String other : keys)
                assertFalse(other.endsWith("_" + key), "a macro would find " + key + "= inside " + other + "=");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void metadataMakesThemRunWithoutAScreen(CommandDefinition command) {
        Plugin plugin = command.create().getClass().getAnnotation(Plugin.class);
        assertTrue(plugin.headless(), command.name());
        assertEquals("initMacro", plugin.initializer(), "without it a macro that leaves a key out asks or takes an old value");
        assertEquals("Plugins>Palimpsest>" + command.label(), plugin.menuPath());
        for (ModuleItem<?> input : new CommandInfo(command.create().getClass(), plugin).inputs())
            if (command.input(input.getName()) != null)
                assertFalse(input.isRequired(), input.getName() + ": the recorder leaves an empty file out, and its line would not run");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void defaultsAreAllowed(CommandDefinition command) {
        for (InputDefinition input : command.inputs())
            if (!input.isNeeded())
                assertDoesNotThrow(() -> input.parse(input.defaultText()), input.key());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpTellsEveryKey(CommandDefinition command) {
        String help = HelpText.of(command);
        for (InputDefinition input : command.inputs()) {
            assertTrue(help.contains("  " + input.key() + "="), input.key());
            assertTrue(help.replaceAll("\\s+", " ").contains(input.description()), input.key());
            for (String choice : input.choices())
                assertTrue(help.contains(choice), choice);
        }
        assertTrue(HelpText.overview().contains(command.name()));
        help.lines().forEach(line -> assertTrue(line.length() <= 110, line));
    }

    @Test
    void valuesAreAllInputsByKey() {
        CommandDefinition command = CommandDefinition.named("make-sample");
        Map<String, String> values = command.values(command.create(Map.of("output", "a folder/a b", "seed", "-7")));
        assertEquals(List.of("output", "images", "size", "seed"), List.copyOf(values.keySet()));
        assertEquals("-7", values.get("seed"));
        assertEquals("160", values.get("images"));
    }

    @Test
    void relativePathsStartAtTheWorkingFolderAndTildesAtHome() {
        InputDefinition output = CommandDefinition.named("make-sample").input("output");
        assertEquals(Path.of("").toAbsolutePath().resolve("runs/a").toFile(), output.parse("./runs/../runs/a"));
        assertEquals(Path.of(System.getProperty("user.home"), "runs").toFile(), output.parse("~/runs"));
    }

    @Test
    void inputsAreCheckedWhoeverCalls() {
        MakeSample command = new MakeSample();
        UserException missing = assertThrows(UserException.class,
                () -> command.perform(Progress.silent()));
        assertTrue(missing.getMessage().startsWith("output= is missing: "), missing.getMessage());
    }

    @Test
    void theMenuOfImageJNamesTheSameCommands() throws Exception {
        String menu = new String(Files.readAllBytes(Path.of("plugins.config")), StandardCharsets.UTF_8);
        String expected = commands().stream().map(command -> "Plugins>Palimpsest, \"" + command.label()
                + "\", io.github.palimpsest.launch.LegacyBridge(\"" + command.name() + "\")").sorted()
                .collect(Collectors.joining("\n"));
        assertEquals(expected, menu.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).sorted()
                .collect(Collectors.joining("\n")));
    }

    @Test
    void theReadmeNamesTheSameCommands() throws Exception {
        Set<String> rows = Files.readAllLines(Path.of("README.md")).stream().filter(line -> line.matches("\\| `[a-z-]+` \\| [^|]+\\.\\.\\. \\|.*"))
                .map(line -> line.replaceAll("^(\\| `[a-z-]+` \\| [^|]+\\.\\.\\.) \\|.*", "$1")).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(commands().stream().map(command -> "| `" + command.name() + "` | " + command.label())
                .collect(Collectors.toCollection(TreeSet::new)), rows);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatMustBeDecidedIsNotAdvanced(CommandDefinition command) {
        for (InputDefinition input : command.inputs()) {
            assertFalse(input.isNeeded() && input.isAdvanced(), input.key());
            assertTrue(!input.isAdvanced() || !input.group().isBlank(), input.key() + " needs a heading");
            assertTrue(List.of("", "tags", "images").contains(input.glance()), input.key());
        }
        assertTrue(command.inputs().stream().filter(input -> !input.isAdvanced()).count() <= 8, "a dialog to be understood");
    }

    @Test
    void sciJavaRunsThemToo() throws Exception {
        Help help = runBySciJava("train-ae");
        assertFalse(help.isCanceled());
        assertTrue(help.getOutput("text").toString().contains("images=FOLDER"));
    }

    @Test
    void sciJavaIsToldWhatIsWrong() throws Exception {
        Help help = runBySciJava("trian-ae");
        assertTrue(help.isCanceled());
        assertTrue(help.getCancelReason().contains("Did you mean train-ae?"), help.getCancelReason());
    }

    private static Help runBySciJava(String about) throws Exception {
        try (Context context = new Context(CommandService.class)) {
            CommandInfo info = context.service(CommandService.class).getCommand(Help.class);
            return (Help) context.service(ModuleService.class).run(info, true, "about", about).get();
        }
    }
}
