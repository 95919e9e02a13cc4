package io.github.palimpsest.background;

/** The kinds of background cues. Users write them in lower case. */
public enum CueKind {

    /** Robust background detection: what is well connected to the picture's border is background. */
    RBD,
    /** One grey-level threshold for the picture, by Otsu's method. */
    OTSU,
    /** One grey-level threshold for the picture, by Li's minimum cross entropy. */
    LI,
    /** One grey-level threshold for the picture, by Zack's triangle: for few and small objects. */
    TRIANGLE,
    /** A grey-level threshold that follows the illumination. */
    LOCAL,
    /** Where the classifiers answer to none of the picture's tags. */
    LOW_RESPONSE,
    /** Maps that the user brings, from any saliency program. */
    FOLDER,
    /** Nothing is claimed of any pixel. */
    NONE
}
