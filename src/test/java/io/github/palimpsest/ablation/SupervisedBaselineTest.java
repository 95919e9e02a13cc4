package io.github.palimpsest.ablation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.palimpsest.dataset.Selection;
import io.github.palimpsest.dataset.TaggedFolders;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.evaluation.masks.SegmentationEvaluation;
import io.github.palimpsest.evaluation.masks.SegmentationScores;
import io.github.palimpsest.segmentation.model.SegmentFolder;
import io.github.palimpsest.segmentation.model.SegmentFolderSettings;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.Progress;

/**
 * What the network reaches with true masks, to be set beside what it reaches with tags alone:
 *
 * <pre>
 * mvn -Dtest=SupervisedBaselineTest -Dtests.groups=benchmark -Dtests.excludedGroups= \
 *     -Dbaseline.images=DATA -Dbaseline.masks=DATA/masks -Dbaseline.run=RUN -Dbaseline.result=RESULT test
 * </pre>
 *
 * RUN is what {@code train-ae images=DATA split=train} or {@code run-all} wrote; its seed is that of the training. RESULT is a
 * new folder, or one in which this was stopped. {@code -Dbaseline.weights=FILE} names the trunk's weights, which are else
 * downloaded. {@code -Dbaseline.split=val} says what is scored, with tags predicted; the
 * scores are written to {@code RESULT/segmentation}.
 */
@Tag("benchmark")
class SupervisedBaselineTest {

    @Test
    void trueMasksAreLearntFrom() {
        assumeTrue(System.getProperty("baseline.run") != null, "no data were given");
        Path images = path("images");
        Path masks = path("masks");
        String split = System.getProperty("baseline.split", "val");
        String weights = System.getProperty("baseline.weights");
        RunFolder result = SupervisedBaseline.train(new RunFolder(path("run")), masks, new RunFolder(path("result")),
                weights == null ? Map.of() : Map.of("weights", weights), Progress.silent());
        Path labels = result.root().resolve("labels");
        SegmentFolder.run(SegmentFolderSettings.parse(Map.of("model", result.model().toString(), "images", images.toString(),
                "split", split, "output", labels.toString())), Progress.silent());
        List<String> names = TaggedFolders.read(images, Selection.split(split)).images().stream().map(TaggedImage::name)
                .toList();
        SegmentationScores scores = SegmentationEvaluation.evaluate(labels, masks, names, Progress.silent());
        scores.write(result.model().getParent());
        System.out.println(scores.summary());
        assertTrue(scores.meanIou() > 0);
    }

    private static Path path(String property) {
        String value = System.getProperty("baseline." + property);
        assumeTrue(value != null, "-Dbaseline." + property + " is missing");
        return Path.of(value);
    }
}
