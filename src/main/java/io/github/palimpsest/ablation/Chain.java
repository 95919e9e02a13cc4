package io.github.palimpsest.ablation;

import java.nio.file.Path;

import io.github.palimpsest.task.Progress;

/** From tags to scores: erasing, training, segmenting, scoring. */
@FunctionalInterface
public interface Chain {

    /**
     * Runs the chain of a row, or goes on where it was stopped.
     *
     * @param row with its seed among both settings
     * @param folder of the row's own results; the folder around it is shared by all rows of a seed, and is the place
     *            for the one run of erasing
     * @return what it reached
     * @throws io.github.palimpsest.task.UserException if the user can mend what is wrong; the rows before it stay
     * @throws io.github.palimpsest.task.CancelledException if the user stops it
     */
    Scores run(Row row, Path folder, Progress progress);
}
