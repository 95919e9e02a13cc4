package io.github.palimpsest.ablation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.palimpsest.evaluation.masks.MaskFolder;
import io.github.palimpsest.segmentation.ProhibitiveSegmentationLearning;
import io.github.palimpsest.segmentation.SegmentationSettings;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.TagColours;
import io.github.palimpsest.task.Progress;

/**
 * The same network trained the same way, but on true masks: what tags alone are to be compared with. The true masks take the place
 * of the training masks, of which {@code train-psl} only makes those that are missing; there is no PSL and no second pass.
 */
final class SupervisedBaseline {

    private SupervisedBaseline() {}

    /**
     * Trains.
     *
     * @param run a finished run of erasing on the images to learn from, for its images, tags and network
     * @param masks true masks of all of them
     * @param result a new folder
     * @param given settings of {@code train-psl} that are to be others than its defaults
     * @return with the model
     */
    static RunFolder train(RunFolder run, Path masks, RunFolder result, Map<String, String> given, Progress progress) {
        RunRecord record = Json.read(run.record(), RunRecord.class);
        List<String> names = record.images().stream().map(ImageRecord::name).toList();
        MaskFolder folder = MaskFolder.open(masks, record.tags());
        Map<String, Path> files = folder.match(names).masks();
        assertEquals(names.size(), files.size(), "every image has a true mask");
        for (ImageRecord image : record.images()) {
            byte[] labels = folder.read(files.get(image.name()), image.width(), image.height());
            new LabelImage(image.width(), image.height(), ofTagsOnly(labels, image, record.tags()))
                    .write(result.mask(image.name()), TagColours.of(record.tags().size()));
        }
        Map<String, String> settings = new LinkedHashMap<>(given);
        // Nothing is left open, so that nothing is chosen.
        settings.putAll(Map.of("output", run.root().toString(), "result", result.root().toString(), "use_psl", "off",
                "passes", "0", "masks", "crf", "background", "none", "background_score", "0.5", "background_weight", "0", "merge", "1"));
        return ProhibitiveSegmentationLearning.train(SegmentationSettings.parse(settings), progress);
    }

    /** A training mask may not have what its image is not tagged with. */
    private static byte[] ofTagsOnly(byte[] labels, ImageRecord image, List<String> tags) {
        BitSet known = image.tags().stream().map(tag -> tags.indexOf(tag) + 1)
                .collect(Collectors.collectingAndThen(Collectors.toList(), numbers -> {
                    BitSet set = new BitSet();
                    numbers.forEach(set::set);
                    return set;
                }));
        for (int i = 0; i < labels.length; i++)
            if (labels[i] != 0 && !known.get(labels[i] & 0xff))
                labels[i] = (byte) LabelImage.UNLABELLED;
        return labels;
    }
}
