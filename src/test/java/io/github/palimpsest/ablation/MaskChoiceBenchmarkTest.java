package io.github.palimpsest.ablation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.palimpsest.background.BackgroundCue;
import io.github.palimpsest.dataset.Selection;
import io.github.palimpsest.dataset.TaggedFolders;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.evaluation.ConfusionMatrix;
import io.github.palimpsest.evaluation.masks.MaskFolder;
import io.github.palimpsest.segmentation.SegmentationRecord;
import io.github.palimpsest.segmentation.masks.ChosenMasks;
import io.github.palimpsest.segmentation.masks.MaskSettings;
import io.github.palimpsest.segmentation.masks.Parts;
import io.github.palimpsest.segmentation.masks.TrainingMasks;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.tensor.Tensor;

/**
 * What the choice of the background from tags alone is worth: every way that {@code train-psl} tried is made into training
 * masks, CRF included, and held against true masks, which the choice never saw.
 *
 * <pre>
 * mvn -Dtest=MaskChoiceBenchmarkTest -Dtests.groups=benchmark -Dtests.excludedGroups= \
 *     -Dchoice.images=DATA -Dchoice.masks=DATA/masks -Dchoice.result=RESULT test
 * </pre>
 *
 * RESULT holds the {@code segmentation.json} of a training whose background was {@code auto}. At most
 * {@code -Dchoice.most=100} tagged images are looked at, evenly over the run.
 */
@Tag("benchmark")
class MaskChoiceBenchmarkTest {

    /** A way to masks, and how good they are. */
    private record Way(ChosenMasks masks, double foregroundIou, double meanIou) {}

    private final RunFolder run;
    private final RunRecord record;
    private final SegmentationRecord made;
    private final MaskFolder truth;
    private final Map<String, Path> truths;
    private final List<TaggedImage> images;

    MaskChoiceBenchmarkTest() {
        assumeTrue(System.getProperty("choice.result") != null, "no data were given");
        RunFolder result = new RunFolder(path("result"));
        made = Json.read(result.segmentationRecord(), SegmentationRecord.class);
        run = made.run(result);
        record = Json.read(run.record(), RunRecord.class);
        truth = MaskFolder.open(path("masks"), record.tags());
        List<String> known = record.images().stream().map(ImageRecord::name).toList();
        List<TaggedImage> tagged = TaggedFolders.read(path("images"), Selection.all()).images().stream()
                .filter(image -> known.contains(image.name()) && !image.tags().isEmpty()).toList();
        int most = Math.min(tagged.size(), Integer.getInteger("choice.most", 100));
        images = IntStream.range(0, most).mapToObj(i -> tagged.get(i * tagged.size() / most)).toList();
        truths = truth.match(images.stream().map(TaggedImage::name).toList()).masks();
    }

    @Test
    void choiceIsComparedWithTheBest() {
        Map<Object, Map<String, Tensor>> cues = new HashMap<>();
        List<Way> ways = new ArrayList<>();
        for (ChosenMasks tried : made.masks().tried())
            ways.add(way(tried, cues.computeIfAbsent(tried.kind(), kind -> new HashMap<>())));
        System.out.println("| cue | score | weight | rounds | explained | foreground | mIoU, foreground/background | mIoU, all tags |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        ways.forEach(way -> System.out.println(row(way)));
        Way chosen = ways.stream().filter(way -> way.masks().equals(made.masks().best())).findFirst().orElseThrow();
        Way best = ways.stream().max(Comparator.comparingDouble(Way::meanIou)).orElseThrow();
        Way bestForeground = ways.stream().max(Comparator.comparingDouble(Way::foregroundIou)).orElseThrow();
        System.out.println("chosen:\n" + row(chosen) + "\nbest by all tags:\n" + row(best) + "\nbest by foreground:\n" + row(bestForeground));
        assertTrue(chosen.meanIou() <= best.meanIou());
    }

    private Way way(ChosenMasks tried, Map<String, Tensor> cues) {
        MaskSettings settings = settings().with(tried);
        BackgroundCue cue = settings.cue();
        BackgroundCue remembered = scene -> cues.computeIfAbsent(scene.name(), name -> cue.of(scene));
        TrainingMasks masks = new TrainingMasks(run, record, run, settings, remembered, Parts.none());
        ConfusionMatrix ofTags = new ConfusionMatrix(record.tags().size() + 1);
        ConfusionMatrix ofForeground = new ConfusionMatrix(2);
        for (TaggedImage image : images) {
            LabelImage mask = masks.of(image, 0);
            byte[] labels = mask.labels().clone();
            byte[] exact = truth.read(truths.get(image.name()), mask.width(), mask.height());
            // What a mask leaves open it does not get wrong.
            for (int i = 0; i < labels.length; i++)
                if (labels[i] == (byte) LabelImage.UNLABELLED) {
                    labels[i] = 0;
                    exact[i] = (byte) ConfusionMatrix.IGNORED;
                }
            ofTags.add(exact, labels);
            ofForeground.add(foreground(exact), foreground(labels));
        }
        return new Way(tried, ofForeground.meanIou(), ofTags.meanIou());
    }

    private MaskSettings settings() {
        Map<String, String> given = new LinkedHashMap<>(made.settings());
        given.keySet().retainAll(MaskSettings.defaults().keySet());
        return MaskSettings.parse(new SettingsText(MaskSettings.defaults(), given));
    }

    private static byte[] foreground(byte[] labels) {
        byte[] foreground = labels.clone();
        for (int i = 0; i < labels.length; i++)
            if (labels[i] != 0 && labels[i] != (byte) ConfusionMatrix.IGNORED)
                foreground[i] = 1;
        return foreground;
    }

    private static String row(Way way) {
        ChosenMasks masks = way.masks();
        return String.format(Locale.ROOT, "| %s | %.1f | %.1f | %d | %.3f | %.2f | %.3f | %.3f |", SettingsText.name(masks.kind()),
                masks.a(), masks.w(), masks.rounds(), masks.explained(), masks.foreground(), way.foregroundIou(), way.meanIou());
    }

    private static Path path(String property) {
        String value = System.getProperty("choice." + property);
        assumeTrue(value != null, "-Dchoice." + property + " is missing");
        return Path.of(value);
    }
}
