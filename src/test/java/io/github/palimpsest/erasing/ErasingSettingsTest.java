package io.github.palimpsest.erasing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.network.CamHead;
import io.github.palimpsest.task.UserException;

class ErasingSettingsTest {

    /** Without paths and means, and with what takes their place in {@code run.json}. */
    private static final Set<String> RECORDED = Set.of("preset", "format", "split", "seed", "backbone", "training",
            "head", "rounds", "stop_rule", "stop_at", "loss", "dense_negatives", "negative_cells", "mirrored", "mining",
            "delta", "envelope_from", "erase_untagged", "stride", "scales", "optimizer", "epochs", "batch",
            "learning_rate", "weight_decay", "crop");

    private static Map<String, String> given(String words) {
        Map<String, String> given = new HashMap<>(Map.of("images", "in", "output", "out"));
        for (String word : words.isEmpty() ? new String[0] : words.split(" "))
            given.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        return given;
    }

    private static ErasingSettings parse(String words) {
        return ErasingSettings.parse(given(words));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            images=                   | The setting images is missing: give the folder of tagged images, as in \
            images=...
            output=                   | The setting output is missing: give the folder that the run is to be written \
            to, as in output=...
            preset=best               | The setting preset is "best", but must be one of default, paper.
            backbone=resnet           | There is no network named "resnet": choose one of small, mobilenet_v2, vgg16.
            stride=0                  | The setting stride is "0", but must be a whole number from 1 to 64.
            stride=4                  | mobilenet_v2 has no output stride 4: choose one of 32, 16, 8.
            backbone=vgg16 stride=32  | vgg16 has no output stride 32: choose one of 16, 8.
            training=most             | The setting training is "most", but must be one of head, full.
            head=deep                 | The setting head is "deep", but must be one of linear, convolutional.
            weights=none              | The setting training=head learns on the features of a pretrained network, \
            but weights=none. \
            Give weights=download or a file, or training=full.
            head=convolutional        | The setting head=convolutional needs training=full: with training=head only \
            a linear head \
            is trained. Give head=linear, or training=full.
            rounds=0                  | The setting rounds is "0", but must be a whole number from 1 to 100, or auto.
            rounds=some               | The setting rounds is "some", but must be a whole number from 1 to 100, or auto.
            stop_rule=never           | The setting stop_rule is "never", but must be one of average_precision, loss.
            stop_at=1.5               | The setting stop_at is "1.5", but must be a number from 0 to 1.
            stop_rule=loss stop_at=.5 | The setting stop_at is ".5", but must be a number from 1 to 100.
            mining=all                | The setting mining is "all", but must be one of share_of_maximum, \
            top_of_range, top_of_pixels.
            delta=0                   | The setting delta is "0", but must be a number from 0.001 to 1.
            delta=NaN                 | The setting delta is "NaN", but must be a number from 0.001 to 1.
            envelope_from=-1          | The setting envelope_from is "-1", but must be a whole number from 0 to 100.
            threads=-2                | The setting threads is "-2", but must be a whole number from 0 to 1024.
            device=tpu                | The setting device is "tpu", but must be one of auto, cpu, gpu.
            memory=2G                 | The setting memory is "2G", but must be a whole number from 0 to 16777216.
            scales=1,0                | The setting scales is "1,0", but must be a number from 0.1 to 8.
            scales=1;2                | The setting scales is "1;2", but must be a number from 0.1 to 8.
            mirrored=maybe            | The setting mirrored is "maybe", but must be true or false.
            erase_untagged=2          | The setting erase_untagged is "2", but must be true or false.
            seed=lucky                | The setting seed is "lucky", but must be a whole number from \
            -9223372036854775808 to \
            9223372036854775807.
            cache=-1                  | The setting cache is "-1", but must be a whole number from 0 to 16777216.
            disk=all                  | The setting disk is "all", but must be a whole number from 0 to 17179869184.
            loss=hinge                | The setting loss is "hinge", but must be one of logistic, squared.
            dense_negatives=-1        | The setting dense_negatives is "-1", but must be a number from 0 to 1000.
            negative_cells=0          | The setting negative_cells is "0", but must be a whole number from 1 to 100000.
            epochs=0                  | The setting epochs is "0", but must be a whole number from 1 to 100000.
            batch=4097                | The setting batch is "4097", but must be a whole number from 1 to 4096.
            optimizer=lion            | The setting optimizer is "lion", but must be one of sgd, adam.
            learning_rate=0           | The setting learning_rate is "0", but must be a number from 0.000000001 to 100.
            weight_decay=2            | The setting weight_decay is "2", but must be a number from 0 to 1.
            crop=31                   | The setting crop is "31", but must be a whole number from 32 to 4096.
            """)
    void eachWrongSettingHasItsSentence(String words, String sentence) {
        assertEquals(sentence, assertThrows(UserException.class, () -> parse(words)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"a, a", "a, a/run", "a, a/b/../run", "a/b/.., a/run"})
    void nothingIsWrittenIntoTheImagesFolder(String images, String output) {
        String sentence = assertThrows(UserException.class,
                () -> ErasingSettings.parse(Map.of("images", images, "output", output))).getMessage();
        assertEquals("The output " + Path.of(output).toAbsolutePath().normalize()
                + " lies in the images' folder, where nothing is ever written. Choose another output.", sentence);
    }

    @Test
    void aLinkIntoTheImagesFolderIsSeenThrough(@TempDir Path folder) throws IOException {
        Path images = Files.createDirectories(folder.resolve("images/deep")).getParent();
        Path link = Files.createSymbolicLink(folder.resolve("link"), images.resolve("deep"));
        for (Path output : List.of(link, link.resolve("new/run")))
            assertEquals("The output " + output + " lies in the images' folder, where nothing is ever written. Choose"
                    + " another output.", assertThrows(UserException.class, () -> ErasingSettings.parse(
                            Map.of("images", images.toString(), "output", output.toString()))).getMessage());
    }

    @Test
    void aRunBesideTheImagesOfALongerNameIsFine() {
        assertEquals(Path.of("a_run").toAbsolutePath(),
                ErasingSettings.parse(Map.of("images", "a", "output", "a_run")).output());
    }

    @ParameterizedTest
    @CsvSource({"default, small, full", "default, mobilenet_v2, full", "default, mobilenet_v2, head",
        "default, vgg16, full", "default, vgg16, head", "paper, small, full", "paper, mobilenet_v2, full",
        "paper, mobilenet_v2, head", "paper, vgg16, full", "paper, vgg16, head"})
    void everyPresetIsCompleteForEveryNetworkAndTraining(String preset, String backbone, String training) {
        for (String rule : List.of("loss", "average_precision")) {
            ErasingSettings settings = parse("preset=" + preset + " backbone=" + backbone + " training=" + training
                    + " stop_rule=" + rule);
            assertEquals(backbone, settings.backbone().terminalName());
            assertEquals(RECORDED, settings.recorded().keySet());
            assertFalse(settings.recorded().containsValue(null));
            assertEquals(preset, settings.recorded().get("preset"));
            assertEquals(training, settings.recorded().get("training"));
        }
    }

    @Test
    void theNetworkThatIsSmallIsTrainedWholeAndTheOthersByTheirHead() {
        assertEquals(ErasingSettings.Training.FULL, parse("backbone=small").training());
        assertEquals("none", parse("backbone=small").weights());
        assertEquals(ErasingSettings.Training.HEAD, parse("").training());
        assertEquals(parse("training=full").learning(), parse("training=FULL").learning());
    }

    @Test
    void thePaperSaysSquaredLossLargeHeadAndTwentyPercent() {
        ErasingSettings paper = parse("preset=paper");
        assertEquals(CamHead.Kind.CONVOLUTIONAL, paper.head());
        assertEquals(TagLoss.SQUARED, paper.learning().loss());
        assertEquals(new Mining(Mining.Rule.SHARE_OF_MAXIMUM, 0.2, 0), paper.mining());
        assertEquals(new Optimizer.Sgd(0.001, 0.9, 0.0005), paper.learning().optimizer());
        assertEquals(10, paper.learning().newLayerFactor());
        assertEquals(ErasingSettings.StopRule.LOSS, paper.stopRule());
        assertFalse(paper.eraseUntagged());
        assertEquals(8, paper.stride());
    }

    @Test
    void whatIsGivenWinsOverThePreset() {
        ErasingSettings settings = parse(
                "preset=paper rounds=3 delta=0.7 mirrored=yes scales=1,1.5 threads=3 cache=1 disk=2 memory=3");
        assertEquals(3, settings.rounds());
        assertEquals(0.7, settings.mining().delta());
        assertTrue(settings.mirrored());
        assertEquals(List.of(1.0, 1.5), settings.scales());
        assertEquals(3, settings.engine().threads());
        assertEquals(1 << 20, settings.cache());
        assertEquals(2 << 20, settings.disk());
        assertEquals(3 << 20, settings.engine().maxBytes());
        assertEquals(0, parse("rounds=auto").rounds());
        assertEquals(Runtime.getRuntime().availableProcessors(), parse("threads=0").engine().threads());
    }

    @Test
    void whatIsRecordedHoldsNoPathsAndIsInOrder() {
        ErasingSettings settings = parse("weights=file.h5").record("weights", "sha256:00");
        Set<String> expected = new TreeSet<>(RECORDED);
        expected.add("weights");
        assertEquals(List.copyOf(expected), List.copyOf(settings.recorded().keySet()));
        assertEquals("sha256:00", settings.recorded().get("weights"));
        assertEquals("file.h5", settings.weights(), "the setting itself stays");
    }
}
