package io.github.palimpsest.segmentation.model;

import java.util.HashSet;
import java.util.Set;

import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.task.UserException;

/**
 * Whether what {@code model.json} says can be true of a model; the CRF's constants and percentiles check themselves.
 */
final class DescriptionCheck {

    private static final double LARGEST_SCALE = 64;
    private static final int LONGEST_TAG = 1000;

    private final String source;
    private final ModelDescription model;

    private DescriptionCheck(String source, ModelDescription model) {
        this.source = source;
        this.model = model;
    }

    /**
     * Checks everything but the weights.
     *
     * @param source the model's file, for the sentence
     * @throws UserException for the first thing that is wrong
     */
    static void require(String source, ModelDescription model) {
        DescriptionCheck check = new DescriptionCheck(source, model);
        check.tags();
        check.colours();
        check.architecture();
        check.applying();
    }

    private void tags() {
        if (model.tags().isEmpty())
            throw bad("names no tags");
        if (model.tags().size() > ModelDescription.MOST_TAGS)
            throw bad("names " + model.tags().size() + " tags, more than the " + ModelDescription.MOST_TAGS
                    + " that labels can tell apart");
        Set<String> seen = new HashSet<>();
        for (String tag : model.tags()) {
            if (tag.isBlank() || tag.length() > LONGEST_TAG)
                throw bad("names a tag that is empty or longer than " + LONGEST_TAG + " letters");
            if (!seen.add(tag))
                throw bad("names the tag " + tag + " twice");
        }
    }

    private void colours() {
        if (model.colours().size() != model.tags().size() + 1)
            throw bad("has " + model.colours().size() + " colours for the background and " + model.tags().size()
                    + " tags");
        for (String colour : model.colours())
            if (!colour.matches("#[0-9a-fA-F]{6}"))
                throw bad("has a colour that is not of the form #rrggbb");
    }

    private void architecture() {
        try {
            model.network();
        } catch (UserException e) {
            throw new UserException(source
                    + " is a model of an architecture that this version of Palimpsest does not know. "
                    + e.getMessage(), e);
        }
        if (model.channels() != 3)
            throw bad("wants images of " + model.channels() + " channels, where there are 3 only");
        String expected = Backbone.named(model.backbone()).pixelScaling();
        if (!model.pixels().equals(expected))
            throw bad("prepares pixels in a way (" + model.pixels() + ") that is not that of " + model.backbone() + " ("
                    + expected + ")");
    }

    private void applying() {
        if (!(model.scale() > 0 && model.scale() <= LARGEST_SCALE))
            throw bad("looks at images at the scale " + model.scale() + ", which is not above 0 and up to "
                    + LARGEST_SCALE);
        Double tagScale = model.tagScale();
        if (tagScale != null && !(tagScale > 0 && tagScale <= LARGEST_SCALE))
            throw bad("looks for tags at the scale " + tagScale + ", which is not above 0 and up to " + LARGEST_SCALE);
        if (!(model.tagThreshold() >= 0 && model.tagThreshold() <= 1))
            throw bad("has a tag threshold of " + model.tagThreshold() + ", which is not from 0 to 1");
    }

    private UserException bad(String predicate) {
        return ModelFile.bad(source, predicate);
    }
}
