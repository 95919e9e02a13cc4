package io.github.palimpsest.command;

import java.io.File;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.palimpsest.evaluation.masks.RegionEvaluation;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.Progress;

/** Scores the rounds of a run. */
@Plugin(type = Command.class, name = "evaluate-regions", menuPath = "Plugins>Palimpsest>Evaluate Regions...", headless = true,
        initializer = "initMacro", description = "Compares the activation maps and mined regions of a run with exact "
                + "masks, round by round, and writes scores.json into the run.")
public final class EvaluateRegions extends PalimpsestCommand {

    @Parameter(label = "Run folder", style = "directory", required = false,
            attrs = {@Attr(name = "needed"), @Attr(name = "place", value = "there")},
            description = "The run folder that training wrote.")
    private File output;

    @Parameter(label = "Exact masks", style = "directory", required = false, attrs = @Attr(name = "needed"),
            description = "A folder with a label image for every image, matched by file name without extension. The "
                    + "labels are the lines of a classes.txt inside or above this folder, counted from 0; 255 is "
                    + "left out of the scores.")
    private File masks;

    @Override
    protected void execute(Progress progress) {
        RunFolder run = new RunFolder(output.toPath());
        progress.say(RegionEvaluation.evaluate(run, masks.toPath(), progress).table().stripTrailing());
        RunReport.write(run, progress);
    }
}
