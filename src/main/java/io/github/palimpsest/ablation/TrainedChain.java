package io.github.palimpsest.ablation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.dataset.Selection;
import io.github.palimpsest.dataset.TaggedFolder;
import io.github.palimpsest.dataset.TaggedFolders;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.erasing.AdversarialErasing;
import io.github.palimpsest.erasing.ErasingSettings;
import io.github.palimpsest.evaluation.masks.MaskFolder;
import io.github.palimpsest.evaluation.masks.SegmentationEvaluation;
import io.github.palimpsest.evaluation.masks.SegmentationScores;
import io.github.palimpsest.segmentation.ProhibitiveSegmentationLearning;
import io.github.palimpsest.segmentation.SegmentationSettings;
import io.github.palimpsest.segmentation.model.SegmentFolder;
import io.github.palimpsest.segmentation.model.SegmentFolderSettings;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.Progress;

/**
 * The whole chain on a folder of tagged images. The rows of a seed share one run of erasing, {@code erasing} beside their
 * folders; each trains its own segmentation on it, segments images that it did not see, with the tags that it finds itself, and is
 * scored. Only that last step reads true masks.
 *
 * @param images the tagged folder
 * @param masks true masks of the images to test on
 * @param train split to learn from; all images if empty
 * @param test split to test on; all images if empty
 * @param erasing settings of {@code train-ae} that all rows share, without the folders and the split
 * @param segmentation settings of {@code train-psl} that all rows share, without the folders
 * @param machine device, threads and memory, as all commands name them
 */
public record TrainedChain(Path images, Path masks, String train, String test, Map<String, String> erasing,
        Map<String, String> segmentation, Map<String, String> machine) implements Chain {

    // Shares of the time of a row; erasing is there from the second on.
    private static final double ERASED = 0.3;
    private static final double TRAINED = 0.9;
    private static final double SEGMENTED = 0.98;

    public TrainedChain {
        erasing = Map.copyOf(erasing);
        segmentation = Map.copyOf(segmentation);
        machine = Map.copyOf(machine);
    }

    @Override
    public Scores run(Row row, Path folder, Progress progress) {
        TaggedFolder tested = TaggedFolders.read(images, Selection.split(test));
        // Before hours of training: this would be found wrong at its end.
        List<String> names = tested.images().stream().map(TaggedImage::name).toList();
        MaskFolder.open(masks, tested.tags()).match(names);
        Path run = folder.resolveSibling("erasing");
        AdversarialErasing.train(ErasingSettings.parse(settings(erasing, row.erasing(), "images", images, "split", train,
                "output", run)), progress.part(0, ERASED, "erasing"));
        RunFolder result = ProhibitiveSegmentationLearning.train(SegmentationSettings.parse(settings(segmentation,
                row.segmentation(), "output", run, "result", folder)), progress.part(ERASED, TRAINED, "training"));
        Path labels = folder.resolve("labels");
        SegmentFolder.run(SegmentFolderSettings.parse(settings(Map.of(), Map.of(), "model", result.model(), "images", images,
                "split", test, "output", labels)), progress.part(TRAINED, SEGMENTED, "segmenting"));
        SegmentationScores scores = SegmentationEvaluation.evaluate(labels, masks, names, progress.part(SEGMENTED, 1, ""));
        scores.write(result.model().getParent());
        return Scores.of(scores);
    }

    /** What the row says comes after what all share. */
    private Map<String, String> settings(Map<String, String> shared, Map<String, String> ofRow, Object... foldersAndSplit) {
        Map<String, String> settings = new LinkedHashMap<>(machine);
        settings.putAll(shared);
        settings.putAll(ofRow);
        for (int i = 0; i < foldersAndSplit.length; i += 2)
            settings.put((String) foldersAndSplit[i], foldersAndSplit[i + 1].toString());
        return settings;
    }
}
