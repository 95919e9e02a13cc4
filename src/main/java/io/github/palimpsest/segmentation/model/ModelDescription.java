package io.github.palimpsest.segmentation.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.crf.CrfSettings;
import io.github.palimpsest.dataset.Normalization;
import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.network.SegmentationNetwork;
import io.github.palimpsest.segmentation.TagRule;
import io.github.palimpsest.store.OrMissing;
import io.github.palimpsest.task.Program;
import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.UserException;

/**
 * What {@code model.json} says of a model: everything that applying it needs beside the weights, and how it came to be.
 *
 * @param format of the model file; 1 is the first
 * @param program name and version of what wrote it
 * @param tags in the order of their labels, which count from 1; the background is label 0 and not listed
 * @param colours of all labels as {@code #rrggbb}, the background's first
 * @param backbone the trunk's architecture, by its name in settings
 * @param stride of the trunk, pixels per cell
 * @param head the head's architecture, by its name in settings
 * @param channels of the images that it looks at: 3, red, green, blue; grey is repeated
 * @param pixels how 0..255 becomes what the trunk expects, by name; each backbone has its own
 * @param normalization how images of more than 8 bits become 0..255
 * @param scale the factor of an image's height and width at which it is looked at, above 0
 * @param tagScale the factor at which it is looked at to find its tags; null where it is the same
 * @param mirrored whether the mirror image is looked at too and the mean is taken
 * @param tagThreshold the confidence above which a tag counts as present, 0..1
 * @param singleTag whether every training image had exactly one tag, so that the most confident one is taken instead
 * @param crf what refines the probabilities
 * @param trained how: settings, numbers of images and rounds, seed, engine, as texts by name
 */
public record ModelDescription(int format, String program, List<String> tags, List<String> colours, String backbone,
        int stride, String head, int channels, String pixels, Normalization normalization, double scale,
        @OrMissing Double tagScale, boolean mirrored, double tagThreshold, boolean singleTag, CrfSettings crf,
        Map<String, String> trained) {

    /** The format that this version writes. */
    public static final int FORMAT = 1;

    /** Labels take at most 16 bits, and 0 is the background. */
    public static final int MOST_TAGS = 0xffff;

    /** Only what depends on nothing else is settled here; whether it makes sense is checked where a file is opened. */
    public ModelDescription {
        tags = List.copyOf(tags);
        colours = List.copyOf(colours);
        // Not Map.copyOf: its order changes from one start of Java to the next, and so would the file.
        trained = Collections.unmodifiableMap(new LinkedHashMap<>(trained));
    }

    /**
     * The description of a network in this version's format.
     *
     * @param colours 0xRRGGBB of all labels, the background's first
     */
    public static ModelDescription of(SegmentationNetwork network, List<String> tags, List<Integer> colours,
            double scale, double tagScale, boolean mirrored, TagRule rule, CrfSettings crf, Map<String, String> trained) {
        Backbone backbone = network.trunk().backbone();
        return new ModelDescription(FORMAT, Program.NAME_AND_VERSION, tags,
                colours.stream().map(colour -> String.format("#%06x", colour)).toList(), backbone.terminalName(),
                network.trunk().stride(), SettingsText.name(network.head()), 3, backbone.pixelScaling(),
                Normalization.DEFAULT, scale, tagScale == scale ? null : tagScale, mirrored, rule.threshold(), rule.single(), crf, trained);
    }

    /**
     * The network that the weights are of.
     *
     * @throws UserException if this version knows no such architecture
     */
    public SegmentationNetwork network() {
        for (SegmentationNetwork.Head kind : SegmentationNetwork.Head.values())
            if (SettingsText.name(kind).equals(head))
                return new SegmentationNetwork(Backbone.named(backbone).trunk(stride), kind, tags.size());
        throw new UserException("There is no head named \"" + head + "\".");
    }

    /** How much smaller or larger than for its labels an image is looked at to find its tags. */
    public double tagZoom() {
        return tagScale == null ? 1 : tagScale / scale;
    }

    /** Which tags an image is taken to have. */
    public TagRule tagRule() {
        return new TagRule(singleTag, tagThreshold);
    }

    /** 0xRRGGBB of all labels, the background's first. */
    public List<Integer> rgb() {
        return colours.stream().map(colour -> Integer.parseInt(colour.substring(1), 16)).toList();
    }
}
