package io.github.palimpsest.command;

import java.nio.file.Path;
import java.util.function.Function;

import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.report.ErasingReport;
import io.github.palimpsest.report.RoundsFigure;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/** The page about a run and the figure of its rounds, written anew after everything that changes what they tell. */
final class RunReport {

    private RunReport() {}

    /** Writes both and ends what is told to the user with its path. */
    static void write(RunFolder run, Progress progress) {
        write(run, Path.of(Json.read(run.record(), RunRecord.class).folder()), progress);
    }

    /** The same, with the folder that the run's images are in now. */
    static void write(RunFolder run, Path images, Progress progress) {
        Function<String, Tensor> pixels = name -> ImageReader.read(images.resolve(name));
        ErasingReport.write(run, pixels, ErasingReport.DEFAULT_EXAMPLES);
        try {
            RoundsFigure.write(run, pixels);
        } catch (UserException e) {
            // The run is done and the page tells all: no reason to fail.
            progress.warn(e.getMessage());
        }
        progress.say("Report: " + run.report());
    }
}
