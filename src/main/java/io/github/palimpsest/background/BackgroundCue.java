package io.github.palimpsest.background;

import java.util.Collection;

import io.github.palimpsest.tensor.Tensor;

/**
 * Something that tells the ground of a picture from what is on it. Cues are safe for several threads and give the same
 * for the same scene, whichever came before.
 */
@FunctionalInterface
public interface BackgroundCue {

    /**
     * Looks at one picture.
     *
     * @return {@code 1×H×W} of the picture's size, 0 = surely background … 1 = foreground
     */
    Tensor of(Scene scene);

    /**
     * Checks before work starts that the cue has what it needs for these images.
     *
     * @param names of images as in {@link Scene#name}
     * @throws io.github.palimpsest.task.UserException naming the file that is missing or of no use
     */
    default void requireAll(Collection<String> names) {}

    /**
     * This cue after a look at a whole set of pictures, where what it leaves open is the same for all of them: which
     * side of a threshold is the ground. Other cues stay as they are and do not look.
     *
     * @param scenes gone through at most once, in order
     */
    default BackgroundCue settled(Iterable<Scene> scenes) {
        return this;
    }
}
