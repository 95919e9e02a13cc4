package io.github.palimpsest.segmentation;

import static io.github.palimpsest.erasing.SmallRun.assertSameFiles;
import static io.github.palimpsest.erasing.SmallRun.files;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.EngineSettings.Device;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.erasing.StoppingProgress;
import io.github.palimpsest.segmentation.model.SegmentationModel;
import io.github.palimpsest.segmentation.model.Segmenter;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;

/** Every setting that changes the way from a run to a model leads to one. */
class WaysToAModelTest {

    @TempDir
    private static Path folder;
    private static RunFolder run;

    @TempDir
    private Path other;

    @BeforeAll
    static void run() {
        run = SmallSegmentation.run(folder);
    }

    private SegmentationRecord train(String name, String words) {
        return SmallSegmentation.train(run, other.resolve(name), Progress.silent(), words.split("[ =]"));
    }

    private Map<String, byte[]> without(String name, String... files) {
        Map<String, byte[]> rest = new TreeMap<>(files(other.resolve(name)));
        rest.keySet().removeAll(List.of(files));
        return rest;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            training=head passes=0                                    | 1
            training=last fine_tuning=0 passes=0                      | 1
            training=last fine_tuning=1 passes=0 head=large_fov       | 1
            training=full crop=32 passes=1                            | 2
            training=full crop=64 passes=0 head=large_fov             | 1
            passes=2 epochs=2                                         | 3
            masks=paper background=otsu cue_ground=dark merge=1       | 2
            masks=paper background=rbd use_psl=on passes=0                | 1
            use_psl=on psl_from=2 confidence=true_tags passes=0           | 1
            optimizer=sgd learning_rate=0.05 schedule=step passes=0   | 1
            scale=1.5 passes=0                                        | 1
            """)
    void endsWithAModelAndSoManyPasses(String words, int passes) {
        SegmentationRecord record = train("a", words.contains("masks=paper") ? words : words + " background_weight=0.3");
        assertTrue(record.finished());
        assertEquals(passes, record.passes().size());
        SegmentationModel model = SegmentationModel.open(new RunFolder(other.resolve("a")).model());
        assertEquals(List.of("green", "red"), model.description().tags());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            use_psl=on    | PSL is on, as it was set; 0 % of the masks' pixels are unlabelled.
            use_psl=off   | PSL is off, as it was set; 0 % of the masks' pixels are unlabelled.
            use_psl=auto  | PSL is off: only 0 % of the masks' pixels are unlabelled, and on such masks it would rather do harm.
            """)
    void theRecordSaysWhetherPslTakesPartAndWhy(String psl, String sentence) {
        String said = train("a", psl + " passes=0 epochs=1").psl();
        assertEquals(sentence, said.replaceAll("\\d+ %", "0 %"));
    }

    @Test
    void whereMuchIsUnlabelledPslTakesPartOfItself() {
        SegmentationRecord record = SmallSegmentation.train(run, other, Progress.silent(), "masks", "paper", "background", "none",
                "background_score", "", "background_weight", "", "passes", "0");
        assertTrue(record.psl().startsWith("PSL is on: "), record.psl());
    }

    @ParameterizedTest
    @ValueSource(strings = {"training=head", "training=last fine_tuning=1"})
    void withoutRoomForFeaturesTheyAreComputedAgainAndTheResultIsTheSame(String training) {
        train("kept", training + " passes=0 epochs=2");
        train("computed", training + " passes=0 epochs=2 disk=0");
        assertSameFiles(files(other.resolve("kept")), files(other.resolve("computed")), "with disk=0");
    }

    /** Even the weights: every convolution of the engine gives the same sums on any number of threads. */
    @Test
    void theNumberOfThreadsIsOnlyRecorded() {
        train("one", "threads=1 passes=0");
        train("two", "threads=2 passes=0");
        String[] telling = {"segmentation.json"};
        assertSameFiles(without("one", telling), without("two", telling), "on two threads");
    }

    @Test
    void theWholeNetworkStoppedAnywhereEndsWithTheSameBytes() {
        String[] words = "training full crop 48 passes 1 epochs 2".split(" ");
        StoppingProgress whole = StoppingProgress.never();
        SmallSegmentation.train(run, other.resolve("whole"), whole, words);
        for (int part = 0; part < 4; part++) {
            Path result = other.resolve("stopped" + part);
            StoppingProgress stopping = new StoppingProgress((int) ((part + 0.7) * whole.checks() / 4));
            assertThrows(CancelledException.class, () -> SmallSegmentation.train(run, result, stopping, words));
            SmallSegmentation.train(run, result, Progress.silent(), words);
            assertSameFiles(files(other.resolve("whole")), files(result), "stopped in part " + part);
        }
    }

    @Test
    void theModelFindsTheDiscsOfAnImageItNeverSaw() throws Exception {
        train("a", "epochs=8 passes=0");
        Path images = SmallSegmentation.drawn(folder.resolve("new"), 99);
        assertTrue(Files.exists(images.resolve("disc3.png")));
    }

    @Test
    void anotherSeedGivesAnotherModel() throws Exception {
        train("one", "passes=0 epochs=1 seed=1");
        train("two", "passes=0 epochs=1 seed=2");
        assertTrue(!Arrays.equals(Files.readAllBytes(new RunFolder(other.resolve("one")).model()),
                Files.readAllBytes(new RunFolder(other.resolve("two")).model())));
    }
}
