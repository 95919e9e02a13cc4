package io.github.palimpsest.segmentation.masks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.github.palimpsest.dataset.TagCompany;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * Finds out from tags alone how to tell a tag from another one that it is within, such as face within body. No classifier can:
 * all images of the part show the whole, so both maps show both. But a deep network's features do, though nobody names them:
 * over all images that have both tags, the features of the cells that either map claims fall into {@linkplain TwoMeans two
 * groups}. Which of them is the part's is told by the images that have the whole alone, for these have no part in them; where
 * they have as much of either group, the groups are about something else, and features do not tell.
 */
public final class PartSearch {

    /** The part's group must be so many times as common where the part is as where it is not. */
    private static final double CLEARLY = 2;

    private static final int MOST_IMAGES = 200;
    private static final int MOST_CELLS = 100;

    private final RunRecord record;
    private final RunScenes scenes;
    private final List<TaggedImage> images;
    private final int rounds;

    /**
     * @param images of the run
     * @param merge the number of merged rounds whose maps are looked at; 0 for all
     */
    public PartSearch(RunFolder run, RunRecord record, List<TaggedImage> images, int merge) {
        this.record = record;
        this.scenes = new RunScenes(run, record);
        this.images = List.copyOf(images);
        this.rounds = scenes.maps().resolve(merge);
    }

    /** Whether the run has a tag within another one. */
    public static boolean isNeeded(RunRecord record) {
        return !pairs(record).isEmpty();
    }

    /** Every part and its whole, by number. */
    static List<int[]> pairs(RunRecord record) {
        int tags = record.tags().size();
        TagCompany company = new TagCompany(record.images().stream().map(image -> numbers(record, image)).toList(), tags);
        List<int[]> pairs = new ArrayList<>();
        for (int part = 0; part < tags; part++)
            for (int whole = 0; whole < tags; whole++)
                if (company.isWithin(part, whole))
                    pairs.add(new int[] {part, whole});
        return pairs;
    }

    /** A tag that the run does not have is reported where masks need its number. */
    private static List<Integer> numbers(RunRecord record, ImageRecord image) {
        return image.tags().stream().map(record.tags()::indexOf).filter(number -> number >= 0).toList();
    }

    /**
     * Looks at no more than 200 images of either kind for each pair.
     *
     * @param features deep ones, of a network that has seen many kinds of things; also asked for later, by {@link Parts}
     * @throws io.github.palimpsest.task.UserException if a file of the run cannot be read or does not fit
     */
    public Parts find(ImageFeatures features, WorkerPool pool, Progress progress) {
        List<int[]> pairs = pairs(record);
        List<PartOfWhole> found = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++)
            found.add(told(pairs.get(i)[0], pairs.get(i)[1], features, pool,
                    progress.part((double) i / pairs.size(), (i + 1.0) / pairs.size(), "")));
        return new Parts(record.tags(), found, features);
    }

    private PartOfWhole told(int part, int whole, ImageFeatures features, WorkerPool pool, Progress progress) {
        List<TaggedImage> withPart = some(image -> image.tags().contains(whole) && image.tags().contains(part));
        List<TaggedImage> withoutPart = some(image -> image.tags().contains(whole) && !image.tags().contains(part));
        Cells both = cells(withPart, List.of(part, whole), features, pool, progress.part(0, .5, ""));
        Cells alone = cells(withoutPart, List.of(whole), features, pool, progress.part(.5, 1, ""));
        TwoMeans groups = TwoMeans.of(both.samples, both.channels);
        if (groups == null || alone.samples.length == 0)
            return new PartOfWhole(part, whole, null, Double.NaN, Double.NaN);
        if (both.share(groups) < alone.share(groups))
            groups = groups.swapped();
        double share = both.share(groups);
        double shareAlone = alone.share(groups);
        return new PartOfWhole(part, whole, share >= CLEARLY * shareAlone ? groups : null, share, shareAlone);
    }

    private List<TaggedImage> some(Predicate<TaggedImage> which) {
        List<TaggedImage> all = images.stream().filter(which).toList();
        int n = Math.min(all.size(), MOST_IMAGES);
        return IntStream.range(0, n).mapToObj(i -> all.get((int) ((long) i * all.size() / n))).toList();
    }

    /** Features of cells, one after another. */
    private record Cells(float[] samples, int channels) {

        /** The second group's. */
        double share(TwoMeans groups) {
            int n = samples.length / channels;
            return (double) IntStream.range(0, n).filter(i -> groups.isSecond(samples, i * channels, 1)).count() / n;
        }
    }

    private Cells cells(List<TaggedImage> looked, List<Integer> tags, ImageFeatures features, WorkerPool pool, Progress progress) {
        List<float[]> samples = new ArrayList<>();
        int[] channels = {1};
        pool.inOrder(looked, (image, worker) -> features.of(image, worker), (seen, i) -> {
            channels[0] = seen.size(0);
            samples.add(core(looked.get(i), tags, seen));
        }, progress, "parts of wholes");
        float[] all = new float[samples.stream().mapToInt(image -> image.length).sum()];
        int filled = 0;
        for (float[] image : samples) {
            System.arraycopy(image, 0, all, filled, image.length);
            filled += image.length;
        }
        return new Cells(all, channels[0]);
    }

    /** Features of some cells, evenly picked, that are of the core of a tag's map. */
    private float[] core(TaggedImage image, List<Integer> tags, Tensor features) {
        ImageRecord known = scenes.record(image);
        Tensor maps = Resize.bilinear(scenes.maps().maps(known, rounds), features.size(1), features.size(2));
        int plane = features.size(1) * features.size(2);
        int[] core = IntStream.range(0, plane).filter(cell -> tags.stream().anyMatch(tag -> {
            int slice = known.tags().indexOf(record.tags().get(tag));
            return slice >= 0 && maps.data()[slice * plane + cell] >= PartOfWhole.CORE;
        })).toArray();
        int n = Math.min(core.length, MOST_CELLS);
        int channels = features.size(0);
        float[] samples = new float[n * channels];
        for (int i = 0; i < n; i++) {
            int cell = core[(int) ((long) i * core.length / n)];
            for (int c = 0; c < channels; c++)
                samples[i * channels + c] = features.data()[c * plane + cell];
        }
        return samples;
    }
}
