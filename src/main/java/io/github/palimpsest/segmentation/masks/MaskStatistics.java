package io.github.palimpsest.segmentation.masks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.RunRecord.ImageRecord;

/**
 * What the training masks of a run say and what they leave open, in pixels.
 *
 * @param images all of them
 * @param pixels of all images
 * @param background labelled as background
 * @param unlabelled about which nothing is said, conflicts included
 * @param conflicts mined for more than one tag; 0 where masks are not made of mined pixels
 * @param tags in the run's order
 */
public record MaskStatistics(int images, long pixels, long background, long unlabelled, long conflicts,
        List<TagShare> tags) {

    private static final double ALMOST_NOTHING = .005;
    private static final double NEARLY_EVERYTHING = .9;

    public MaskStatistics {
        tags = List.copyOf(tags);
    }

    /**
     * What one tag got.
     *
     * @param tag its name
     * @param images that have the tag
     * @param labelledImages those of them in which at least one pixel is labelled so
     * @param imagePixels pixels of the images that have the tag
     * @param pixels labelled so
     * @param conflicts mined for this tag and another
     */
    public record TagShare(String tag, int images, int labelledImages, long imagePixels, long pixels, long conflicts) {

        /** Of the pixels of its images, 0..1; 0 without images. */
        public double share() {
            return imagePixels == 0 ? 0 : (double) pixels / imagePixels;
        }
    }

    /** The share of pixels about which nothing is said, 0..1. */
    public double unlabelledShare() {
        return pixels == 0 ? 0 : (double) unlabelled / pixels;
    }

    /** What is likely to go wrong with such masks, each a sentence with a remedy; none if nothing is. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (background == 0)
            warnings.add("No pixel of any training mask is background, so the network cannot learn what background is. "
                    + "Look at the cues in the report, and give another background, or a higher cue_cut.");
        for (TagShare tag : tags) {
            if (tag.images() == 0)
                continue;
            if (tag.share() < ALMOST_NOTHING)
                warnings.add("The training masks label only " + percent(tag.share()) + " of the images tagged \""
                        + tag.tag() + "\" so (in " + tag.labelledImages() + " of " + tag.images()
                        + " images): the network will hardly learn this tag. Look at its maps in the report; a lower "
                        + "background_score or more rounds give it more.");
            else if (tag.share() > NEARLY_EVERYTHING)
                warnings.add("The training masks label " + percent(tag.share()) + " of the images tagged \"" + tag.tag()
                        + "\" so, which leaves no background in them. If the objects do not fill their images, give a "
                        + "higher background_score or fewer rounds.");
        }
        return warnings;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** Counts masks, one after another. */
    static final class Count {

        private final List<String> tags;
        private final int[] images;
        private final int[] labelledImages;
        private final long[] imagePixels;
        private final long[] labelled;
        private final long[] tagConflicts;
        private int all;
        private long pixels;
        private long background;
        private long unlabelled;
        private long conflicts;

        /** @param tags of the run, in order */
        Count(List<String> tags) {
            this.tags = tags;
            images = new int[tags.size()];
            labelledImages = new int[tags.size()];
            imagePixels = new long[tags.size()];
            labelled = new long[tags.size()];
            tagConflicts = new long[tags.size()];
        }

        /** @param regions mined in the image; null where the mask was not made of them */
        void add(ImageRecord image, LabelImage mask, LabelStack regions) {
            long[] histogram = new long[256];
            for (byte label : mask.labels())
                histogram[label & 0xff]++;
            all++;
            pixels += mask.labels().length;
            background += histogram[0];
            unlabelled += histogram[LabelImage.UNLABELLED];
            for (int t = 0; t < tags.size(); t++) {
                labelled[t] += histogram[t + 1];
                if (!image.tags().contains(tags.get(t)))
                    continue;
                images[t]++;
                imagePixels[t] += mask.labels().length;
                if (histogram[t + 1] > 0)
                    labelledImages[t]++;
            }
            if (regions != null)
                addConflicts(regions);
        }

        private void addConflicts(LabelStack regions) {
            for (int i = 0; i < regions.width() * regions.height(); i++) {
                int mined = 0;
                for (byte[] slice : regions.slices())
                    if (slice[i] != 0)
                        mined++;
                if (mined < 2)
                    continue;
                conflicts++;
                for (int k = 0; k < regions.labels().size(); k++)
                    if (regions.slices().get(k)[i] != 0)
                        tagConflicts[tags.indexOf(regions.labels().get(k))]++;
            }
        }

        MaskStatistics statistics() {
            List<TagShare> shares = new ArrayList<>();
            for (int t = 0; t < tags.size(); t++)
                shares.add(new TagShare(tags.get(t), images[t], labelledImages[t], imagePixels[t], labelled[t],
                        tagConflicts[t]));
            return new MaskStatistics(all, pixels, background, unlabelled, conflicts, shares);
        }
    }
}
