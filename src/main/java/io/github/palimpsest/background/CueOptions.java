package io.github.palimpsest.background;

import java.nio.file.Path;

import io.github.palimpsest.task.UserException;

/**
 * What some kinds of cues need to be told; the other kinds pass over it.
 *
 * @param ground which side of a threshold is the ground
 * @param folder of the maps that the user brings; null for none
 * @param window how far the local threshold looks around a pixel, in pixels to each side, at least 1; or 0 for an
 * eighth of the picture's longer side
 */
public record CueOptions(Ground ground, Path folder, int window) {

    /** The ground is found out, the window suits the picture, and there is no folder. */
    public static final CueOptions DEFAULT = new CueOptions(Ground.AUTO, null, 0);

    /** @throws UserException for a negative window */
    public CueOptions {
        if (window < 0)
            throw new UserException("The window of the local threshold is " + window
                    + ", but must be 1 pixel or more, or 0 for one that suits the picture.");
    }

    /** The same with another ground. */
    public CueOptions withGround(Ground other) {
        return new CueOptions(other, folder, window);
    }

    /** The same with another folder. */
    public CueOptions withFolder(Path other) {
        return new CueOptions(ground, other, window);
    }

    /** The same with another window. */
    public CueOptions withWindow(int other) {
        return new CueOptions(ground, folder, other);
    }
}
