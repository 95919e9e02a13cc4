package io.github.palimpsest.segmentation;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.network.View;
import io.github.palimpsest.segmentation.masks.ChosenMasks;
import io.github.palimpsest.segmentation.masks.MaskChoice;
import io.github.palimpsest.segmentation.masks.MaskSettings;
import io.github.palimpsest.segmentation.masks.MaskStatistics;
import io.github.palimpsest.segmentation.masks.PartSearch;
import io.github.palimpsest.segmentation.masks.Parts;
import io.github.palimpsest.segmentation.masks.TrainingMasks;
import io.github.palimpsest.segmentation.masks.TriedMasks;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Tensor;

/** Chooses how the training masks of a run are made, and makes them. */
final class MaskMaking {

    private final SegmentationContext context;
    private final TrunkFeatures features;
    private final List<TaggedImage> images;
    private final Map<String, Integer> numbers;

    MaskMaking(SegmentationContext context, TrunkFeatures features) {
        this.context = context;
        this.features = features;
        this.images = IntStream.range(0, context.images().size()).mapToObj(i -> new TaggedImage(context.images().name(i),
                context.images().file(i), context.images().tags(i))).toList();
        this.numbers = IntStream.range(0, images.size()).boxed().collect(Collectors.toMap(i -> images.get(i).name(), i -> i));
    }

    /** Tries what the settings leave open. */
    TriedMasks choose(Progress progress) {
        MaskSettings settings = context.settings().masks();
        if (settings.isComplete() && settings.merge() > 0) {
            ChosenMasks given = new ChosenMasks(settings.way(), settings.kind(), settings.options().ground(), score(settings.a()),
                    score(settings.w()), settings.merge(), Double.NaN, Double.NaN);
            return new TriedMasks(given, List.of(), 0,
                    choice(settings).plain(images, this::middle, context.pool(), progress));
        }
        return choice(settings).choose(images, List.of(context.images().rounds()), this::middle, context.pool(), progress);
    }

    private MaskChoice choice(MaskSettings settings) {
        return new MaskChoice(context.run(), context.images().record(), settings, context.settings().seed());
    }

    private Tensor middle(TaggedImage image, int worker) {
        return seen(context.trunk().trunk().taps().middle(), image, worker);
    }

    /** Deeper than the middle: where features know things rather than textures. */
    private Tensor deep(TaggedImage image, int worker) {
        return seen(context.trunk().trunk().taps().lastBlocks(), image, worker);
    }

    private Tensor seen(String node, TaggedImage image, int worker) {
        View view = new View(context.scale(), false);
        return features.of(numbers.get(image.name()), view, List.of(node), worker).get(node);
    }

    private static double score(Double given) {
        return given == null ? Double.NaN : given;
    }

    /** Finds what tells a tag from one that it is within. */
    Parts parts(ChosenMasks chosen, Progress progress) {
        if (!context.settings().masks().parted())
            return Parts.none();
        return new PartSearch(context.run(), context.images().record(), images, chosen.rounds())
                .find(this::deep, context.pool(), progress);
    }

    /** Whether all masks are there. */
    boolean areMade() {
        return images.stream().allMatch(image -> Files.exists(context.result().mask(image.name())));
    }

    /** Makes the masks that are missing, and counts what all of them say. */
    MaskStatistics make(ChosenMasks chosen, Parts parts, Progress progress) {
        MaskSettings settings = context.settings().masks().with(chosen);
        return new TrainingMasks(context.run(), context.images().record(), context.result(), settings, parts)
                .write(images, context.pool(), progress);
    }
}
