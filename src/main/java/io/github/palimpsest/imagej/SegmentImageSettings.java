package io.github.palimpsest.imagej;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.github.palimpsest.segmentation.model.ApplySettings;
import io.github.palimpsest.task.SettingsText;

/**
 * How an open image is segmented.
 *
 * @param applying how the model is applied
 * @param tags {@code predicted}, or the tags that the image is known to show
 * @param probabilities whether the labels' probabilities are given too
 * @param overlays whether pictures of the labels on the image are given too
 * @param rois whether each tag's region is given too
 * @param measurements whether areas and grey values are given too
 * @param output the folder that all of it is written to; none for no files
 */
public record SegmentImageSettings(ApplySettings applying, String tags, boolean probabilities, boolean overlays,
        boolean rois, boolean measurements, Optional<Path> output) {

    static final String PREDICTED = "predicted";

    private static final Map<String, String> DEFAULTS = ApplySettings.defaultsAnd(Map.of("tags", PREDICTED,
            "probabilities", "off", "overlays", "off", "rois", "on", "measurements", "on"));

    /**
     * Reads settings given as texts by name; those that are missing or empty have their defaults.
     *
     * @throws io.github.palimpsest.task.UserException for the first one that is wrong, naming it and what it may be
     */
    public static SegmentImageSettings parse(Map<String, String> given) {
        SettingsText text = new SettingsText(DEFAULTS, given);
        return new SegmentImageSettings(ApplySettings.parse(text), text.text("tags"),
                ApplySettings.isOn(text, "probabilities"), ApplySettings.isOn(text, "overlays"),
                ApplySettings.isOn(text, "rois"), ApplySettings.isOn(text, "measurements"),
                text.has("output") ? Optional.of(text.path("output", "the folder to write to")) : Optional.empty());
    }

    /**
     * The tags that the image is known to show; none if the model finds them.
     *
     * @param known the model's tags: any of them may have in its name what otherwise separates tags
     */
    Optional<Set<String>> givenTags(List<String> known) {
        if (tags.equals(PREDICTED))
            return Optional.empty();
        Set<String> given = new TreeSet<>();
        for (String part : known.contains(tags) ? new String[] {tags} : tags.split("[;|]"))
            for (String tag : known.contains(part.strip()) ? new String[] {part} : part.split(","))
                if (!tag.isBlank())
                    given.add(tag.strip());
        return Optional.of(given);
    }
}
