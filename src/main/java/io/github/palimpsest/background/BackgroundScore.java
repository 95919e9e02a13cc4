package io.github.palimpsest.background;

import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.UserException;

/**
 * The score of the background beside the maps of tags, which are 0..1: {@code a + w · (1 − 2·cue)}, so {@code a + w}
 * where the cue is sure of background and {@code a − w} where it sees foreground.
 *
 * @param a the score where the cue says nothing (.5)
 * @param w how much the cue moves it, at least 0
 */
public record BackgroundScore(double a, double w) {

    /** @throws UserException for numbers that are not finite, or a negative w */
    public BackgroundScore {
        if (!Double.isFinite(a) || !Double.isFinite(w) || w < 0)
            throw new UserException("The background score " + a + " + " + w
                    + " · (1 − 2·cue) makes no sense: give two numbers, the second at least 0.");
    }

    /** The score for a cue's value, 0..1. */
    public double of(double cue) {
        return a + w * (1 - 2 * cue);
    }

    @Override
    public String toString() {
        return SettingsText.plain(a) + " + " + SettingsText.plain(w) + " · (1 − 2·cue)";
    }
}
