package io.github.palimpsest.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.dataset.sample.SampleFolder;
import io.github.palimpsest.erasing.SmallRun;
import io.github.palimpsest.segmentation.model.SmallModel;
import io.github.palimpsest.task.Progress;

/** {@code kill -9} while a folder is segmented: the same command again ends with the same bytes. */
class KilledSegmentationTest {

    @TempDir
    private Path folder;
    private Process process;

    @AfterEach
    void leaveNothingBehind() {
        if (process != null)
            process.destroyForcibly();
    }

    private Process start(Path output) throws IOException {
        process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                Main.class.getName(), "segment-folder", "model=" + folder.resolve("model.palimpsest"),
                "images=" + folder.resolve("sample"),
                "output=" + output, "overlays=on", "probabilities=on", "device=cpu", "threads=1"))
                .redirectErrorStream(true).redirectOutput(folder.resolve("said.txt").toFile()).start();
        return process;
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("said.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void aFolderThatIsKilledAgainAndAgainEndsWithTheSameBytes() throws Exception {
        SampleFolder.write(folder.resolve("sample"), 40, 96, 5, Progress.silent());
        SmallModel.model().write(folder.resolve("model.palimpsest"));
        long before = System.nanoTime();
        assertEquals(0, start(folder.resolve("undisturbed")).waitFor(), this::said);
        long duration = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        assertTrue(said().contains("40 images are segmented"), this::said);
        Map<String, byte[]> expected = SmallRun.files(folder.resolve("undisturbed"));

        SplittableRandom random = new SplittableRandom(6);
        int kills = 0;
        Path output = folder.resolve("killed");
        // The first time when an image is done: by the clock alone, a machine that has become faster is never too early.
        start(output);
        while (process.isAlive() && !Files.exists(output.resolve("progress")))
            Thread.sleep(5);
        if (process.isAlive()) {
            process.destroyForcibly().waitFor();
            kills++;
        }
        while (!start(output).waitFor(random.nextLong(duration / 2, duration), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            kills++;
        }
        assertEquals(0, process.exitValue(), this::said);
        assertTrue(kills > 0, "it was killed");
        SmallRun.assertSameFiles(expected, SmallRun.files(output), "after " + kills + " kills");
    }
}
