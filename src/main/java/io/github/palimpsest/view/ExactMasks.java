package io.github.palimpsest.view;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.github.palimpsest.evaluation.masks.MaskFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.UserException;

/**
 * The exact masks of a run's images.
 *
 * @param folder of masks
 * @param matches which mask belongs to which image
 */
record ExactMasks(MaskFolder folder, MaskFolder.Matches matches) {

    /** @throws UserException if there are no masks in the folder, or none of them belongs to an image of the run */
    static ExactMasks open(Path folder, RunRecord record) {
        MaskFolder masks = MaskFolder.open(folder, record.tags());
        List<String> names = record.images().stream().map(ImageRecord::name).toList();
        return new ExactMasks(masks, masks.match(names));
    }

    boolean has(String image) {
        return matches.masks().containsKey(image);
    }

    byte[] read(ImageRecord image) {
        return folder.read(matches.masks().get(image.name()), image.width(), image.height());
    }

    /** @throws UserException if there are no masks, or not of this image */
    static void require(Optional<ExactMasks> masks, String image) {
        if (masks.isEmpty())
            throw new UserException("There are no exact masks. Give masks= a folder of them.");
        if (!masks.get().has(image))
            throw new UserException("There is no exact mask of " + image + " in the folder of masks.");
    }
}
