package io.github.palimpsest.segmentation;

import java.nio.file.Path;
import java.util.function.IntFunction;

import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.UserException;

/**
 * A mask for each image of a run, in files that a pass learns from or has predicted.
 *
 * @param files by the image's number
 */
record ImageMasks(RunImages images, IntFunction<Path> files) {

    /** Where an image's mask is. */
    Path file(int image) {
        return files.apply(image);
    }

    /**
     * Reads an image's mask.
     *
     * @throws UserException if it is absent, damaged, of another size than its image, or has labels that no tag has
     */
    LabelImage of(int image) {
        LabelImage mask = LabelImage.read(file(image));
        ImageRecord record = images.record().images().get(image);
        if (mask.width() != record.width() || mask.height() != record.height())
            throw new UserException(file(image) + " is " + mask.width() + "×" + mask.height() + " pixels, but its image is "
                    + record.width() + "×" + record.height() + ". Delete it and run the same command again.");
        int tags = images.record().tags().size();
        for (byte label : mask.labels())
            if ((label & 0xff) > tags && (label & 0xff) != LabelImage.UNLABELLED)
                throw new UserException(file(image) + " has the label " + (label & 0xff) + ", but there are only " + tags
                        + (tags == 1 ? " tag" : " tags") + ". Delete it and run the same command again.");
        return mask;
    }
}
