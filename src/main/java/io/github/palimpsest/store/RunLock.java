package io.github.palimpsest.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.palimpsest.task.UserException;

/**
 * The right to write in a run folder, which one piece of work has at a time. The operating system takes it back when
 * the program ends in whatever way, so that a killed run never locks its folder.
 */
public final class RunLock implements AutoCloseable {

    // What this program holds. On POSIX systems, closing any channel of a locked file gives up the program's lock of
    // it, so a second attempt must fail before it opens the file.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private RunLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the lock of a run folder; the folder is made if need be.
     *
     * @throws UserException if something else is writing there, or nothing can be written there
     */
    public static RunLock acquire(RunFolder run) {
        Path folder;
        try {
            Files.createDirectories(run.root());
            folder = run.root().toRealPath();
        } catch (IOException e) {
            throw FileProblem.writing(run.lock(), e);
        }
        if (!HELD.add(folder))
            throw busy(run);
        RunLock lock = null;
        try {
            FileChannel channel = FileChannel.open(run.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel))
                lock = new RunLock(folder, channel);
            else
                channel.close();
        } catch (IOException e) {
            throw FileProblem.writing(run.lock(), e);
        } finally {
            if (lock == null)
                HELD.remove(folder);
        }
        if (lock == null)
            throw busy(run);
        return lock;
    }

    private static boolean locked(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (IOException e) {
            // Some network disks know no locks. Better to work there without one than not at all.
            return true;
        }
    }

    private static UserException busy(RunFolder run) {
        return new UserException("Something else is writing in " + run.root()
                + " just now. Wait until it has ended, or choose another run folder.");
    }

    /** Gives the lock back. The file stays: deleting it could take it from under whoever locks it next. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The operating system takes the lock back at the latest when the program ends.
        } finally {
            HELD.remove(folder);
        }
    }
}
