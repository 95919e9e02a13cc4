package io.github.palimpsest.command;

import java.io.File;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.palimpsest.segmentation.model.SegmentFolderSettings;
import io.github.palimpsest.task.Progress;

/** Applies a trained model to a folder of images. */
@Plugin(type = Command.class, name = "segment-folder", menuPath = "Plugins>Palimpsest>Segment Folder...",
        headless = true,
        initializer = "initMacro", description = "Segments every image of a folder with a trained model, of a TIFF stack "
                + "every slice: a label image for each, legend.csv with what the labels mean, and predictions.csv with "
                + "the tags and their areas. Images that are done are not done again.")
public final class SegmentFolder extends PalimpsestCommand {

    @Parameter(label = "Model", required = false, attrs = @Attr(name = "needed"),
            description = "The file model.palimpsest that training wrote.")
    private File model;

    @Parameter(label = "Images", style = "directory", required = false,
            attrs = {@Attr(name = "needed"), @Attr(name = "glance", value = "images")},
            description = "A folder of images, with or without tags, and the folders in it.")
    private File images;

    @Parameter(label = "Folder for the labels", style = "directory", required = false, attrs = @Attr(name = "needed"),
            description = "The folder to write to: empty, or one that the same model and settings began.")
    private File output;

    @Parameter(label = "Only this split", required = false,
            description = "Take only the images that split.csv puts here, such as val; all images if empty.")
    private String split = "";

    @Parameter(label = "Tags to look for", choices = {"predicted", "given"}, required = false,
            attrs = @Attr(name = "advanced", value = "What is looked for"),
            description = "Where the tags of an image come from: the model finds them, or the folder gives them and "
                    + "nothing else is looked for.")
    private String tags = "predicted";

    @Parameter(label = "How tags are given", choices = {"auto", "subfolders", "table", "annotations", "voc"},
            required = false,
            attrs = @Attr(name = "advanced", value = "What is looked for"),
            description = "How the tags are given, if they are; auto finds out.")
    private String format = "auto";

    @Parameter(label = "Refine with the CRF", choices = {"on", "off"}, required = false,
            attrs = @Attr(name = "advanced", value = "What is looked for"),
            description = "Whether a dense CRF lets the labels follow the image's edges.")
    private String refine = "on";

    @Parameter(label = "Write probabilities", choices = {"on", "off"}, required = false,
            description = "Whether the labels' probabilities are written too, as stacks in the folder probabilities.")
    private String probabilities = "off";

    @Parameter(label = "Write overlays", choices = {"on", "off"}, required = false,
            description = "Whether pictures with the labels laid over the images are written too, in the folder "
                    + "overlays.")
    private String overlays = "off";

    @Parameter(label = "Megapixels at a time", required = false,
            attrs = {@Attr(name = "number", value = "0.01..1000"), @Attr(name = "advanced", value = "Computer")},
            description = "What is larger goes through the network in overlapping tiles of this size. Smaller ones "
                    + "need less memory.")
    private String tile = "1.5";

    @Parameter(label = "Device", choices = {"auto", "cpu", "gpu"}, required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "Where to compute: auto takes a GPU where one works; gpu without a GPU is an error.")
    private String device = "auto";

    @Parameter(label = "Threads", min = "0", max = "1024", required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "Images that are segmented at a time, each on one thread of the CPU; 0 takes all cores.")
    private int threads = 0;

    @Parameter(label = "Engine memory (MB)", min = "256", max = "1000000", required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "The most memory outside Java's own that the engine may take.")
    private int memory = 2048;

    @Override
    protected void execute(Progress progress) {
        var summary = io.github.palimpsest.segmentation.model.SegmentFolder.run(SegmentFolderSettings.parse(values()),
                progress);
        progress.say(summary.segmented() + (summary.segmented() == 1 ? " image is" : " images are") + " segmented"
                + (summary.before() > 0 ? ", " + summary.before() + " of them before" : "") + ": " + output);
        if (!summary.skipped().isEmpty())
            progress.warn(summary.skipped().size() + " could not be segmented, such as "
                    + summary.skipped().get(0).name() + ": see " + new File(output, "skipped.csv") + ".");
    }
}
