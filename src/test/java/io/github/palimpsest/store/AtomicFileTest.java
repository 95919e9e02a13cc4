package io.github.palimpsest.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.task.UserException;

class AtomicFileTest {

    @TempDir
    Path folder;

    @Test
    void aFileIsWrittenWithItsParents() throws IOException {
        Path file = folder.resolve("a/b/ü.txt");
        AtomicFile.writeString(file, "é 細胞");
        assertEquals("é 細胞", Files.readString(file));
        assertEquals(List.of("ü.txt"), names(file.getParent()));
    }

    @Test
    void contentMayCloseItsStream() throws IOException {
        Path file = folder.resolve("a");
        AtomicFile.write(file, out -> {
            out.write(5);
            out.close();
        });
        assertEquals(1, Files.size(file));
    }

    @Test
    void afterAFailureTheOldFileIsThereAndNothingBesideIt() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.writeString(file, "old");
        UserException e = assertThrows(UserException.class, () -> AtomicFile.write(file, out -> {
            out.write(new byte[100_000]);
            throw new IOException("No space left on device");
        }));
        assertTrue(e.getMessage().contains(file.toString()) && e.getMessage().contains("disk is full"), e.getMessage());
        assertThrows(IllegalStateException.class, () -> AtomicFile.write(file, out -> {
            throw new IllegalStateException();
        }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("a.txt"), names(folder));
    }

    @Test
    void anInterruptedThreadStillWritesItsFile() throws IOException {
        Path file = folder.resolve("a.txt");
        Thread.currentThread().interrupt();
        try {
            AtomicFile.writeString(file, "whole");
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals("whole", Files.readString(file));
    }

    @Test
    void obstaclesAreNamed() throws IOException {
        Path obstacle = Files.writeString(folder.resolve("file"), "");
        Files.createDirectories(folder.resolve("folder/inside"));
        assertSentence(obstacle.resolve("below/a.txt"), obstacle + " is a file, not a folder");
        assertSentence(folder.resolve("folder"), "a folder has that name");
        assertSentence(folder.resolve("x".repeat(300)), "name is too long");
        assertEquals(List.of("file", "folder"), names(folder));
    }

    @Test
    void theLongestNameThatTheDiskAllowsCanBeWritten() throws IOException {
        Path file = folder.resolve("ü".repeat(125) + ".tif");
        AtomicFile.writeString(file, "x");
        assertTrue(Files.exists(file));
    }

    @Test
    void sweepingRemovesOnlyWhatWasLeftHalfWritten() throws IOException {
        Files.createDirectories(folder.resolve("rounds/1"));
        Path left = Files.writeString(folder.resolve("rounds/1/.cam.tif.tmp-0123456789abcdef"), "");
        Path users = Files.writeString(folder.resolve("rounds/.notes.tmp-mine"), "");
        Path run = Files.writeString(folder.resolve("run.json"), "");
        assertEquals(1, AtomicFile.sweep(folder));
        assertTrue(Files.notExists(left) && Files.exists(users) && Files.exists(run));
        assertEquals(0, AtomicFile.sweep(folder.resolve("absent")));
    }

    @Test
    void whatIsBeingWrittenLooksLikeWhatIsSwept() {
        assertThrows(UserException.class, () -> AtomicFile.write(folder.resolve("a"), out -> {
            assertEquals(1, AtomicFile.sweep(folder));
            out.write(1);
        }));
    }

    private static void assertSentence(Path file, String part) {
        UserException e = assertThrows(UserException.class, () -> AtomicFile.writeString(file, "x"));
        assertTrue(e.getMessage().contains(file.toString()) && e.getMessage().contains(part), e.getMessage());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
