package io.github.palimpsest.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

import io.github.palimpsest.task.Program;
import io.github.palimpsest.task.UserException;

/**
 * How the last piece of work on a folder ended: {@code status.json} in it. ImageJ ends with exit code 0 whatever happened,
 * so scripts that start it read this. While work goes on, and when it was killed, there is none.
 *
 * @param command its name on the command line
 * @param state {@code done}, {@code failed} or {@code cancelled}
 * @param sentence what the user was told
 * @param program name and version of what wrote it
 */
public record RunStatus(String command, String state, String sentence, String program) {

    /** The file's name. */
    public static final String FILE = "status.json";

    /** What attempts that came to nothing leave in a folder that is otherwise empty. */
    private static final Set<String> LEFT_BY_ATTEMPTS = Set.of(FILE, "error.log");

    public RunStatus(String command, String state, String sentence) {
        this(command, state, sentence, Program.NAME_AND_VERSION);
    }

    /**
     * Writes it into a folder, which is made if need be; not where other work is going on,
     * and not over a file of this name that is another program's.
     *
     * @throws UserException if nothing can be written there
     */
    public void write(Path folder) {
        if (!isBusy(folder) && !isForeign(folder.resolve(FILE)))
            Json.write(folder.resolve(FILE), this);
    }

    /**
     * Removes what an earlier piece of work left, so that a killed one does not seem to have ended.
     *
     * @return what was removed; null if there was nothing
     */
    public static RunStatus clear(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file) || isBusy(folder) || isForeign(file))
                return null;
            RunStatus before = Json.read(file, RunStatus.class);
            Files.deleteIfExists(file);
            return before;
        } catch (IOException e) {
            // A folder in which nothing can be changed will be complained about when work writes there.
            return null;
        }
    }

    /** Whether a folder is not there yet, has nothing in it but what attempts leave, or has such a file of ours. */
    public static boolean isExpected(Path folder) {
        if (!Files.exists(folder) || Files.exists(folder.resolve(FILE)) && !isForeign(folder.resolve(FILE)))
            return true;
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(RunStatus::isLeftByAttempts);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a file of a folder says only that something was tried there; hidden files say nothing either. */
    public static boolean isLeftByAttempts(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") || LEFT_BY_ATTEMPTS.contains(name);
    }

    /** Whether there is such a file that another program wrote. */
    private static boolean isForeign(Path file) {
        try {
            return Files.exists(file) && !Json.read(file, RunStatus.class).program().startsWith(Program.NAME);
        } catch (UserException e) {
            return true;
        }
    }

    private static boolean isBusy(Path folder) {
        RunFolder run = new RunFolder(folder);
        if (!Files.exists(run.lock()))
            return false;
        try (RunLock lock = RunLock.acquire(run)) {
            return lock == null;
        } catch (UserException e) {
            return true;
        }
    }
}
