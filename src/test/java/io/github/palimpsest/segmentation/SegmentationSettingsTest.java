package io.github.palimpsest.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.command.CommandDefinition;
import io.github.palimpsest.command.InputDefinition;
import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.network.SegmentationNetwork.Head;
import io.github.palimpsest.network.Training;
import io.github.palimpsest.segmentation.PslLoss.Prohibition;
import io.github.palimpsest.segmentation.SegmentationSettings.Psl;
import io.github.palimpsest.segmentation.masks.MaskSettings;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.UserException;

class SegmentationSettingsTest {

    @TempDir
    private Path folder;

    private RunFolder run(Map<String, String> settings) {
        RunFolder run = new RunFolder(folder.resolve("run"));
        Json.write(run.record(), record(RunRecord.FORMAT, settings));
        return run;
    }

    private static RunRecord record(int format, Map<String, String> settings) {
        return record(format, settings, 0);
    }

    private static RunRecord record(int format, Map<String, String> settings, int images) {
        List<ImageRecord> all = Collections.nCopies(images, new ImageRecord("an image", "", 9, 9, List.of("cat")));
        return new RunRecord(format, "Palimpsest 9", "train-ae", settings, "E", "CPU", 3, "images", List.of("cat"),
                List.of(1.0, 2.0, 3.0), all, List.of(), List.of(), List.of(), true);
    }

    private static Map<String, String> given(RunFolder run, String words) {
        Map<String, String> given = new LinkedHashMap<>(Map.of("output", run.root().toString()));
        for (String word : words == null || words.isEmpty() ? new String[0] : words.split(" "))
            given.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        return given;
    }

    private SegmentationSettings parse(String backbone, String words) {
        return SegmentationSettings.parse(given(run(Map.of("backbone", backbone, "seed", "7", "weights", "none")), words));
    }

    private String refused(String words) {
        RunFolder run = run(Map.of("backbone", "mobilenet_v2"));
        return assertThrows(UserException.class, () -> SegmentationSettings.parse(given(run, words))).getMessage();
    }

    @Test
    void everyInputOfTheCommandIsASettingAndTheOtherWayRound() {
        Set<String> settings = new TreeSet<>(SegmentationPresets.of(Map.of(), record(1, Map.of())).keySet());
        settings.addAll(SegmentationPresets.of(Map.of("preset", "paper"), record(1, Map.of())).keySet());
        settings.add("output");
        assertEquals(settings, new TreeSet<>(CommandDefinition.named("train-psl").keys()));
    }

    @Test
    void bothPresetsGiveEverySettingOfTheOther() {
        for (String backbone : List.of("small", "mobilenet_v2", "vgg16"))
            assertEquals(SegmentationPresets.of(Map.of("preset", "default"), record(1, Map.of("backbone", backbone))).keySet(),
                    SegmentationPresets.of(Map.of("preset", "paper"), record(1, Map.of("backbone", backbone))).keySet());
    }

    /** What is not a path is looked at: nonsense is refused with a sentence that names the setting. */
    @Test
    void everySettingIsRead() {
        for (InputDefinition input : CommandDefinition.named("train-psl").inputs())
            if (!input.isFile() && !input.key().equals("weights")) {
                String sentence = refused(input.key() + "=§");
                assertTrue(sentence.startsWith("The setting " + input.key() + " is \"§\", but "), sentence);
            }
    }

    /** What a door allows, the settings allow too, and what they are unless given is allowed by the door. */
    @Test
    void theCommandAndTheSettingsAgreeOnChoicesAndDefaults() {
        Map<String, String> presets = SegmentationPresets.of(Map.of(), record(1, Map.of()));
        for (InputDefinition input : CommandDefinition.named("train-psl").inputs()) {
            for (String choice : input.choices())
                if (!choice.equals("preset") && !choice.equals("run")) {
                    String needed = choice.equals("folder") ? " cue_folder=" + folder : "";
                    Map<String, String> recorded = parse("mobilenet_v2", input.key() + "=" + choice + needed).settings();
                    assertEquals(choice, recorded.getOrDefault(input.key(), choice));
                }
            String preset = presets.getOrDefault(input.key(), "");
            if (!preset.isEmpty())
                input.parse(preset);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            preset=best            | The setting preset is "best", but must be one of default, paper.
            training=most          | The setting training is "most", but must be one of head, last, full.
            head=deep              | The setting head is "deep", but must be one of large_fov, multi_depth.
            masks=mine             | The setting masks is "mine", but must be one of auto, crf, paper.
            merge=0                | The setting merge is "0", but must be a whole number from 1 to 100, or auto.
            use_psl=maybe          | The setting use_psl is "maybe", but must be one of auto, on, off.
            passes=11              | The setting passes is "11", but must be a whole number from 0 to 10.
            epochs=0               | The setting epochs is "0", but must be a whole number from 1 to 100000, or auto.
            jitter=1,9             | The setting jitter is "1,9", but must be a number from 0.25 to 4.
            scale=9                | The setting scale is "9", but must be a number from 0.1 to 8, or auto.
            tag_threshold=1.1      | The setting tag_threshold is "1.1", but must be a number from 0 to 1.
            sure=NaN               | The setting sure is "NaN", but must be a number from 0 to 1.
            threads=-1             | The setting threads is "-1", but must be a whole number from 0 to 1024.
            disk=much              | The setting disk is "much", but must be a whole number from 0 to 17179869184.
            background=folder      | The setting background=folder needs the folder of your maps: give cue_folder=...
            training=head fine_tuning=2 | The setting fine_tuning is given, but training=head does not use it. Give training=last, \
            or leave out fine_tuning.
            training=full fine_rate=.1  | The setting fine_rate is given, but training=full does not use it. Give training=last, \
            or leave out fine_rate.
            crop=64                | The setting crop is given, but training=last does not use it. Give training=full, or leave out crop.
            use_psl=off psl_weight=2   | The setting psl_weight is given, but use_psl=off does not use it. Give use_psl=on, or leave out \
            psl_weight.
            use_psl=off confidence=true_tags | The setting confidence is given, but use_psl=off does not use it. Give use_psl=on, or leave \
            out confidence.
            masks=crf cue_cut=0.2  | The setting cue_cut is given, but masks=crf does not use it. Give masks=paper, or leave out cue_cut.
            masks=paper gamma=1    | The setting gamma is given, but masks=paper does not use it. Give masks=crf, or leave out gamma.
            masks=paper background=none | The setting background=none leaves nothing that is surely background, which masks=paper needs. \
            Give background=auto, or masks=crf.
            """)
    void eachWrongSettingHasItsSentence(String words, String sentence) {
        assertEquals(sentence, refused(words));
    }

    @Test
    void aZeroAsksForNothingAndContradictsNothing() {
        assertEquals(0, parse("small", "training=head fine_tuning=0").fine().epochs());
        assertEquals(0, parse("small", "use_psl=off psl_weight=0").base().onlineWeight());
    }

    @Test
    void whatIsNotGivenComesFromTheRunOrThePreset() {
        SegmentationSettings small = parse("small", "");
        assertEquals(Training.HEAD, small.training());
        assertEquals(List.of(1.0), small.jitter());
        assertEquals(7, small.seed());
        assertEquals(3, small.engine().threads());
        assertEquals(folder.resolve("run"), small.result());
        assertEquals("none", small.weights());
        SegmentationSettings mobile = parse("mobilenet_v2", "");
        assertEquals(Training.LAST, mobile.training());
        assertEquals(List.of(1.0, 0.75, 1.33), mobile.jitter());
        assertEquals(3, mobile.fine().epochs());
        assertEquals(Head.MULTI_DEPTH, mobile.head());
        assertEquals(Psl.AUTO, mobile.psl());
        assertNull(mobile.masks().way(), "decided on the images");
        assertNull(small.masks().way());
        assertEquals(MaskSettings.Way.CRF, parse("mobilenet_v2", "masks=crf").masks().way());
        assertEquals(9, parse("small", "seed=9 threads=1").seed());
    }

    @ParameterizedTest
    @CsvSource({"small, 8, 80, 6", "small, 8, 16, 30", "small, 8, 1000, 6", "mobilenet_v2, 8, 365, 7", "mobilenet_v2, 8, 5000, 7",
            "mobilenet_v2, 8, 200, 10", "mobilenet_v2, 16, 200, 20", "vgg16, 8, 9, 125"})
    void fewImagesAreSeenMoreOften(String backbone, int batch, int images, int epochs) {
        RunFolder run = new RunFolder(folder.resolve("run"));
        Json.write(run.record(), record(RunRecord.FORMAT, Map.of("backbone", backbone, "weights", "none"), images));
        assertEquals(epochs, SegmentationSettings.parse(given(run, "batch=" + batch)).base().epochs());
        assertEquals(4, SegmentationSettings.parse(given(run, "batch=" + batch + " epochs=4")).base().epochs());
        assertEquals(epochs / 2 + 1, SegmentationSettings.parse(given(run, "batch=" + batch)).base().startEpoch());
        assertEquals(2, SegmentationSettings.parse(given(run, "batch=" + batch + " psl_from=2")).base().startEpoch());
    }

    @Test
    void thePaperLearnsTheWholeNetworkUnderTheControlOfPredictedTags() {
        SegmentationSettings paper = parse("vgg16", "preset=paper");
        assertEquals(Training.FULL, paper.training());
        assertEquals(Head.LARGE_FOV, paper.head());
        assertEquals(Psl.ON, paper.psl());
        assertEquals(MaskSettings.Way.PAPER, paper.masks().way());
        assertEquals(new Optimizer.Sgd(0.001, 0.9, 0.0005), paper.base().optimizer());
        assertEquals(Prohibition.PREDICTED, paper.base().prohibition());
        assertEquals(30, paper.base().batch());
        assertEquals(321, paper.base().crop());
        assertEquals(1, paper.scale(2000));
        assertEquals(Prohibition.OFF, paper.learning(false).prohibition());
    }

    @Test
    void thePresetOfTheRunIsGoneOnWith() {
        RunFolder run = run(Map.of("backbone", "vgg16", "preset", "paper"));
        assertEquals(Training.FULL, SegmentationSettings.parse(given(run, "")).training());
        assertEquals(Training.LAST, SegmentationSettings.parse(given(run, "preset=default")).training());
    }

    @ParameterizedTest
    @CsvSource({"mobilenet_v2, 960, 0.5", "mobilenet_v2, 400, 1.2", "mobilenet_v2, 200, 2.4", "mobilenet_v2, 100, 3", "small, 960, 1"})
    void imagesAreBroughtToAGoodSize(String backbone, int side, double scale) {
        assertEquals(scale, parse(backbone, "").scale(side), 1e-12);
        assertEquals(0.75, parse(backbone, "scale=0.75").scale(side));
    }

    @Test
    void placesAndMeansAreNotRecordedAndTextsThatMeanTheSameAreOne() {
        SegmentationSettings settings = parse("small", "gamma=.50 sure=9e-1 use_psl=ON threads=1 disk=5 memory=300 scale=AUTO");
        for (String key : List.of("output", "result", "images", "threads", "device", "memory", "disk"))
            assertFalse(settings.settings().containsKey(key), key);
        assertEquals(Map.of("gamma", "0.5", "sure", "0.9", "use_psl", "on"), Map.of("gamma", settings.settings().get("gamma"), "sure",
                settings.settings().get("sure"), "use_psl", settings.settings().get("use_psl")));
        assertEquals(parse("small", "").settings().get("scale"), settings.settings().get("scale"));
    }

    @Test
    void withoutARunThereIsNothingToLearnFrom() {
        RunFolder none = new RunFolder(folder.resolve("none"));
        assertEquals("There is no run in " + none.root() + " (no run.json). Give output= the folder that train-ae wrote, or use "
                + "run-all.", assertThrows(UserException.class, () -> SegmentationSettings.parse(given(none, ""))).getMessage());
        RunFolder newer = new RunFolder(folder.resolve("newer"));
        Json.write(newer.record(), Map.of("format", 2, "program", "Palimpsest 9"));
        assertEquals("The run in " + newer.root() + " was written by a newer version (Palimpsest 9). Install that version.",
                assertThrows(UserException.class, () -> SegmentationSettings.parse(given(newer, ""))).getMessage());
    }

    @Test
    void settingsAreCheckedBeforeThereIsARun() {
        Map<String, String> given = Map.of("output", folder.resolve("none").toString(), "background", "folder", "cue_folder",
                folder.resolve("nowhere").toString());
        String sentence = assertThrows(UserException.class,
                () -> SegmentationSettings.requireSound(given, Map.of("backbone", "small"), 1)).getMessage();
        assertTrue(sentence.contains("nowhere"), sentence);
        SegmentationSettings.requireSound(Map.of("output", "a"), Map.of("backbone", "small", "preset", "paper"), 1);
    }
}
