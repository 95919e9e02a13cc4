package io.github.palimpsest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleService;

/** Every command is one that SciJava's own services find and run. */
class SciJavaCommandsTest {

    @TempDir
    Path folder;

    private Context context;

    @BeforeEach
    void open() {
        context = new Context(CommandService.class);
    }

    @AfterEach
    void close() {
        context.dispose();
    }

    /** All that read something: where it is not there, they say so, and make nothing. */
    static List<CommandDefinition> readers() {
        return CommandDefinition.all().stream().filter(command -> !command.name().startsWith("test-")
                && command.inputs().stream().anyMatch(input -> input.isFile() && input.isNeeded() && input.mustBeThere()
                        || input.isImage())).toList();
    }

    @Test
    void theOthersReadNothing() {
        List<String> all = new ArrayList<>(CommandDefinition.all().stream().map(CommandDefinition::name)
                .filter(name -> !name.startsWith("test-")).toList());
        all.removeAll(readers().stream().map(CommandDefinition::name).toList());
        assertEquals(List.of("help", "make-sample", "show-device"), all);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void whatIsNotThereIsASentence(CommandDefinition definition) throws Exception {
        PalimpsestCommand command = run(definition);
        assertTrue(command.isCanceled());
        String reason = command.getCancelReason();
        assertTrue(reason.contains(folder.toString()) || reason.startsWith("No image is open"), reason);
        assertTrue(reason.endsWith(".") && !reason.contains("Exception"), reason);
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    /** With all inputs, as a harvester gives them: those that are missing are taken from what ran before. */
    private PalimpsestCommand run(CommandDefinition definition) throws Exception {
        Map<String, Object> inputs = new HashMap<>();
        PalimpsestCommand fresh = definition.create();
        for (InputDefinition input : definition.inputs())
            inputs.put(input.key(), input.isFile() ? folder.resolve(input.key()).toFile() : input.get(fresh));
        CommandInfo info = context.service(CommandService.class).getCommand(fresh.getClass());
        return (PalimpsestCommand) context.service(ModuleService.class).run(info, true, inputs).get().getDelegateObject();
    }
}
