package io.github.palimpsest.command;

import java.nio.file.Path;
import java.util.function.Function;

import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.report.RoundsFigure;
import io.github.palimpsest.report.RunPage;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/** The page about a run and the figure of its rounds, written anew after everything that changes what they tell. */
final class RunReport {

    private RunReport() {}

    /**
     * Writes both and ends what is told to the user with the page's path.
     *
     * @param folder of a run, or of a segmentation beside its run, which gets the page only
     */
    static void write(RunFolder folder, Progress progress) {
        write(folder, Path.of(Json.read(RunPage.runOf(folder).record(), RunRecord.class).folder()), progress);
    }

    /** The same, with the folder that the run's images are in now. */
    static void write(RunFolder folder, Path images, Progress progress) {
        RunFolder run = RunPage.runOf(folder);
        Function<String, Tensor> pixels = name -> ImageReader.read(images.resolve(name));
        RunPage.write(folder, pixels, RunPage.DEFAULT_EXAMPLES);
        if (run.equals(folder))
            try {
                RoundsFigure.write(run, pixels);
            } catch (UserException e) {
                // The run is done and the page tells all: no reason to fail.
                progress.warn(e.getMessage());
            }
        progress.say("Report: " + folder.report());
    }
}
