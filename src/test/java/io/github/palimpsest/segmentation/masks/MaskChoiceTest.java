package io.github.palimpsest.segmentation.masks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.background.CueKind;
import io.github.palimpsest.background.Ground;
import io.github.palimpsest.segmentation.masks.MaskSettings.Way;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.task.WorkerPool;

class MaskChoiceTest {

    @TempDir
    private Path folder;

    private static MaskSettings settings(String... keysAndValues) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2)
            given.put(keysAndValues[i], keysAndValues[i + 1]);
        return MaskSettings.parse(new SettingsText(MaskSettings.defaults(), given));
    }

    private static TriedMasks choose(Discs discs, MaskSettings settings, int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            return new MaskChoice(discs.written.run, discs.record, settings, 7).choose(discs.written.images(),
                    List.of(1), (image, worker) -> discs.features(image), pool, Progress.silent());
        }
    }

    /** The true score of what was tried, without a CRF. */
    private static double iou(Discs discs, MaskSettings settings, ChosenMasks tried) {
        TrainingMasks masks = new TrainingMasks(discs.written.run, discs.record, discs.written.run, settings.with(tried), Parts.none());
        return discs.iou(image -> masks.of(image, 0).labels());
    }

    @ParameterizedTest
    @CsvSource({"180, 60, DARK", "60, 180, BRIGHT"})
    void whereGreyLevelsTellDiscsApartAThresholdIsChosenWithItsGround(int disc, int ground, Ground expected) {
        Discs discs = new Discs(folder, 16, disc, ground);
        MaskSettings settings = settings("crf_iterations", "0", "sure", "0");
        TriedMasks result = choose(discs, settings, 2);
        assertEquals(16, result.images());
        assertEquals(MaskChoice.SCORES.size() * (1 + 2 * MaskChoice.WEIGHTS.size()), result.tried().size());
        assertEquals(CueKind.OTSU, result.best().kind(), result.bestOfEach().toString());
        assertEquals(expected, result.best().ground());
        assertEquals(1, result.best().rounds());
        double chosen = iou(discs, settings, result.best());
        double best = result.tried().stream().filter(one -> one.kind() != CueKind.RBD)
                .mapToDouble(one -> iou(discs, settings, one)).max().orElseThrow();
        assertTrue(chosen > best - .03 && chosen > .8, chosen + " chosen, " + best + " possible");
    }

    @Test
    void whereGreyLevelsTellNothingTheConstantsAreStillChosenWell() {
        Discs discs = new Discs(folder, 24, 120, 120);
        MaskSettings settings = settings("background", "none", "crf_iterations", "0", "sure", "0");
        TriedMasks result = choose(discs, settings, 1);
        assertEquals(MaskChoice.SCORES.size(), result.tried().size());
        double chosen = iou(discs, settings, result.best());
        double best = result.tried().stream().mapToDouble(one -> iou(discs, settings, one)).max().orElseThrow();
        assertTrue(chosen > best - .05, chosen + " chosen, " + best + " possible");
    }

    @Test
    void ofWhatIsExplainedNearlyAsWellAsTheBestTheMostGenerousIsChosen() {
        TriedMasks result = choose(new Discs(folder, 6, 180, 60), settings(), 2);
        double enough = result.tried().stream().mapToDouble(ChosenMasks::explained).max().orElseThrow()
                - TriedMasks.NEARLY;
        assertTrue(result.best().explained() >= enough);
        assertEquals(result.tried().stream().filter(one -> one.explained() >= enough)
                .mapToDouble(ChosenMasks::foreground).max().orElseThrow(), result.best().foreground());
        assertTrue(result.tried().contains(result.best()));
        assertEquals(List.of(CueKind.NONE, CueKind.RBD, CueKind.OTSU),
                result.bestOfEach().stream().map(ChosenMasks::kind).toList());
        assertTrue(result.bestOfEach().contains(result.best()));
    }

    @Test
    void whatIsGivenIsNotChosen() {
        Discs discs = new Discs(folder, 6, 180, 60);
        TriedMasks one = choose(discs, settings("background", "li", "background_score", ".35",
                "background_weight", ".15", "cue_ground", "bright"), 1);
        assertEquals(1, one.tried().size());
        assertEquals(new ChosenMasks(Way.CRF, CueKind.LI, Ground.BRIGHT, .35, .15, 1, one.best().foreground(),
                one.best().explained()), one.best());
        TriedMasks open = choose(discs, settings("background", "triangle", "background_score", ".35"), 1);
        assertEquals(MaskChoice.WEIGHTS.size(), open.tried().size());
        assertEquals(Ground.DARK, open.best().ground(), "the maps say so");
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        Discs discs = new Discs(folder, 9, 180, 60);
        assertEquals(choose(discs, settings(), 1), choose(discs, settings(), 3));
    }

    @ParameterizedTest
    @CsvSource({"180, 60, DARK", "60, 180, BRIGHT"})
    void whatAThresholdAloneGivesIsToldBesideTheChoice(int disc, int ground, Ground expected) {
        Discs discs = new Discs(folder, 16, disc, ground);
        TriedMasks result = choose(discs, settings("background", "rbd"), 2);
        PlainMasks plain = result.plain().get(0);
        assertEquals(CueKind.OTSU, plain.kind());
        assertEquals(expected, plain.ground());
        double discsShare = discs.record.images().stream().filter(image -> !image.tags().isEmpty())
                .mapToDouble(image -> discs.share(image.name())).average().orElseThrow();
        assertEquals(discsShare, plain.foreground(), .02);
        assertEquals(1, result.plain().size());
        assertTrue(result.tried().stream().noneMatch(one -> one.kind() == CueKind.OTSU), "it is no choice");
        assertTrue(plain.explained() > result.best().explained() - .05, "here a threshold is enough: " + plain);
        MaskSettings given = settings("background", "rbd", "background_score", ".3", "background_weight", ".2", "merge", "1");
        try (WorkerPool pool = new WorkerPool(1)) {
            assertEquals(result.plain(), new MaskChoice(discs.written.run, discs.record, given, 7).plain(
                    discs.written.images(), (image, worker) -> discs.features(image), pool, Progress.silent()));
        }
    }

    @Test
    void inThePapersWayACueIsAlwaysChosenSinceOnlyItMakesBackground() {
        TriedMasks result = choose(new Discs(folder, 6, 180, 60), settings("masks", "paper"), 1);
        assertEquals(List.of(CueKind.RBD, CueKind.OTSU), result.tried().stream().map(ChosenMasks::kind).toList());
        assertTrue(result.tried().contains(result.best()));
        assertTrue(result.tried().stream().allMatch(one -> Double.isNaN(one.a()) && Double.isNaN(one.w())),
                "scores have no part in such masks");
        assertEquals(result.tried(), result.bestOfEach());
    }

    @Test
    void wherePixelsThatFeaturesExplainAreMasksTheyAreDenseAndElseThePapers() {
        TriedMasks well = choose(new Discs(folder.resolve("well"), 6, 180, 60), settings(), 1);
        assertEquals(Way.CRF, well.best().way());
        assertTrue(well.best().explained() >= TriedMasks.WELL_EXPLAINED);
        TriedMasks same = choose(new Discs(folder.resolve("same"), 6, 180, 60), settings("masks", "crf"), 1);
        assertEquals(well, same, "given, the same way is the same choice");
        Discs blind = new Discs(folder.resolve("blind"), 6, 180, 60, true);
        TriedMasks badly = choose(blind, settings(), 1);
        assertTrue(badly.best().explained() < TriedMasks.WELL_EXPLAINED, badly.toString());
        assertEquals(choose(blind, settings("masks", "paper"), 1), badly);
        assertEquals(Way.PAPER, badly.best().way());
        assertEquals(Way.CRF, choose(blind, settings("background", "none"), 1).best().way(), "only a cue makes background");
    }

    @ParameterizedTest
    @CsvSource({".7801, CRF", ".78, CRF", ".7799, PAPER"})
    void whatIsExplainedWellEnoughIsDense(double explained, Way expected) {
        ChosenMasks none = new ChosenMasks(Way.CRF, CueKind.NONE, Ground.AUTO, .3, 0, 2, .3, explained);
        ChosenMasks cue = new ChosenMasks(Way.CRF, CueKind.RBD, Ground.AUTO, .3, .2, 2, .2, .5);
        TriedMasks chosen = TriedMasks.of(List.of(none, cue), null, 10, List.of());
        assertEquals(expected, chosen.best().way());
        assertEquals(expected == Way.CRF ? none : cue.paper(), chosen.best());
        assertEquals(expected == Way.CRF ? 2 : 1, chosen.tried().size());
    }

    @Test
    void aChoiceOfAnOlderVersionIsReadWithoutItsWay() throws IOException {
        ChosenMasks best = new ChosenMasks(Way.PAPER, CueKind.OTSU, Ground.DARK, .3, .25, 2, .3, .9);
        TriedMasks choice = new TriedMasks(best, List.of(best), 40, List.of());
        Path file = folder.resolve("choice.json");
        Json.write(file, choice);
        assertEquals(choice, Json.read(file, TriedMasks.class));
        Files.writeString(file, Files.readString(file).replaceAll("\"way\":\\s*\"[^\"]*\",", ""));
        ChosenMasks older = Json.read(file, TriedMasks.class).best();
        assertEquals(new ChosenMasks(null, CueKind.OTSU, Ground.DARK, .3, .25, 2, .3, .9), older);
    }

    @Test
    void theChoiceIsToldInASentence() {
        ChosenMasks best = new ChosenMasks(Way.CRF, CueKind.OTSU, Ground.DARK, .3, .25, 2, .3, .9);
        assertEquals("Training masks: of 1 ways that were tried on 40 images, this is the most generous of those that features explain "
                + "best (0.900; masks=auto makes dense ones from 0.78 on): masks=crf, background cue otsu (the ground is dark), "
                + "score 0.30, weight 0.25, 2 rounds of erasing.",
                new TriedMasks(best, List.of(best), 40, List.of()).sentence());
        ChosenMasks given = new ChosenMasks(null, CueKind.RBD, Ground.AUTO, Double.NaN, Double.NaN, 1, Double.NaN, Double.NaN);
        assertEquals("Training masks as set: background cue rbd, 1 round of erasing.",
                new TriedMasks(given, List.of(), 0, List.of()).sentence());
        ChosenMasks cue = new ChosenMasks(Way.PAPER, CueKind.RBD, Ground.AUTO, Double.NaN, Double.NaN, 3, .4, .7);
        assertEquals("Training masks: of 1 cues that were tried on 40 images, this is the one of which features explain dense masks best "
                + "(0.700; masks=auto makes dense ones from 0.78 on): masks=paper, background cue rbd, 3 rounds of erasing.",
                new TriedMasks(cue, List.of(cue), 40, List.of()).sentence());
    }

    @Test
    void aSingleTaggedImageIsTooFew() {
        Discs discs = new Discs(folder, 1, 180, 60);
        String sentence = assertThrows(UserException.class, () -> choose(discs, settings(), 1)).getMessage();
        assertTrue(sentence.contains("Two images with tags are needed") && sentence.contains("background_score"),
                sentence);
    }
}
