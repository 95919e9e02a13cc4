package io.github.palimpsest.view;

/** What a run knows of an image, from the bottom of the pile to its top. */
public enum Layer {

    /** The image itself. */
    ORIGINAL("Image"),
    /** The image as a round leaves it to the next. */
    ERASED("Erased image"),
    /** What stands out from the background, 0..1. */
    BACKGROUND("Background cue"),
    /** Where a round's classifier looks for a tag. */
    CAM("Activation map"),
    /** The maximum over the rounds so far, each divided by its own maximum. */
    ACCUMULATED("Accumulated map"),
    /** What was mined for a tag, by the round that did. */
    REGIONS("Mined regions"),
    /** What the segmentation learnt from. */
    MASK("Training mask"),
    /** What the segmentation's last pass says. */
    PREDICTION("Prediction"),
    /** What is really there, from a folder of masks. */
    TRUTH("True mask");

    private final String title;

    Layer(String title) {
        this.title = title;
    }

    /** The name that people see. */
    public String title() {
        return title;
    }

    /** Whether there is one for each tag. */
    public boolean isOfATag() {
        return this == CAM || this == ACCUMULATED || this == REGIONS;
    }

    /** Whether there is one for each round. */
    public boolean isOfARound() {
        return this == ERASED || this == CAM || this == ACCUMULATED;
    }
}
