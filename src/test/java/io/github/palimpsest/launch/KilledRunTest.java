package io.github.palimpsest.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.dataset.sample.SampleFolder;
import io.github.palimpsest.erasing.SmallRun;
import io.github.palimpsest.segmentation.SmallSegmentation;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.Progress;

/** {@code kill -9} on real processes: nothing is damaged, and the same command again ends with the same bytes. */
class KilledRunTest {

    @TempDir
    private Path folder;
    private Process process;

    @AfterEach
    void leaveNothingBehind() {
        if (process != null)
            process.destroyForcibly();
    }

    private Process start(String name, Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin",
                "java").toString(), "-Xmx512m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                name));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile()).start();
        return process;
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said.txt"));
    }

    /**
     * Kills one run after the other until there were so many kills; every run is gone on with until it ends by
     * itself.
     */
    private void killAndGoOn(String name, String key, Map<String, String> settings, int atLeast, long seed) throws Exception {
        Path undisturbed = folder.resolve("undisturbed");
        settings.put(key, undisturbed.toString());
        long before = System.nanoTime();
        assertEquals(0, start(name, settings).waitFor(), this::saidOrNothing);
        long duration = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        Map<String, byte[]> expected = SmallRun.files(undisturbed);

        SplittableRandom random = new SplittableRandom(seed);
        int kills = 0;
        for (int attempt = 1; kills < atLeast; attempt++) {
            Path run = folder.resolve("run" + attempt);
            settings.put(key, run.toString());
            // Rarely before anything is written: a quarter of a small run is the start of Java and of the engine.
            while (!start(name, settings).waitFor(random.nextLong(duration / 4, duration), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                kills++;
                if (Files.exists(run))
                    SmallRun.assertNothingIsBroken(run);
            }
            assertEquals(0, process.exitValue(), this::saidOrNothing);
            SmallRun.assertSameFiles(expected, SmallRun.files(run), "run " + attempt + " after " + kills
                    + " kills in all");
        }
        assertTrue(kills >= atLeast);
    }

    private String saidOrNothing() {
        try {
            return said();
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aSmallRunThatIsKilledAgainAndAgainEndsWithTheSameBytes() throws Exception {
        killAndGoOn("train-ae", "output", SmallRun.settings(SmallRun.sample(folder.resolve("sample")), folder), 6, 3);
    }

    @Test
    @Tag("benchmark")
    void theSamplesRunThatIsKilledThirtyTimesEndsWithTheSameBytes() throws Exception {
        Path sample = folder.resolve("sample");
        SampleFolder.write(sample, SampleFolder.DEFAULT_IMAGES, SampleFolder.DEFAULT_SIZE, 1, Progress.silent());
        killAndGoOn("train-ae", "output", new LinkedHashMap<>(Map.of("images", sample.toString(), "split", "train", "backbone", "small",
                "rounds", "3",
                "seed", "1", "threads", "2", "device", "cpu")), 30, 4);
    }

    @Test
    void aSmallSegmentationThatIsKilledAgainAndAgainEndsWithTheSameBytes() throws Exception {
        RunFolder run = SmallSegmentation.run(folder.resolve("of"));
        Map<String, String> settings = SmallSegmentation.settings(run, folder, "training", "last", "fine_tuning", "1");
        killAndGoOn("train-psl", "result", settings, 4, 5);
    }

    @Test
    @Tag("benchmark")
    void theSamplesWayFromTagsToAModelThatIsKilledThirtyTimesEndsWithTheSameBytes() throws Exception {
        Path sample = folder.resolve("sample");
        SampleFolder.write(sample, SampleFolder.DEFAULT_IMAGES, SampleFolder.DEFAULT_SIZE, 1, Progress.silent());
        killAndGoOn("run-all", "output", new LinkedHashMap<>(Map.of("images", sample.toString(), "split", "train", "backbone",
                "small", "rounds", "2", "seed", "1", "threads", "2", "device", "cpu")), 30, 6);
    }
}
