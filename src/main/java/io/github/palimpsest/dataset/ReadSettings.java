package io.github.palimpsest.dataset;

import io.github.palimpsest.task.UserException;

/**
 * How images are read.
 *
 * @param normalization of images of more than 8 bits
 * @param maxPixels the most pixels that an image may have; larger ones are refused before memory is taken for them
 */
public record ReadSettings(Normalization normalization, long maxPixels) {

    /** The default normalization and at most 2²⁸ pixels, which take 3 GB as a tensor. */
    public static final ReadSettings DEFAULT = new ReadSettings(Normalization.DEFAULT, 1L << 28);

    /** @throws UserException if the limit is not positive, or more than a tensor can hold */
    public ReadSettings {
        if (maxPixels < 1 || maxPixels > Integer.MAX_VALUE / 3 - 8)
            throw new UserException("The largest number of pixels must be from 1 to " + (Integer.MAX_VALUE / 3 - 8)
                    + ", but is "
                    + maxPixels + ".");
    }
}
