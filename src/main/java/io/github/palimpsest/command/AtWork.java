package io.github.palimpsest.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The commands that are at work in this program, each once at a time, and the folders that they write to. */
final class AtWork {

    private static final Map<String, Optional<Path>> OUTPUTS = new ConcurrentHashMap<>();

    private AtWork() {}

    /**
     * A command begins.
     *
     * @param output that it leaves word in; may be null
     * @return whether it may: not while it is at work already
     */
    static boolean begin(String command, Path output) {
        return OUTPUTS.putIfAbsent(command, Optional.ofNullable(output)) == null;
    }

    static void end(String command) {
        OUTPUTS.remove(command);
    }

    /** Whether one of them writes to a folder. */
    static boolean isOutput(Path folder) {
        return OUTPUTS.containsValue(Optional.of(folder));
    }
}
