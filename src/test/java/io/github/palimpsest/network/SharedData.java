package io.github.palimpsest.network;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

/**
 * Weights and golden results that are too large for the repository. They lie in a folder {@code shared} beside the project, or
 * where the system property {@code palimpsest.shared} says; tests that want them are skipped where they are absent.
 */
public final class SharedData {

    private SharedData() {}

    /** A file of such a folder; ends the test as skipped where it is absent. */
    public static Path file(String folder, String name) {
        String given = System.getProperty("palimpsest.shared");
        if (given != null)
            return present(Path.of(given), folder, name);
        Path project = Path.of("").toAbsolutePath();
        while (project.getParent() != null && !Files.isDirectory(project.resolveSibling("shared")))
            project = project.getParent();
        return present(project.resolveSibling("shared"), folder, name);
    }

    private static Path present(Path shared, String folder, String name) {
        Path file = shared.resolve(folder).resolve(name);
        Assumptions.assumeTrue(Files.exists(file), "no " + folder + "/" + name + " beside the project");
        return file;
    }
}
