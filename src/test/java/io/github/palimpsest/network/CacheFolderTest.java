package io.github.palimpsest.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {

    @TempDir
    Path home;

    @Test
    void linuxHasTheXdgFolderOrDotCache() {
        Path xdg = home.resolve("xdg");
        assertEquals(xdg.resolve("palimpsest"), CacheFolder.of("Linux", home, Map.of("XDG_CACHE_HOME", xdg.toString())));
        Path usual = home.resolve(".cache").resolve("palimpsest");
        assertEquals(usual, CacheFolder.of("Linux", home, Map.of()));
        assertEquals(usual, CacheFolder.of("Linux", home, Map.of("XDG_CACHE_HOME", "")));
        assertEquals(usual, CacheFolder.of("Linux", home, Map.of("XDG_CACHE_HOME", "relative/caches")));
    }

    @Test
    void macHasItsLibrary() {
        assertEquals(home.resolve("Library").resolve("Caches").resolve("palimpsest"),
            CacheFolder.of("Mac OS X", home, Map.of("XDG_CACHE_HOME", home.resolve("xdg").toString())));
    }

    @Test
    void windowsHasItsLocalApplicationData() {
        Path local = home.resolve("Local");
        assertEquals(local.resolve("palimpsest"),
            CacheFolder.of("Windows 11", home, Map.of("LOCALAPPDATA", local.toString())));
        assertEquals(home.resolve("AppData").resolve("Local").resolve("palimpsest"),
            CacheFolder.of("Windows 11", home, Map.of()));
    }
}
