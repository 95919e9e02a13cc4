package io.github.palimpsest.ablation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.dataset.sample.SampleFolder;
import io.github.palimpsest.segmentation.SegmentationRecord;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.CancellableProgress;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/** Small enough to be quick; what is learnt from so little is not looked at. */
class TrainedChainTest {

    private static final Map<String, String> TWO_ROUNDS = Map.of("rounds", "2");
    private static final List<Row> ROWS = List.of(
            new Row("1 round", TWO_ROUNDS, Map.of("merge", "1", "use_psl", "off", "passes", "0")),
            new Row("PSL++", TWO_ROUNDS, Map.of("merge", "2", "use_psl", "on", "confidence", "predicted", "passes", "1")));

    @TempDir
    Path temp;

    @Test
    void aTableThatWasStoppedInARowEndsTheSame() throws IOException {
        Path sample = sample();
        Path stopped = temp.resolve("stopped");
        Path row = stopped.resolve("seed-1/psl-plus-plus");
        assertThrows(CancelledException.class, () -> run(stopped, chain(sample),
                new CancellableProgress(() -> Files.exists(new RunFolder(row).pass(0)))));
        assertTrue(Files.readString(stopped.resolve("table.csv")).contains("\"PSL++\",,"), "its second row is not done");
        run(stopped, chain(sample), Progress.silent());
        assertFalse(Files.readString(stopped.resolve("table.csv")).contains("\"PSL++\",,"), "now it is");

        Path again = temp.resolve("again/psl-plus-plus");
        copy(stopped.resolve("seed-1/erasing"), temp.resolve("again/erasing"));
        chain(sample).run(ROWS.get(1).withSeed(1), again, Progress.silent());
        assertEquals(files(again).keySet(), files(row).keySet());
        files(again).forEach((name, file) -> assertArrayEquals(bytes(file), bytes(row.resolve(name)), name));

        Path seed = stopped.resolve("seed-1");
        SegmentationRecord first = record(seed.resolve("1-round"));
        SegmentationRecord second = record(seed.resolve("psl-plus-plus"));
        assertEquals(List.of(1, 2), List.of(first.masks().best().rounds(), second.masks().best().rounds()));
        assertEquals(List.of(1, 2), List.of(first.passes().size(), second.passes().size()));
        assertEquals("../erasing", first.run(), "both rows share one run");
        assertEquals("0.2", first.settings().get("background_score"));
        assertTrue(Files.exists(seed.resolve("1-round/segmentation/scores.json")));
        theNetworkLearnsFromTrueMasksWhereTheyAreGiven(seed, sample);
    }

    /** Here, where there is a run already. */
    private void theNetworkLearnsFromTrueMasksWhereTheyAreGiven(Path seed, Path sample) throws IOException {
        RunFolder result = SupervisedBaseline.train(new RunFolder(seed.resolve("erasing")), sample.resolve("masks"),
                new RunFolder(temp.resolve("baseline")), Map.of("epochs", "12", "batch", "4", "learning_rate", "0.01", "threads", "1"),
                Progress.silent());
        long foreground = 0;
        long pixels = 0;
        try (Stream<Path> masks = Files.list(result.root().resolve("masks"))) {
            for (Path mask : masks.toList()) {
                LabelImage truth = LabelImage.read(sample.resolve("masks").resolve(mask.getFileName().toString()
                        .replace(".png.png", ".png")));
                assertArrayEquals(truth.labels(), LabelImage.read(mask).labels(), mask.toString());
                pixels += truth.labels().length;
                for (byte label : truth.labels())
                    foreground += label == 0 ? 0 : 1;
            }
        }
        SegmentationRecord record = record(result.root());
        assertEquals(List.of(), record.masks().tried(), "nothing was chosen");
        assertEquals(pixels, record.statistics().pixels());
        assertEquals(foreground, record.statistics().tags().stream().mapToLong(tag -> tag.pixels()).sum());
        assertEquals(pixels - foreground, record.statistics().background());
        assertTrue(record.finished());
    }

    @Test
    void masksThatWillNotDoAreSaidBeforeAnythingIsTrained() {
        Path sample = sample();
        TrainedChain chain = new TrainedChain(sample, temp, "train", "val", Map.of(), Map.of(), Map.of());
        String sentence = assertThrows(UserException.class, () -> chain.run(ROWS.get(0), temp.resolve("row"),
                Progress.silent())).getMessage();
        assertTrue(sentence.contains("classes.txt"), sentence);
        assertFalse(Files.exists(temp.resolve("erasing")));
    }

    private Path sample() {
        SampleFolder.write(temp.resolve("sample"), 24, 64, 4, Progress.silent());
        return temp.resolve("sample");
    }

    private static Chain chain(Path sample) {
        return new TrainedChain(sample, sample.resolve("masks"), "train", "val", Map.of("backbone", "small", "epochs", "12", "batch", "4"),
                Map.of("masks", "crf", "background", "none", "background_score", "0.2", "background_weight", "0",
                        "epochs", "12", "batch", "4", "learning_rate", "0.01"),
                Map.of("threads", "1"));
    }

    private static void run(Path folder, Chain chain, Progress progress) {
        AblationTable.run(folder, ROWS, List.of(1L), Map.of(), chain, progress);
    }

    private static SegmentationRecord record(Path folder) {
        return Json.read(folder.resolve("segmentation.json"), SegmentationRecord.class);
    }

    /** By name relative to the folder. */
    private static Map<String, Path> files(Path folder) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(file -> files.put(folder.relativize(file).toString(), file));
        }
        return files;
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Map.Entry<String, Path> file : files(from).entrySet()) {
            Files.createDirectories(to.resolve(file.getKey()).getParent());
            Files.copy(file.getValue(), to.resolve(file.getKey()));
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
