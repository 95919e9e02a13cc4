package io.github.palimpsest.segmentation.masks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

import io.github.palimpsest.background.BackgroundCue;
import io.github.palimpsest.background.BackgroundScore;
import io.github.palimpsest.background.Scene;
import io.github.palimpsest.crf.DenseCrf;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.TagColours;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Tensor;

/**
 * The masks that a segmentation is first trained on, made of what erasing left in a run folder and a background cue,
 * in one of two ways ({@link MaskSettings.Way}). An image without tags is background everywhere. Safe for several
 * threads; the masks do not hang on their number.
 */
public final class TrainingMasks {

    /** The label of a cue's only slice. */
    public static final String CUE_LABEL = "background cue";

    /** A cue is for people to look at: larger ones are reduced to this length of their longer side, in pixels. */
    private static final int LONGEST_CUE = 512;

    private final RunFolder result;
    private final RunTags tags;
    private final RunScenes scenes;
    private final MaskSettings settings;
    private final BackgroundCue cue;
    private final Parts parts;
    private final int rounds;

    /**
     * With the cue that the settings name.
     *
     * @param record of that run
     * @param result where cues and masks are written; may be the run's own folder
     * @param settings that leave nothing open, see {@link MaskSettings#isComplete}
     * @param parts of the run's tags
     * @throws UserException if the run has no merged round, or not as many as the settings want, or too many tags
     */
    public TrainingMasks(RunFolder run, RunRecord record, RunFolder result, MaskSettings settings, Parts parts) {
        this(run, record, result, settings, settings.cue(), parts);
    }

    /**
     * With any cue.
     *
     * @param record of that run
     * @param result where cues and masks are written; may be the run's own folder
     * @param cue asked once for every image that has tags
     * @param parts of the run's tags
     * @throws UserException if the run has no merged round, or not as many as the settings want, or too many tags
     */
    public TrainingMasks(RunFolder run, RunRecord record, RunFolder result, MaskSettings settings, BackgroundCue cue,
            Parts parts) {
        this.result = result;
        this.tags = RunTags.of(run, record);
        this.scenes = new RunScenes(run, record);
        this.settings = settings;
        this.cue = cue;
        this.parts = parts;
        this.rounds = scenes.maps().resolve(settings.merge());
        settings.cut().requireTags(tags.names());
        if (settings.way() == MaskSettings.Way.CRF)
            settings.score();
    }

    /**
     * The mask of one image.
     *
     * @param worker whose turn it is with the features of {@link Parts}
     * @return labels as in {@link RunFolder#mask}
     * @throws UserException if the image or what the run knows of it cannot be read, or is of another size
     */
    public LabelImage of(TaggedImage image, int worker) {
        ImageRecord record = scenes.record(image);
        if (record.tags().isEmpty())
            return new LabelImage(record.width(), record.height(), new byte[record.width() * record.height()]);
        Scene scene = scenes.scene(image, rounds);
        return mask(image, record, scene, cueOf(scene), worker);
    }

    /**
     * Writes the masks of a run's images, and beside each its cue ({@link RunFolder#background}; none for images
     * without tags, reduced to 512 pixels where it is longer). An image whose mask is there already is only counted,
     * so this can be stopped at any moment and gone on with later, with the same settings.
     *
     * @return what all the masks say
     * @throws UserException if an image, a file of the run or a mask that is there already cannot be read or does not
     *            fit
     */
    public MaskStatistics write(List<TaggedImage> images, WorkerPool pool, Progress progress) {
        cue.requireAll(images.stream().filter(image -> !scenes.record(image).tags().isEmpty())
                .map(TaggedImage::name).toList());
        List<Integer> colours = TagColours.of(tags.names().size());
        MaskStatistics.Count count = new MaskStatistics.Count(tags.names());
        pool.inOrder(images, (image, worker) -> written(image, colours, worker),
                (mask, i) -> count.add(mask.record, mask.image, mask.regions), progress, "training masks");
        return count.statistics();
    }

    /** A mask, and what was mined where it was made of that. */
    private record Written(ImageRecord record, LabelImage image, LabelStack regions) {}

    private Written written(TaggedImage image, List<Integer> colours, int worker) {
        ImageRecord record = scenes.record(image);
        LabelStack regions = settings.way() == MaskSettings.Way.PAPER ? scenes.maps().regions(record, rounds) : null;
        Path file = result.mask(image.name());
        if (Files.exists(file))
            return new Written(record, existing(file, record), regions);
        LabelImage mask;
        if (record.tags().isEmpty()) {
            mask = of(image, worker);
        } else {
            Scene scene = scenes.scene(image, rounds);
            Tensor background = cueOf(scene);
            mask = mask(image, record, scene, background, worker);
            new MapStack(List.of(CUE_LABEL), reduced(background)).write(result.background(image.name()));
        }
        // Last, since what comes after a stop looks whether it is there.
        mask.write(file, colours);
        return new Written(record, mask, regions);
    }

    private LabelImage existing(Path file, ImageRecord record) {
        LabelImage mask = LabelImage.read(file);
        if (mask.width() != record.width() || mask.height() != record.height())
            throw new UserException(file + " is " + mask.width() + "×" + mask.height() + " pixels, but its image is "
                    + record.width() + "×" + record.height() + ". Delete it and run the same command again.");
        BitSet known = new BitSet(256);
        known.set(LabelImage.UNLABELLED);
        known.set(0);
        for (byte label : tags.labels(record))
            known.set(label & 0xff);
        for (byte label : mask.labels())
            if (!known.get(label & 0xff))
                throw new UserException(file + " has the label " + (label & 0xff)
                        + ", which is none of its image's tags. Delete it and run the same command again.");
        return mask;
    }

    private Tensor cueOf(Scene scene) {
        Tensor map = cue.of(scene);
        if (!map.hasShape(1, scene.rgb().size(1), scene.rgb().size(2)))
            throw new IllegalStateException("a cue of " + map + " for an image of " + scene.rgb());
        return map;
    }

    private LabelImage mask(TaggedImage image, ImageRecord record, Scene scene, Tensor background, int worker) {
        byte[] labels = tags.labels(record);
        byte[] mask = switch (settings.way()) {
            case PAPER -> PaperMask.of(parts.parted(image, record, scenes.maps().regions(record, rounds), worker), labels,
                    surelyBackground(background, record));
            case CRF -> SoftMask.labels(refined(scene, parts.parted(image, record, scene.maps(), worker), background), labels,
                    settings.sure());
        };
        return new LabelImage(record.width(), record.height(), mask);
    }

    /** With one thread, since images are worked on side by side. */
    private Tensor refined(Scene scene, Tensor maps, Tensor background) {
        return new DenseCrf(settings.crf()).refine(scene.rgb(),
                SoftMask.probabilities(scores(background), maps, settings.gamma()), 1);
    }

    private BitSet surelyBackground(Tensor background, ImageRecord record) {
        double cut = settings.cut().of(record.tags());
        BitSet surely = new BitSet(background.length());
        for (int i = 0; i < background.length(); i++)
            if (background.data()[i] < cut)
                surely.set(i);
        return surely;
    }

    private Tensor scores(Tensor background) {
        BackgroundScore score = settings.score();
        Tensor scores = Tensor.zeros(background.shape());
        for (int i = 0; i < scores.length(); i++)
            scores.data()[i] = (float) score.of(background.data()[i]);
        return scores;
    }

    private static Tensor reduced(Tensor map) {
        int longest = Math.max(map.size(1), map.size(2));
        if (longest <= LONGEST_CUE)
            return map;
        double scale = (double) LONGEST_CUE / longest;
        return AreaMeans.of(map, (int) Math.max(1, Math.rint(scale * map.size(1))),
                (int) Math.max(1, Math.rint(scale * map.size(2))));
    }
}
