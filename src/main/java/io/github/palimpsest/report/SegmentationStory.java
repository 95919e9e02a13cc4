package io.github.palimpsest.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the report tells of a segmentation beside what lies in the run folder. Shares and criteria are 0..1; what is not
 * known is null and shown as missing.
 *
 * @param tags of the run, in order
 * @param colours 0xRRGGBB of the labels, the background's first
 * @param decisions sentences on what was chosen and why, such as that of PSL
 * @param masks what the training masks say; null before they are made
 * @param trials what was tried for the background; empty where nothing was to be chosen
 * @param plain what thresholding alone gives, to be compared with
 * @param passes of the training, finished ones only, in order
 * @param warnings sentences
 */
public record SegmentationStory(List<String> tags, List<Integer> colours, List<String> decisions, Masks masks,
        List<CueTrial> trials, List<PlainThreshold> plain, List<Pass> passes, List<String> warnings) {

    public SegmentationStory {
        tags = List.copyOf(tags);
        colours = List.copyOf(colours);
        decisions = List.copyOf(decisions);
        trials = List.copyOf(trials);
        plain = List.copyOf(plain);
        passes = List.copyOf(passes);
        warnings = List.copyOf(warnings);
    }

    /**
     * The training masks of all images, in pixels.
     *
     * @param pixels of all images
     * @param background labelled as background
     * @param unlabelled about which nothing is said, conflicts included
     * @param conflicts mined for more than one tag
     * @param tags in the run's order
     */
    public record Masks(long pixels, long background, long unlabelled, long conflicts, List<TagMask> tags) {
        public Masks {
            tags = List.copyOf(tags);
        }
    }

    /**
     * What one tag got of the training masks.
     *
     * @param images that have the tag
     * @param labelledImages those of them in which at least one pixel is labelled so
     * @param imagePixels of the images that have the tag
     * @param pixels labelled so
     * @param unlabelled pixels of the images that have the tag; null where it was not counted
     * @param conflicts mined for this tag and another
     */
    public record TagMask(String tag, int images, int labelledImages, long imagePixels, long pixels, Long unlabelled,
            long conflicts) {}

    /**
     * One way to make the masks that was tried.
     *
     * @param cue for the background, such as {@code rbd}
     * @param constant a of the background's score {@code a + w·(1 − 2·cue)}; null where the cue has none
     * @param contrast w of it
     * @param rounds merged
     * @param criterion from tags alone, higher is better
     * @param chosen whether the masks were made so
     */
    public record CueTrial(String cue, Double constant, Double contrast, int rounds, Double criterion,
            boolean chosen) {}

    /**
     * What a user would try first, without any network.
     *
     * @param method such as {@code otsu}
     * @param criterion the same as of the trials
     * @param foreground share of the tagged images' pixels that it takes for objects
     */
    public record PlainThreshold(String method, Double criterion, Double foreground) {}

    /**
     * A pass of the training.
     *
     * @param pass its number, from 0; those from 1 are PSL++
     * @param loss of the last epoch
     * @param changed share of the pixels whose label it changed against the masks that it learnt from
     * @param changedByTag the same for the pixels of each tag
     */
    public record Pass(int pass, Double loss, Double changed, Map<String, Double> changedByTag) {
        public Pass {
            changedByTag = Collections.unmodifiableMap(new LinkedHashMap<>(changedByTag));
        }
    }
}
