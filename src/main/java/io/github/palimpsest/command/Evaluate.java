package io.github.palimpsest.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.palimpsest.dataset.Selection;
import io.github.palimpsest.dataset.TaggedFolders;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.evaluation.masks.SegmentationEvaluation;
import io.github.palimpsest.evaluation.masks.SegmentationScores;
import io.github.palimpsest.report.ConfusionFigure;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/** Scores predicted label images. */
@Plugin(type = Command.class, name = "evaluate", menuPath = "Plugins>Palimpsest>Evaluate...", headless = true,
        initializer = "initMacro", description = "Compares predicted label images with exact masks and writes "
                + "scores.json, scores.csv and the confusion matrix as confusion.csv and confusion.png.")
public final class Evaluate extends PalimpsestCommand {

    @Parameter(label = "Predictions", style = "directory", required = false, attrs = @Attr(name = "needed"),
            description = "A folder of label images with their legend.csv, as segment-folder writes it. Label images "
                    + "of other programs need a legend.csv (value,tag) or a classes.txt.")
    private File predictions;

    @Parameter(label = "Exact masks", style = "directory", required = false, attrs = @Attr(name = "needed"),
            description = "A folder with a label image for every image, matched by file name without extension. The "
                    + "labels are the lines of a classes.txt inside or above this folder, counted from 0; 255 is "
                    + "left out of the scores.")
    private File masks;

    @Parameter(label = "Folder for the scores", style = "directory", required = false, attrs = @Attr(name = "needed"),
            description = "The folder to write the scores to, beside the predictions and not inside them.")
    private File output;

    @Parameter(label = "Tagged images", style = "directory", required = false,
            description = "The folder of tagged images that the predictions belong to; needed only to score a split.")
    private File images;

    @Parameter(label = "Only this split", required = false,
            description = "Score only the images that split.csv of the tagged images puts here, such as val; all if "
                    + "empty.")
    private String split = "";

    @Override
    protected void execute(Progress progress) {
        Path folder = output.toPath();
        SegmentationEvaluation.requireApart(folder, predictions.toPath(), masks.toPath());
        SegmentationScores scores = SegmentationEvaluation.evaluate(predictions.toPath(), masks.toPath(), names(),
                progress);
        scores.write(folder);
        progress.say(scores.summary().stripTrailing());
        try {
            ConfusionFigure.write(scores.classes(), scores.matrix(), folder.resolve(ConfusionFigure.FILE));
        } catch (UserException e) {
            // The numbers are there: no reason to fail.
            progress.warn(e.getMessage());
        }
        progress.say("Scores: " + folder.resolve(SegmentationScores.JSON));
        report(folder.toAbsolutePath().normalize(), progress);
    }

    /** The page of a segmentation tells of the scores that lie beside its model. */
    private static void report(Path scores, Progress progress) {
        if (scores.getParent() == null)
            return;
        RunFolder run = new RunFolder(scores.getParent());
        if (!scores.equals(run.model().getParent()) || !Files.exists(run.segmentationRecord()))
            return;
        try {
            RunReport.write(run, progress);
        } catch (UserException e) {
            progress.warn(e.getMessage());
        }
    }

    /** The images to score; null for all that have a prediction. */
    private List<String> names() {
        if (images == null && split.isBlank())
            return null;
        if (images == null)
            throw new UserException("split=" + split + " needs images=: the folder of tagged images whose "
                    + "split.csv says which they are.");
        return TaggedFolders.read(images.toPath(), Selection.split(split)).images().stream().map(TaggedImage::name)
                .toList();
    }
}
