package io.github.palimpsest.evaluation;

import io.github.palimpsest.task.Progress;
import java.nio.file.Path;

/** Scores the maps and regions of a run, round by round. */
public final class RegionEvaluation {

    private RegionEvaluation() {}

    /** Writes {@code scores.json} into the run folder and tells the user the table. */
    public static void evaluate(Path run, Path masks, Progress progress) {
        throw new IllegalStateException("being built");
    }
}
