package io.github.palimpsest.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.UserException;

class FeatureFileTest {

    @TempDir
    Path folder;

    /** Nothing in memory, a part, everything; rows wider than a chunk and narrower. */
    @ParameterizedTest
    @CsvSource({"7,0", "7,1000", "7,27", "7,1000000", "100000,0", "100000,5000000", "1500000,0", "1500000,7000000"})
    void everyStretchOfRowsComesBack(int columns, long memory) {
        int rows = columns > 1000 ? 9 : 500;
        float[] all = new float[rows * columns];
        Random random = new Random(3);
        for (int i = 0; i < all.length; i++)
            all[i] = random.nextFloat() - 0.5f;
        Path file = folder.resolve("cache/features");
        try (FeatureFile features = FeatureFile.create(file, columns, memory)) {
            for (int row = 0; row < rows;) {
                int n = Math.min(rows - row, 1 + random.nextInt(4));
                features.append(Arrays.copyOfRange(all, row * columns, (row + n) * columns), n);
                row += n;
            }
            assertEquals(rows, features.rows());
            IntStream.range(0, rows).parallel().forEach(first -> {
                int n = Math.min(rows - first, 1 + first % 3);
                float[] into = new float[n * columns + 2];
                features.read(first, n, into, 1);
                assertArrayEquals(Arrays.copyOfRange(all, first * columns, (first + n) * columns),
                        Arrays.copyOfRange(into, 1, into.length - 1));
                assertEquals(0, into[0] + into[into.length - 1]);
            });
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void theFileHoldsLittleEndianFloatsBeyondTheCap() throws IOException {
        Path file = Files.writeString(folder.resolve("features"), "left over from a killed run");
        try (FeatureFile features = FeatureFile.create(file, 1, 4)) {
            features.append(new float[] {5, 1, 2}, 3);
            assertArrayEquals(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40}, Files.readAllBytes(file));
        }
    }

    @Test
    void rowsThatAreNotThereCannotBeRead() {
        try (FeatureFile features = FeatureFile.create(folder.resolve("f"), 2)) {
            features.append(new float[4], 2);
            assertThrows(IndexOutOfBoundsException.class, () -> features.read(1, 2, new float[9], 0));
            assertThrows(IndexOutOfBoundsException.class, () -> features.read(-1, 1, new float[9], 0));
            assertThrows(IndexOutOfBoundsException.class, () -> features.read(0, 2, new float[4], 1));
            assertThrows(IndexOutOfBoundsException.class, () -> features.append(new float[3], 2));
            features.read(0, 0, new float[0], 0);
        }
    }

    @Test
    void anInterruptedThreadIsTakenForACancelledOne() {
        try (FeatureFile features = FeatureFile.create(folder.resolve("f"), 2)) {
            Thread.currentThread().interrupt();
            assertThrows(CancelledException.class, () -> features.append(new float[4], 2));
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "").resolve("features");
        UserException e = assertThrows(UserException.class, () -> FeatureFile.create(file, 2));
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }
}
