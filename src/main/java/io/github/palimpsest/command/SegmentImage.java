package io.github.palimpsest.command;

import java.awt.GraphicsEnvironment;
import java.io.File;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.ImagePlus;

import io.github.palimpsest.imagej.Display;
import io.github.palimpsest.imagej.SegmentImageSettings;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/** Applies a trained model to an open image. */
@Plugin(type = Command.class, name = "segment-image", menuPath = "Plugins>Palimpsest>Segment Image...", headless = true,
        initializer = "initMacro", description = "Segments the active image with a trained model, of a stack every "
                + "slice: a label image with its legend, regions in the ROI Manager, and areas and mean grey values in "
                + "the Results table. It is the whole image, whatever is selected in it, and it is not changed.")
public final class SegmentImage extends PalimpsestCommand {

    @Parameter(label = "Image", required = false, persist = false, attrs = @Attr(name = "needed"),
            description = "The image or stack to segment; the active one if none is named.")
    private ImagePlus image;

    @Parameter(label = "Model", required = false, attrs = @Attr(name = "needed"),
            description = "The file model.palimpsest that training wrote.")
    private File model;

    @Parameter(label = "Tags", required = false,
            attrs = @Attr(name = "advanced", value = "What is looked for"),
            description = "Where the tags come from: predicted, if the model finds them; or those that the image is "
                    + "known to show, such as disc;ring, and nothing else is looked for.")
    private String tags = "predicted";

    @Parameter(label = "Refine with the CRF", choices = {"on", "off"}, required = false,
            attrs = @Attr(name = "advanced", value = "What is looked for"),
            description = "Whether a dense CRF lets the labels follow the image's edges.")
    private String refine = "on";

    @Parameter(label = "Probabilities", choices = {"on", "off"}, required = false,
            description = "Whether the labels' probabilities are given too, as the channels of a hyperstack.")
    private String probabilities = "off";

    @Parameter(label = "Overlay", choices = {"on", "off"}, required = false,
            description = "Whether a picture of the labels laid over the image is given too.")
    private String overlays = "off";

    @Parameter(label = "Regions", choices = {"on", "off"}, required = false,
            description = "Whether the region of each tag and slice is added to the ROI Manager.")
    private String rois = "on";

    @Parameter(label = "Measurements", choices = {"on", "off"}, required = false,
            description = "Whether area with its unit, mean grey value and confidence of each tag and slice are added to the Results "
                    + "table. A tag that the model expects, but finds on no pixel, has area 0 and no mean.")
    private String measurements = "on";

    @Parameter(label = "Output", style = "directory", required = false,
            description = "A folder to write all of it to as well, for any number of images: empty, or one that the "
                    + "same model began. A terminal, which has no windows, needs it.")
    private File output;

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
            description = "Threads of the CPU; 0 takes all cores.")
    private int threads = 0;

    @Parameter(label = "Engine memory (MB)", min = "256", max = "1000000", required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "The most memory outside Java's own that the engine may take.")
    private int memory = 2048;

    @Parameter(type = ItemIO.OUTPUT, label = "Labels")
    private ImagePlus label_image;

    @Parameter(type = ItemIO.OUTPUT, label = "Probabilities")
    private ImagePlus probability_maps;

    @Parameter(type = ItemIO.OUTPUT, label = "Overlay")
    private ImagePlus overlay_image;

    private String told = "";

    @Override
    protected void execute(Progress progress) {
        if (output == null && getContext() == null && GraphicsEnvironment.isHeadless() && !IJ.isMacro())
            throw new UserException("output= is missing: a terminal has no windows to show labels in, so name the "
                    + "folder to write them to.");
        var result = io.github.palimpsest.imagej.SegmentImage.run(SegmentImageSettings.parse(values()), image, progress);
        label_image = result.labels();
        probability_maps = result.probabilities();
        overlay_image = result.overlay();
        Display.show(result, image.getTitle(), progress);
        told = result.told();
        if (result.stopped()) {
            progress.say(told);
            throw new CancelledException(told);
        }
        if (output != null)
            progress.say("Segmented " + image.getTitle() + ": " + output);
    }

    @Override
    public boolean hasResults() {
        return !told.isEmpty();
    }

    @Override
    public String ending() {
        return told;
    }
}
