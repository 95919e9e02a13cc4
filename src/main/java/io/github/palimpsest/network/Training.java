package io.github.palimpsest.network;

/** How much of a network with a pretrained trunk learns. */
public enum Training {
    /** The head alone, on features that are computed once. */
    HEAD,
    /** The head and the trunk's last blocks, on features from below these. */
    LAST,
    /** Everything, from the pixels on. */
    FULL
}
