package io.github.palimpsest.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Files that are there whole or not at all. */
public final class AtomicFile {

    private AtomicFile() {}

    /** What is written. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file beside its place and moves it there; parent folders are made.
     *
     * @throws io.github.palimpsest.task.UserException if it cannot be written, naming the file and the reason
     */
    public static void write(Path file, Content content) {
        throw new IllegalStateException("being built");
    }

    /** {@link #write} of text in UTF-8. */
    public static void writeString(Path file, String text) {
        throw new IllegalStateException("being built");
    }
}
