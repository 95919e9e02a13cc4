package io.github.palimpsest.segmentation;

import static io.github.palimpsest.erasing.SmallRun.assertSameFiles;
import static io.github.palimpsest.erasing.SmallRun.files;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.erasing.StoppingProgress;
import io.github.palimpsest.network.Checkpoint;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;

/** On what the bytes of a segmentation depend, and on what not. */
class SegmentationBytesTest {

    @TempDir
    private static Path folder;
    private static RunFolder run;

    @TempDir
    private Path other;

    @BeforeAll
    static void run() {
        run = SmallSegmentation.run(folder);
    }

    private void train(String name, String words) {
        SmallSegmentation.train(run, other.resolve(name), Progress.silent(), words.split("[ =]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"training=last fine_tuning=1 jitter=1,0.5"})
    void withoutRoomForFeaturesTheyAreComputedAgainAndTheResultIsTheSame(String training) {
        train("kept", training + " passes=0");
        train("computed", training + " passes=0 disk=0");
        assertSameFiles(files(other.resolve("kept")), files(other.resolve("computed")), "with disk=0");
    }

    /** Weights differ by what sums in another order do; masks are made image by image, each on one thread. */
    @Test
    void masksDoNotDependOnTheNumberOfThreads() {
        train("one", "threads=1 passes=0");
        train("two", "threads=2 passes=0");
        for (String kind : List.of("masks", "background"))
            assertSameFiles(files(other.resolve("one").resolve(kind)), files(other.resolve("two").resolve(kind)), "on two threads");
    }

    @Test
    void theSameTwiceOnTwoThreadsGivesTheSameBytes() {
        train("one", "threads=2 passes=0 training=last fine_tuning=1");
        train("two", "threads=2 passes=0 training=last fine_tuning=1");
        assertSameFiles(files(other.resolve("one")), files(other.resolve("two")), "on two threads");
    }

    @Test
    void theWholeNetworkStoppedAnywhereEndsWithTheSameBytes() {
        String[] words = "training full crop 32 passes 0 jitter 1,0.5".split(" ");
        StoppingProgress whole = StoppingProgress.never();
        SmallSegmentation.train(run, other.resolve("whole"), whole, words);
        for (int part = 0; part < 2; part++) {
            Path result = other.resolve("stopped" + part);
            StoppingProgress stopping = new StoppingProgress((int) ((part + 0.7) * whole.checks() / 2));
            assertThrows(CancelledException.class, () -> SmallSegmentation.train(run, result, stopping, words));
            SmallSegmentation.train(run, result, Progress.silent(), words);
            assertSameFiles(files(other.resolve("whole")), files(result), "stopped in part " + part);
        }
    }

    @Test
    void anotherSeedOrAnotherJitterGivesOtherWeights() {
        train("one", "passes=0 seed=1");
        train("two", "passes=0 seed=2");
        train("three", "passes=0 seed=1 jitter=1,0.5");
        assertEquals(3, Stream.of("one", "two", "three").map(name -> new RunFolder(other.resolve(name)).passCheckpoint(0))
                .map(file -> Checkpoint.read(file).weights()).distinct().count());
    }
}
