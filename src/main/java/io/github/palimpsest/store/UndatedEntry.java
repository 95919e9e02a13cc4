package io.github.palimpsest.store;

import java.time.LocalDateTime;
import java.util.zip.ZipEntry;

/** Entries of zips whose bytes must not depend on when they were written. */
public final class UndatedEntry {

    /** The first day that a zip can name. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private UndatedEntry() {}

    /** @param name path in the zip, parted by slashes */
    public static ZipEntry of(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        return entry;
    }
}
