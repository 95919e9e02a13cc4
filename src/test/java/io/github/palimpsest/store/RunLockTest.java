package io.github.palimpsest.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.task.UserException;

class RunLockTest {

    @TempDir
    Path folder;

    @Test
    void oneAtATimeWritesInARunFolder() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("run"));
        try (RunLock lock = RunLock.acquire(run)) {
            UserException e = assertThrows(UserException.class, () -> RunLock.acquire(run));
            assertTrue(e.getMessage().contains(run.root().toString()), e.getMessage());
            RunFolder sameByAnotherName = new RunFolder(run.root().resolve("../run"));
            assertThrows(UserException.class, () -> RunLock.acquire(sameByAnotherName));
            RunLock.acquire(new RunFolder(folder.resolve("other"))).close();
        }
        RunLock.acquire(run).close();
        assertEquals(0, Files.size(run.lock()));
    }

    @Test
    void anotherProgramIsKeptOutEvenAfterThisOneTriedTwice() throws Exception {
        RunFolder run = new RunFolder(folder);
        try (RunLock lock = RunLock.acquire(run)) {
            assertThrows(UserException.class, () -> RunLock.acquire(run));
            assertEquals(3, otherProgram());
        }
        assertEquals(0, otherProgram());
    }

    @Test
    void aFolderThatCannotBeIsNamed() throws IOException {
        RunFolder run = new RunFolder(Files.writeString(folder.resolve("file"), "").resolve("run"));
        UserException e = assertThrows(UserException.class, () -> RunLock.acquire(run));
        assertTrue(e.getMessage().contains("is a file, not a folder"), e.getMessage());
    }

    private int otherProgram() throws IOException, InterruptedException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Other.class.getName(), folder.toString()).inheritIO().start().waitFor();
    }

    static final class Other {
        public static void main(String[] arguments) {
            try (RunLock lock = RunLock.acquire(new RunFolder(Path.of(arguments[0])))) {
                System.exit(0);
            } catch (UserException e) {
                System.exit(3);
            }
        }
    }
}
