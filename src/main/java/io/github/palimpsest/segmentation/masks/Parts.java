package io.github.palimpsest.segmentation.masks;

import java.util.List;

import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * The run's tags of which one is within another, and how maps that show both are parted. Found by {@link PartSearch}. Safe for
 * several threads.
 */
public final class Parts {

    private final List<String> tags;
    private final List<PartOfWhole> pairs;
    private final ImageFeatures features;

    Parts(List<String> tags, List<PartOfWhole> pairs, ImageFeatures features) {
        this.tags = tags;
        this.pairs = List.copyOf(pairs);
        this.features = features;
    }

    /** Nothing is parted. */
    public static Parts none() {
        return new Parts(List.of(), List.of(), (image, worker) -> null);
    }

    /** What was found of each pair, for the user. */
    public List<String> sentences() {
        return pairs.stream().map(pair -> pair.sentence(tags.get(pair.part()), tags.get(pair.whole()))).toList();
    }

    /**
     * An image's maps, parted.
     *
     * @param maps {@code T×h×w} in the order of the record's tags, 0..1; null for an image without tags
     * @param worker whose turn it is with the features
     * @return the maps themselves where the image has no tag within another one of its tags; else parted ones, at the features'
     *         resolution if that is finer
     */
    Tensor parted(TaggedImage image, ImageRecord record, Tensor maps, int worker) {
        List<PartOfWhole> here = in(record);
        if (here.isEmpty())
            return maps;
        Tensor seen = seen(here, image, worker);
        Tensor parted = seen == null ? maps.copy()
                : Resize.bilinear(maps, Math.max(maps.size(1), seen.size(1)), Math.max(maps.size(2), seen.size(2)));
        for (PartOfWhole pair : here)
            pair.part(seen, parted, slice(record, pair.part()), slice(record, pair.whole()));
        return parted;
    }

    /**
     * What was mined in an image, parted; where features do not tell, two tags may still have the same pixel.
     *
     * @param regions with a slice for each of the record's tags, in their order
     * @param worker whose turn it is with the features
     */
    LabelStack parted(TaggedImage image, ImageRecord record, LabelStack regions, int worker) {
        List<PartOfWhole> here = in(record).stream().filter(PartOfWhole::isTold).toList();
        if (here.isEmpty())
            return regions;
        Tensor seen = seen(here, image, worker);
        LabelStack parted = new LabelStack(regions.labels(), regions.width(), regions.height(),
                regions.slices().stream().map(byte[]::clone).toList());
        for (PartOfWhole pair : here)
            pair.part(seen, parted, slice(record, pair.part()), slice(record, pair.whole()));
        return parted;
    }

    private List<PartOfWhole> in(ImageRecord record) {
        return pairs.stream().filter(pair -> slice(record, pair.part()) >= 0 && slice(record, pair.whole()) >= 0).toList();
    }

    private int slice(ImageRecord record, int tag) {
        return record.tags().indexOf(tags.get(tag));
    }

    /** Null where no pair asks for features. */
    private Tensor seen(List<PartOfWhole> here, TaggedImage image, int worker) {
        return here.stream().anyMatch(PartOfWhole::isTold) ? features.of(image, worker) : null;
    }
}
