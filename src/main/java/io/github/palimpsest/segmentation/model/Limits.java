package io.github.palimpsest.segmentation.model;

/**
 * How much of an image is worked on at a time, so that memory does not grow with it. Larger images are cut into
 * overlapping tiles.
 *
 * @param networkPixels the most that the network looks at, in pixels at its own scale
 * @param crfPixels the most that the CRF refines at a time, in pixels of the image; what is farther apart than a tile
 *             does not influence each other
 */
public record Limits(long networkPixels, long crfPixels) {

    /** Tiles of about 1200×1200 and 2000×2000 pixels; the CRF takes some hundred bytes for each pixel. */
    public static final Limits DEFAULT = new Limits(1_500_000, 4_000_000);

    /** @throws IllegalArgumentException if one is not positive */
    public Limits {
        if (networkPixels < 1 || crfPixels < 1)
            throw new IllegalArgumentException("nothing fits into " + networkPixels + " and " + crfPixels + " pixels");
    }
}
