package io.github.palimpsest.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.EngineSettings.Device;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.segmentation.model.Limits;
import io.github.palimpsest.segmentation.model.Segmentation;
import io.github.palimpsest.segmentation.model.SegmentationModel;
import io.github.palimpsest.segmentation.model.Segmenter;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            training=last fine_tuning=0 passes=0                      | 1
            training=last fine_tuning=1 passes=0 head=large_fov       | 1
            training=full crop=32 passes=1                            | 2
            training=full crop=32 passes=0 head=large_fov             | 1
            passes=2                                                  | 3
            masks=paper background=otsu cue_ground=dark merge=1 use_psl=off epochs=8 | 2
            masks=paper background=rbd use_psl=on psl_from=8 epochs=8 passes=0 | 1
            use_psl=on psl_from=2 confidence=true_tags passes=0           | 1
            optimizer=sgd learning_rate=0.05 schedule=step passes=0   | 1
            scale=1.5 passes=0                                        | 1
            """)
    void endsWithAModelAndSoManyPasses(String words, int passes) {
        SegmentationRecord record = train("a", words);
        assertTrue(record.finished());
        assertEquals(passes, record.passes().size());
        SegmentationModel model = SegmentationModel.open(new RunFolder(other.resolve("a")).model());
        assertEquals(List.of("green", "red"), model.description().tags());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            use_psl=on psl_from=3 | PSL is on, as it was set; 0 % of the masks' pixels are unlabelled.
            use_psl=off   | PSL is off, as it was set; 0 % of the masks' pixels are unlabelled.
            use_psl=auto  | PSL is off: only 0 % of the masks' pixels are unlabelled, and on such masks it would rather do harm.
            """)
    void theRecordSaysWhetherPslTakesPartAndWhy(String psl, String sentence) {
        String said = train("a", psl + " passes=0").psl();
        assertEquals(sentence, said.replaceAll("\\d+ %", "0 %"));
    }

    @Test
    void whereMuchIsUnlabelledPslTakesPartOfItself() {
        SegmentationRecord record = SmallSegmentation.train(run, other, Progress.silent(), "masks", "paper", "background", "rbd",
                "cue_cut", "0", "passes", "0");
        assertTrue(record.psl().startsWith("PSL is on: "), record.psl());
    }

    /** The same network by another way: what a model says of an image is what the last pass said of it, where that is sure. */
    @Test
    void theModelSaysOfATrainingImageWhatTheLastPassSaid() {
        train("a", "training=last fine_tuning=1 passes=0");
        RunFolder result = new RunFolder(other.resolve("a"));
        SegmentationModel model = SegmentationModel.open(result.model());
        try (Segmenter segmenter = new Segmenter(model, Engines.start(new EngineSettings(Device.CPU, 1, 1L << 30)), 1, 1,
                Limits.DEFAULT, Progress.silent())) {
            for (ImageRecord image : Json.read(run.record(), RunRecord.class).images()) {
                Segmentation said = segmenter.segment(ImageReader.read(folder.resolve("images").resolve(image.name())),
                        new Segmenter.Options(Optional.of(Set.copyOf(image.tags())), true), 0);
                byte[] expected = LabelImage.read(result.prediction(0, image.name())).labels();
                assertEquals(expected.length, said.labels().length);
                for (int i = 0; i < expected.length; i++)
                    if ((expected[i] & 0xff) != LabelImage.UNLABELLED)
                        assertEquals(expected[i], said.labels()[i], image.name() + " pixel " + i);
            }
        }
    }
}
