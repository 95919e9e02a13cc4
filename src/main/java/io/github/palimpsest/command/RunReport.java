package io.github.palimpsest.command;

import java.nio.file.Path;

import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.report.ErasingReport;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.task.Progress;

/** The page about a run, written anew after everything that changes what it tells. */
final class RunReport {

    private RunReport() {}

    /** Writes the page and ends what is told to the user with its path. */
    static void write(RunFolder run, Progress progress) {
        Path images = Path.of(Json.read(run.record(), RunRecord.class).folder());
        ErasingReport.write(run, name -> ImageReader.read(images.resolve(name)), ErasingReport.DEFAULT_EXAMPLES);
        progress.say("Report: " + run.report());
    }
}
