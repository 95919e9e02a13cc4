package io.github.palimpsest.network;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where the operating system wants a user's programs to keep what they can fetch again. */
final class CacheFolder {

    private CacheFolder() {}

    /** Ours, for this user; it need not exist. */
    static Path ofUser() {
        return of(System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System.getenv());
    }

    static Path of(String system, Path home, Map<String, String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        Path caches;
        if (name.startsWith("windows"))
            caches = absolute(environment.get("LOCALAPPDATA"), home.resolve("AppData").resolve("Local"));
        else if (name.startsWith("mac"))
            caches = home.resolve("Library").resolve("Caches");
        else
            caches = absolute(environment.get("XDG_CACHE_HOME"), home.resolve(".cache"));
        return caches.resolve("palimpsest");
    }

    /** The XDG specification says that a relative path is to be ignored. */
    private static Path absolute(String path, Path otherwise) {
        return path == null || path.isEmpty() || !Path.of(path).isAbsolute() ? otherwise : Path.of(path);
    }
}
