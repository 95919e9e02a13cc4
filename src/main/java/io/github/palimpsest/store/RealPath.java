package io.github.palimpsest.store;

import java.io.IOException;
import java.nio.file.Path;

/** Where a path leads: two names of one folder are told by it, whether or not the folder is there yet. */
public final class RealPath {

    private RealPath() {}

    /** The absolute path, with links followed as far as it exists. */
    public static Path of(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path existing = absolute; existing != null; existing = existing.getParent())
            try {
                return existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
            } catch (IOException e) {
                // Not there yet: its parent may be.
            }
        return absolute;
    }
}
