package io.github.palimpsest.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStatusTest {

    @TempDir
    private Path folder;

    @Test
    void theLastOneStaysUntilWorkBeginsAnew() {
        Path file = folder.resolve(RunStatus.FILE);
        new RunStatus("evaluate", "failed", "No.").write(folder);
        new RunStatus("evaluate", "done", "Done.").write(folder);
        assertEquals("done", Json.read(file, RunStatus.class).state());
        RunStatus.clear(folder);
        assertFalse(Files.exists(file));
    }

    @Test
    void anotherProgramsFileIsLeftAlone() throws IOException {
        Path file = folder.resolve(RunStatus.FILE);
        for (String foreign : new String[] {"{\"mine\":1}", "no JSON",
                "{\"command\":\"a\",\"state\":\"b\",\"sentence\":\"c\",\"program\":\"Other 1\"}"}) {
            Files.writeString(file, foreign);
            new RunStatus("evaluate", "failed", "No.").write(folder);
            RunStatus.clear(folder);
            assertTrue(Files.exists(file));
            assertEquals(foreign, Files.readString(file));
        }
    }
}
