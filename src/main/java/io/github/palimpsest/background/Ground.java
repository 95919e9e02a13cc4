package io.github.palimpsest.background;

/** Which side of a grey-level threshold is the ground. Users write it in lower case. */
public enum Ground {

    /** Bright objects on a dark ground, as in fluorescence. */
    DARK,
    /** Dark objects on a bright ground, as in bright field. */
    BRIGHT,
    /** The side to which the classifiers respond less. */
    AUTO
}
