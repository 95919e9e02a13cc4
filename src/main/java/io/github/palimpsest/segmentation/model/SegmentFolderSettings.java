package io.github.palimpsest.segmentation.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.dataset.Selection;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.store.RealPath;
import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.UserException;

/**
 * How a folder is segmented.
 *
 * @param model the model's file
 * @param images the folder of images, with or without tags
 * @param selection which of them, and how their tags are given
 * @param output the folder to write to
 * @param tags where the images' tags come from
 * @param refine whether the CRF refines
 * @param probabilities whether they are written too
 * @param overlays whether pictures of the labels on the images are written too
 * @param limits of what is worked on at a time
 * @param engine device, threads and memory
 * @param recorded the settings that bear on the result, as texts, by which a half-done output is recognised
 */
public record SegmentFolderSettings(Path model, Path images, Selection selection, Path output, Tags tags,
        boolean refine, boolean probabilities, boolean overlays, Limits limits, EngineSettings engine,
        Map<String, String> recorded) {

    /** Where the images' tags come from. */
    public enum Tags {
        /** The model finds them. */
        PREDICTED,
        /** They are those that the folder gives. */
        GIVEN
    }

    private static final Map<String, String> DEFAULTS = ApplySettings.defaultsAnd(Map.of("format", Selection.AUTO,
            "tags", "predicted", "probabilities", "off", "overlays", "off"));

    private static final List<String> RECORDED = List.of("split", "format", "tags", "refine", "probabilities",
            "overlays", "tile");

    /**
     * Reads settings given as texts by name; those that are missing or empty have their defaults.
     *
     * @throws UserException for the first one that is wrong, naming it and what it may be
     */
    public static SegmentFolderSettings parse(Map<String, String> given) {
        SettingsText text = new SettingsText(DEFAULTS, given);
        ApplySettings applying = ApplySettings.parse(text);
        Path images = text.path("images", "the folder of images");
        Path output = text.path("output", "the folder to write the label images to");
        if (output.startsWith(images) || RealPath.of(output).startsWith(RealPath.of(images)))
            throw new UserException("The output " + output
                    + " lies in the images' folder, where nothing is ever written. Choose another output.");
        Selection selection = new Selection(text.text("format"), text.text("split"));
        Tags tags = text.choice("tags", Tags.class);
        boolean probabilities = ApplySettings.isOn(text, "probabilities");
        boolean overlays = ApplySettings.isOn(text, "overlays");
        Map<String, String> recorded = new LinkedHashMap<>();
        RECORDED.forEach(key -> recorded.put(key, text.text(key)));
        return new SegmentFolderSettings(applying.model(), images, selection, output, tags, applying.refine(),
                probabilities, overlays, applying.limits(), applying.engine(), recorded);
    }
}
