package io.github.palimpsest.store;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Files that are there whole or not at all. */
public final class AtomicFile {

    private static final Pattern TEMPORARY = Pattern.compile("\\..*\\.tmp-[0-9a-f]{16}", Pattern.DOTALL);

    private AtomicFile() {}

    /** What is written. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything; may close the stream or leave it open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file beside its place, waits until it is on the disk, and moves it there; parent folders are made. If
     * anything fails, the file that was there before stays, and nothing is left beside it.
     *
     * @throws io.github.palimpsest.task.UserException if it cannot be written, naming the file and the reason
     */
    public static void write(Path file, Content content) {
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling(temporaryName(target));
        try {
            Files.createDirectories(target.getParent());
            Files.createFile(temporary);
        } catch (IOException e) {
            throw FileProblem.writing(file, e);
        }
        boolean moved = false;
        try {
            fill(temporary, content);
            move(temporary, target);
            moved = true;
        } catch (IOException e) {
            throw FileProblem.writing(file, e);
        } finally {
            if (!moved)
                deleteQuietly(temporary);
        }
    }

    /** {@link #write} of text in UTF-8. */
    public static void writeString(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Removes what a killed process left half written in a folder and below. Only temporary files of {@link #write} go;
     * nobody may be writing there meanwhile, see {@link RunLock}.
     *
     * @return how many were removed; 0 if there is no such folder
     * @throws io.github.palimpsest.task.UserException if one cannot be removed
     */
    public static int sweep(Path folder) {
        if (!Files.isDirectory(folder))
            return 0;
        int[] removed = {0};
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile() && TEMPORARY.matcher(file.getFileName().toString()).matches()
                            && Files.deleteIfExists(file))
                        removed[0]++;
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw FileProblem.writing(folder, e);
        }
        return removed[0];
    }

    // The whole name would make names that are just short enough for the file system too long.
    private static String temporaryName(Path target) {
        String name = target.getFileName().toString();
        int[] start = name.codePoints().limit(30).toArray();
        return "." + new String(start, 0, start.length) + ".tmp-"
                + String.format("%016x", ThreadLocalRandom.current().nextLong());
    }

    // Not a FileChannel: it would close itself, and fail, when the thread is interrupted.
    private static void fill(Path temporary, Content content) throws IOException {
        try (FileOutputStream file = new FileOutputStream(temporary.toFile())) {
            OutputStream open = new BufferedOutputStream(file, 1 << 16) {
                @Override
                public void close() throws IOException {
                    flush();
                }
            };
            content.writeTo(open);
            open.flush();
            file.getFD().sync();
        }
    }

    private static void move(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteQuietly(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // The failure that led here is the one to tell; sweep takes the file away later.
        }
    }
}
