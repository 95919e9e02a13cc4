package io.github.palimpsest.segmentation.masks;

import java.util.List;

import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.UserException;

/** The labels that a run's tags have in masks: their places among the run's tags, from 1. */
record RunTags(RunFolder run, List<String> names) {

    /** @throws UserException if there are more tags than an 8-bit mask has labels */
    static RunTags of(RunFolder run, RunRecord record) {
        if (record.tags().size() >= LabelImage.UNLABELLED)
            throw new UserException("The run in " + run.root() + " has " + record.tags().size()
                    + " tags, but training masks have room for " + (LabelImage.UNLABELLED - 1)
                    + ". Leave out tags, or join some, and begin anew with train-ae.");
        return new RunTags(run, record.tags());
    }

    /** The labels of an image's tags, in their order. */
    byte[] labels(ImageRecord image) {
        byte[] labels = new byte[image.tags().size()];
        for (int k = 0; k < labels.length; k++) {
            int index = names.indexOf(image.tags().get(k));
            if (index < 0)
                throw new UserException(run.record() + " gives the image " + image.name() + " the tag \""
                        + image.tags().get(k) + "\", which is none of the run's. Restore that file, or begin anew with "
                        + "train-ae in another output.");
            labels[k] = (byte) (index + 1);
        }
        return labels;
    }
}
