package io.github.palimpsest.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.dataset.sample.SampleFolder;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

class AblateTest {

    @TempDir
    Path temp;

    @BeforeEach
    void drawTheSample() {
        SampleFolder.write(temp.resolve("sample"), 8, 64, 4, Progress.silent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1;2", "one", "1,1", "1,,2"})
    void seedsAreWholeNumbersEachOnce(String seeds) {
        assertTrue(sentence(seeds, "table").contains("separated by commas"));
        assertFalse(Files.exists(temp.resolve("table/table.csv")));
    }

    @Test
    void nothingIsWrittenWhereImagesOrMasksAre() {
        assertTrue(sentence("1", "sample/table").contains("another output"));
        assertTrue(sentence("1", "sample/masks/table").contains("another output"));
        assertFalse(Files.exists(temp.resolve("sample/table")));
    }

    private String sentence(String seeds, String output) {
        return assertThrows(UserException.class, () -> CommandDefinition.named("ablate").create(Map.of("images",
                temp.resolve("sample").toString(), "masks", temp.resolve("sample/masks").toString(), "output",
                temp.resolve(output).toString(), "seeds", seeds, "backbone", "small")).perform(Progress.silent())).getMessage();
    }
}
