package io.github.palimpsest.dataset.sample;

import io.github.palimpsest.task.Progress;
import java.nio.file.Path;

/** Draws the sample. */
public final class SampleFolder {

    private SampleFolder() {}

    /** Draws a folder of tagged micrographs with exact masks. */
    public static void write(Path folder, int images, int size, long seed, Progress progress) {
        throw new IllegalStateException("being built");
    }
}
