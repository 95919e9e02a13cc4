package io.github.palimpsest.command;

import java.io.File;
import java.util.Locale;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.palimpsest.crf.CrfSettings;
import io.github.palimpsest.crf.DenseCrf;
import io.github.palimpsest.crf.RefineFolder;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.task.Progress;

/** Sharpens any classifier's probability maps along the edges of the images. */
@Plugin(type = Command.class, name = "refine-crf", menuPath = "Plugins>Palimpsest>Refine with Dense CRF...",
        headless = true, initializer = "initMacro", description = "Lets probability maps of any classifier follow the "
                + "edges of the images (dense CRF) and writes a label image for each.")
public final class RefineCrf extends PalimpsestCommand {

    @Parameter(label = "Images", style = "directory", required = false,
            attrs = {@Attr(name = "needed"), @Attr(name = "glance", value = "images")},
            description = "An image, or a folder of images.")
    private File images;

    @Parameter(label = "Probability maps", style = "directory", required = false, attrs = @Attr(name = "needed"),
            description = "The image's maps, or a folder with a TIFF stack for each image, of the same name: a "
                    + "slice per label, 32-bit probabilities, or 8 or 16 bits of which the greatest value is certain.")
    private File probabilities;

    @Parameter(label = "Output folder", style = "directory", required = false, attrs = @Attr(name = "needed"),
            description = "The folder to write label images to, 0 being the first slice; what lies there is replaced.")
    private File output;

    @Parameter(label = "Write refined maps", required = false,
            description = "Also write the refined probabilities, into a folder named maps in the output.")
    private boolean maps = false;

    @Parameter(label = "Iterations", min = "0", max = "1000", required = false,
            attrs = @Attr(name = "advanced", value = "Dense CRF"),
            description = "How often each pixel hears all others.")
    private int iterations = 10;

    @Parameter(label = "Smoothness: weight", required = false,
            attrs = {@Attr(name = "number", value = "0..1000"), @Attr(name = "advanced", value = "Dense CRF")},
            description = "How strongly near pixels want the same label; 0 turns it off.")
    private String smoothness_weight = "3";

    @Parameter(label = "Smoothness: distance", required = false,
            attrs = {@Attr(name = "number", value = "0.1..10000"), @Attr(name = "advanced", value = "Dense CRF")},
            description = "How far near is, in pixels (standard deviation).")
    private String smoothness_distance = "3";

    @Parameter(label = "Appearance: weight", required = false,
            attrs = {@Attr(name = "number", value = "0..1000"), @Attr(name = "advanced", value = "Dense CRF")},
            description = "How strongly pixels of similar colour want the same label; 0 turns it off.")
    private String appearance_weight = "4";

    @Parameter(label = "Appearance: distance", required = false,
            attrs = {@Attr(name = "number", value = "0.1..10000"), @Attr(name = "advanced", value = "Dense CRF")},
            description = "How far pixels of similar colour hear each other, in pixels (standard deviation).")
    private String appearance_distance = "50";

    @Parameter(label = "Appearance: colour", required = false,
            attrs = {@Attr(name = "number", value = "0.1..10000"), @Attr(name = "advanced", value = "Dense CRF")},
            description = "How similar colours must be, where a channel has 0 to 255 (standard deviation).")
    private String appearance_colour = "5";

    @Parameter(label = "Device", choices = {"cpu", "auto", "gpu"}, required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "Where to compute: cpu needs no engine; auto takes a GPU where one works; gpu without a "
                    + "GPU is an error.")
    private String device = "cpu";

    @Parameter(label = "Threads", min = "0", max = "1024", required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "Threads of the CPU; 0 takes all cores.")
    private int threads = 0;

    @Override
    protected void execute(Progress progress) {
        CrfSettings settings = new CrfSettings(iterations, Double.parseDouble(smoothness_weight),
                Double.parseDouble(smoothness_distance), Double.parseDouble(appearance_weight),
                Double.parseDouble(appearance_distance), Double.parseDouble(appearance_colour));
        int cores = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        RefineFolder folder = new RefineFolder(images.toPath(), probabilities.toPath(), output.toPath(), maps);
        RefineFolder.Result result = folder.run(crf(settings, cores), cores, progress);
        progress.say("Refined " + result.refined() + (result.refined() == 1 ? " image" : " images") + " into "
                + output + ".");
    }

    private DenseCrf crf(CrfSettings settings, int cores) {
        if (device.equals("cpu"))
            return new DenseCrf(settings);
        EngineSettings.Device where = EngineSettings.Device.valueOf(device.toUpperCase(Locale.ROOT));
        return DenseCrf.on(settings, Engines.start(new EngineSettings(where, cores, 2048L << 20)));
    }
}
