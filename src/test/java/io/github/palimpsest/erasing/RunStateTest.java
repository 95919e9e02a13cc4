package io.github.palimpsest.erasing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.task.UserException;

class RunStateTest {

    private static final ImageRecord CAT = new ImageRecord("cat.png", "aa", 4, 3, List.of("cat"));
    private static final ImageRecord DOG = new ImageRecord("dog.png", "bb", 4, 3, List.of());

    @TempDir
    private Path folder;
    private RunFolder run;

    @BeforeEach
    void runFolder() {
        run = new RunFolder(folder.resolve("run"));
    }

    private static RunRecord record(int format, Map<String, String> settings, String engine, String device, int threads,
            List<String> tags, List<ImageRecord> images) {
        return new RunRecord(format, "Palimpsest 9", "train-ae", settings, engine, device, threads, "images", tags,
                List.of(1.0, 2.0, 3.0), images, List.of(), List.of("Few images."), List.of(), false);
    }

    private static RunRecord usual() {
        return record(1, Map.of("delta", "0.5", "seed", "1"), "E 1", "CPU", 2, List.of("cat"), List.of(CAT, DOG));
    }

    private static Arguments change(String sentence, UnaryOperator<RunRecord> change) {
        return Arguments.of(sentence, change);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("delta was 0.5, now 0.7", r -> record(1, Map.of("delta", "0.7", "seed", "1"), r.engine(),
                        r.device(), 2,
                        r.tags(), r.images())),
                change("delta was 0.5, now (none)", r -> record(1, Map.of("seed", "1"), r.engine(), r.device(), 2,
                        r.tags(), r.images())),
                change("loss was (none), now squared", r -> record(1, Map.of("delta", "0.5", "loss", "squared",
                        "seed", "1"),
                        r.engine(), r.device(), 2, r.tags(), r.images())),
                change("engine was E 1, now E 2", r -> record(1, r.settings(), "E 2", r.device(), 2, r.tags(),
                        r.images())),
                change("device was CPU, now GPU", r -> record(1, r.settings(), r.engine(), "GPU", 2, r.tags(),
                        r.images())),
                change("threads was 2, now 4", r -> record(1, r.settings(), r.engine(), r.device(), 4, r.tags(),
                        r.images())),
                change("tags was [cat], now [cat, dog]",
                        r -> record(1, r.settings(), r.engine(), r.device(), 2, List.of("cat", "dog"), r.images())),
                change("the image emu.png is new", r -> record(1, r.settings(), r.engine(), r.device(), 2, r.tags(),
                        List.of(CAT, DOG, new ImageRecord("emu.png", "cc", 1, 1, List.of())))),
                change("the image dog.png is gone",
                        r -> record(1, r.settings(), r.engine(), r.device(), 2, r.tags(), List.of(CAT))),
                change("the image dog.png has changed", r -> record(1, r.settings(), r.engine(), r.device(), 2,
                        r.tags(), List.of(CAT, new ImageRecord("dog.png", "cc", 4, 3, List.of())))),
                change("tags of dog.png was [], now [cat]", r -> record(1, r.settings(), r.engine(), r.device(), 2,
                        r.tags(), List.of(CAT, new ImageRecord("dog.png", "bb", 4, 3, List.of("cat"))))),
                change("device was CPU, now GPU; threads was 2, now 4",
                        r -> record(1, r.settings(), r.engine(), "GPU", 4, r.tags(), r.images())));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void everyKindOfDifferenceIsShown(String difference, UnaryOperator<RunRecord> change) throws Exception {
        RunState.open(run, usual());
        byte[] before = Files.readAllBytes(run.record());
        String sentence = assertThrows(UserException.class, () -> RunState.open(run,
                change.apply(usual()))).getMessage();
        assertEquals("The folder " + run.root() + " holds a run that was begun otherwise: " + difference
                + ". Give the same settings to go on with it, or another output to begin anew.", sentence);
        assertEquals(new String(before), Files.readString(run.record()));
    }

    @Test
    void ofManyDifferencesAFewAreShownAndTheRestCounted() {
        RunState.open(run, usual());
        List<ImageRecord> more = new ArrayList<>(List.of(CAT, DOG));
        IntStream.range(0, 9).forEach(i -> more.add(new ImageRecord("new" + i + ".png", "cc", 1, 1, List.of())));
        String sentence = assertThrows(UserException.class, () -> RunState.open(run,
                record(1, usual().settings(), "E 1", "CPU", 2, List.of("cat"), more))).getMessage();
        assertTrue(sentence.contains("the image new5.png is new; and 3 more. Give the same settings"), sentence);
    }

    @Test
    void aNewerRunIsRefused() {
        Json.write(run.record(), record(2, Map.of(), "E 1", "CPU", 2, List.of(), List.of()));
        assertEquals("The run in " + run.root()
                + " was written by a newer version (Palimpsest 9). Install that version, or choose "
                + "another output.", assertThrows(UserException.class, () -> RunState.open(run, usual())).getMessage());
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws Exception {
        Files.createDirectories(run.root());
        Files.writeString(run.root().resolve(".lock"), "");
        Files.writeString(run.root().resolve("error.log"), "of an attempt before");
        Files.writeString(run.root().resolve("thesis.txt"), "mine");
        assertEquals("The folder " + run.root()
                + " is not empty and holds no run (there is thesis.txt, but no run.json). Choose "
                + "another output.", assertThrows(UserException.class, () -> RunState.open(run, usual())).getMessage());
        Files.delete(run.root().resolve("thesis.txt"));
        assertEquals(usual(), RunState.open(run, usual()).record());
    }

    @Test
    void roundsAndWarningsAreAddedOnceAndFoundAgain() {
        RunState state = RunState.open(run, usual());
        RoundRecord first = new RoundRecord(1, true, 0.5, 0.25, Map.of("cat", 0.25), 0.125);
        RoundRecord second = new RoundRecord(2, false, 0.75, null, Map.of(), 0.125);
        state.add(first, List.of("Poor.", "Few images."), false);
        assertEquals(List.of("Few images.", "Poor."), RunState.open(run, usual()).record().warnings());
        state.add(second, List.of(), true);
        RunRecord found = RunState.open(run, usual()).record();
        assertEquals(state.record(), found);
        assertEquals(List.of(first, second), found.rounds());
        assertTrue(found.finished());
    }

    @Test
    void imagesThatWereMovedAreFoundWhereTheyAreNow() {
        RunRecord r = usual();
        RunState.open(run, r);
        RunRecord moved = new RunRecord(r.format(), r.program(), r.command(), r.settings(), r.engine(), r.device(), r.threads(),
                "elsewhere", r.tags(), r.mean(), r.images(), r.skipped(), r.warnings(), r.rounds(), r.finished());
        assertEquals("elsewhere", RunState.open(run, moved).record().folder());
        assertEquals("elsewhere", Json.read(run.record(), RunRecord.class).folder());
    }

    @Test
    void aDamagedRecordIsRefusedWithWhatCanStillBeDone() throws Exception {
        RunState.open(run, usual());
        String whole = Files.readString(run.record());
        for (String damaged : List.of("", whole.substring(0, whole.length() / 2), "{}", "[1,2]")) {
            Files.writeString(run.record(), damaged);
            String sentence = assertThrows(UserException.class, () -> RunState.open(run, usual())).getMessage();
            assertTrue(sentence.startsWith("The run in " + run.root() + " cannot be gone on with, because its run.json is damaged. Put "
                    + "back a copy of that file if you have one; otherwise choose another output, or delete this folder."), sentence);
        }
    }

    @Test
    void anImageOfAnotherSizeIsADifference() {
        RunState.open(run, usual());
        RunRecord wider = record(1, usual().settings(), "E 1", "CPU", 2, List.of("cat"),
                List.of(new ImageRecord("cat.png", "aa", 5, 3, List.of("cat")), DOG));
        String sentence = assertThrows(UserException.class, () -> RunState.open(run, wider)).getMessage();
        assertTrue(sentence.contains("size of cat.png was 4×3, now 5×3"), sentence);
    }
}
