package io.github.palimpsest.command.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.command.CommandDefinition;
import io.github.palimpsest.command.InputDefinition;

/** What a dialog says of an output folder while it is typed. */
class ComplaintTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.writeString(folder.resolve("tags.txt"), "disc");
    }

    private String complaint(String command, Path output) {
        CommandDefinition definition = CommandDefinition.named(command);
        Map<String, String> values = new HashMap<>();
        for (InputDefinition input : definition.asked())
            values.put(input.key(), input.defaultText());
        values.put("images", folder.resolve("images").toString());
        values.put("output", output.toString());
        return Complaint.about(definition.asked(), values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run-all", "train-ae", "segment-folder", "ablate", "refine-crf"})
    void anOutputInTheImagesFolderIsMarked(String command) {
        Path output = folder.resolve("images").resolve("run");
        assertEquals("The output " + output + " lies in " + folder.resolve("images") + ", where nothing is ever written. Choose "
                + "another output.", complaint(command, output));
        assertEquals("", complaint(command, folder.resolve("images of a run")));
    }

    @Test
    void anOutputBelowAFileIsMarked() {
        Path output = folder.resolve("tags.txt").resolve("run");
        assertEquals("The folder " + output + " cannot be made, because " + folder.resolve("tags.txt") + " is a file. Choose another "
                + "output.", complaint("run-all", output));
        assertFalse(complaint("run-all", folder.resolve("tags.txt")).isEmpty());
    }
}
