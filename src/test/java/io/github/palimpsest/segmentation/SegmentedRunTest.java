package io.github.palimpsest.segmentation;

import static io.github.palimpsest.erasing.SmallRun.assertSameFiles;
import static io.github.palimpsest.erasing.SmallRun.files;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.palimpsest.erasing.StoppingProgress;
import io.github.palimpsest.segmentation.SegmentationRecord.PassRecord;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;

/** A whole segmentation with the real engine, stopped, repeated, and taken up again. */
class SegmentedRunTest {

    private static final int MOMENTS = 10;

    /** Last blocks learn in the end, so that every stage of a training that keeps features takes part. */
    private static final String[] SETTINGS = {"training", "last", "fine_tuning", "1"};

    @TempDir
    private static Path folder;
    private static RunFolder run;
    private static Map<String, byte[]> runBefore;
    private static RunFolder undisturbed;
    private static SegmentationRecord record;
    private static StoppingProgress progress;

    @TempDir
    private Path other;

    @BeforeAll
    static void train() {
        run = SmallSegmentation.run(folder);
        runBefore = files(run.root());
        undisturbed = new RunFolder(folder.resolve("result"));
        progress = StoppingProgress.never();
        record = SmallSegmentation.train(run, undisturbed.root(), progress, SETTINGS);
    }

    private static SegmentationRecord again(Path result) {
        return SmallSegmentation.train(run, result, Progress.silent(), SETTINGS);
    }

    @Test
    void theResultHoldsWhatTheDesignSaysAndNothingElse() {
        Set<String> expected = new TreeSet<>(Set.of(".lock", "segmentation.json", "segmentation/model.palimpsest"));
        for (String stage : List.of("0/checkpoint.safetensors", "0/log.csv", "1/checkpoint.safetensors", "1/log.csv",
                "1/fine_tuning.safetensors", "1/fine_tuning.csv"))
            expected.add("passes/" + stage);
        for (ImageRecord image : Json.read(run.record(), RunRecord.class).images()) {
            expected.add("masks/" + image.name() + ".png");
            expected.add("passes/0/predictions/" + image.name() + ".png");
            expected.add("passes/1/predictions/" + image.name() + ".png");
            if (!image.tags().isEmpty())
                expected.add("background/" + image.name() + ".tif");
        }
        assertEquals(expected, files(undisturbed.root()).keySet());
        assertSameFiles(runBefore, files(run.root()), "the run itself, whose result is elsewhere");
    }

    @Test
    void theRecordTellsWhatWasDone() {
        assertTrue(record.finished());
        assertEquals(List.of(0, 1), record.passes().stream().map(PassRecord::pass).toList());
        assertEquals(SmallSegmentation.IMAGES, record.statistics().images());
        assertTrue(record.tagPrecision() >= 0 && record.tagPrecision() <= 1);
        assertEquals(record.warnings(), progress.warnings());
        assertTrue(IntStream.range(1, progress.fractions().size())
                .allMatch(i -> progress.fractions().get(i) >= progress.fractions().get(i - 1)), "progress never falls");
        assertEquals(1, progress.fractions().get(progress.fractions().size() - 1));
    }

    @Test
    void theSameTwiceGivesTheSameBytes() {
        again(other);
        assertSameFiles(files(undisturbed.root()), files(other), "the same segmentation");
    }

    static List<Integer> moments() {
        return IntStream.range(0, MOMENTS).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("moments")
    void cancelledAtAnyMomentAndTakenUpAgainItEndsWithTheSameBytes(int moment) {
        Path result = other.resolve("result");
        StoppingProgress stopping = new StoppingProgress((int) ((moment + 0.5) * progress.checks() / MOMENTS));
        assertThrows(CancelledException.class, () -> SmallSegmentation.train(run, result, stopping, SETTINGS));
        again(result);
        assertSameFiles(files(undisturbed.root()), files(result), "cancelled after " + moment + " of " + MOMENTS + " parts");
    }

    @Test
    void aFinishedSegmentationIsLeftAsItIs() {
        Map<String, byte[]> before = files(undisturbed.root());
        StoppingProgress second = StoppingProgress.never();
        SmallSegmentation.train(run, undisturbed.root(), second, SETTINGS);
        assertTrue(second.sentences().contains("The segmentation of this run is finished already; nothing is left to do."));
        assertSameFiles(before, files(undisturbed.root()), "started again");
    }
}
