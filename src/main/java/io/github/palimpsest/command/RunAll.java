package io.github.palimpsest.command;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.palimpsest.erasing.AdversarialErasing;
import io.github.palimpsest.erasing.ErasingSettings;
import io.github.palimpsest.segmentation.ProhibitiveSegmentationLearning;
import io.github.palimpsest.segmentation.SegmentationSettings;
import io.github.palimpsest.task.Progress;

/** From tags to a model in one go: what most users need. The two commands that it joins have all the other inputs. */
@Plugin(type = Command.class, name = "run-all", menuPath = "Plugins>Palimpsest>Train from Tags...", headless = true,
        initializer = "initMacro", description = "From a folder of tagged images to a model that segments new ones: adversarial "
                + "erasing, training masks, prohibitive segmentation learning. The same command goes on where it stopped.")
public final class RunAll extends PalimpsestCommand {

    /** Erasing's share of the time, about. */
    private static final double ERASING = 0.35;

    /** What only one of the two parts knows. */
    private static final Set<String> OF_ERASING = Set.of("images", "format", "split", "backbone", "rounds", "cache");
    private static final Set<String> OF_SEGMENTATION =
            Set.of("masks", "merge", "background", "cue_ground", "cue_folder", "use_psl", "passes");

    @Parameter(label = "Tagged images", style = "directory", required = false,
            attrs = {@Attr(name = "needed"), @Attr(name = "glance", value = "tags")},
            description = "A folder of tagged images: a subfolder per tag, a table of tags (tags.csv, a table of "
                    + "Qualitative Annotations) or the layout of PASCAL VOC.")
    private File images;

    @Parameter(label = "Run folder", style = "directory", required = false, attrs = @Attr(name = "needed"),
            description = "The folder to write everything to; an unfinished run of the same settings is continued.")
    private File output;

    @Parameter(label = "How the tags are given", choices = {"auto", "subfolders", "table", "annotations", "voc"}, required = false,
            description = "How the tags are given; auto finds out and says so.")
    private String format = "auto";

    @Parameter(label = "Only this split", required = false,
            description = "Take only the images that split.csv puts here, such as train; all images if empty.")
    private String split = "";

    @Parameter(label = "Settings of the method", choices = {"default", "paper"}, required = false,
            description = "What measured best within minutes, or what the paper (Wei et al. 2017) says, which wants a GPU.")
    private String preset = "default";

    @Parameter(label = "Network (backbone)", choices = {"preset", "mobilenet_v2", "vgg16", "small"}, required = false,
            description = "The network that reads the images: MobileNetV2 (preset=default), VGG16 (preset=paper), or "
                    + "a small one that needs no pretrained weights.")
    private String backbone = "preset";

    @Parameter(label = "Pretrained weights", required = false,
            attrs = @Attr(name = "advanced", value = "Network"),
            description = "A Keras weights file (.h5), none, or download. If empty: download, and none for the small "
                    + "backbone.")
    private String weights = "";

    @Parameter(label = "Rounds of erasing", required = false,
            attrs = {@Attr(name = "whole", value = "1..20"), @Attr(name = "words", value = "auto")},
            description = "How often to train, mine and erase; auto stops by held-out average precision, after 3 rounds at most.")
    private String rounds = "auto";

    @Parameter(label = "Rounds to merge", required = false,
            attrs = {@Attr(name = "advanced", value = "From regions to masks"), @Attr(name = "whole", value = "1..20"),
                    @Attr(name = "words", value = "preset,auto")},
            description = "How many of them the training masks are made of; auto decides from the images.")
    private String merge = "preset";

    @Parameter(label = "Training masks", choices = {"preset", "auto", "crf", "paper"}, required = false,
            attrs = @Attr(name = "advanced", value = "From regions to masks"),
            description = "crf: soft maps and background cue, refined by a dense CRF; paper: mined pixels have their tag, pixels "
                    + "of a low cue are background, the rest is unlabelled. auto: crf where features explain such masks well, else paper.")
    private String masks = "preset";

    @Parameter(label = "Background cue",
            choices = {"preset", "auto", "rbd", "otsu", "li", "triangle", "local", "low_response", "folder", "none"}, required = false,
            attrs = @Attr(name = "advanced", value = "Background"),
            description = "What tells the background: connectivity to the border (rbd), grey-level thresholds (otsu, li, triangle, "
                    + "local), the classifiers' own low response, maps of your own (folder), or none; auto tries and chooses.")
    private String background = "preset";

    @Parameter(label = "Ground", choices = {"preset", "auto", "dark", "bright"}, required = false,
            attrs = @Attr(name = "advanced", value = "Background"),
            description = "For grey-level thresholds, which side is the background.")
    private String cue_ground = "preset";

    @Parameter(label = "Folder of cues", style = "directory", required = false,
            attrs = @Attr(name = "advanced", value = "Background"),
            description = "For background=folder: a map for each image, low where it is background.")
    private File cue_folder;

    @Parameter(label = "Online mask (PSL)", choices = {"preset", "auto", "on", "off"}, required = false,
            attrs = @Attr(name = "advanced", value = "Segmentation"),
            description = "Whether the network also learns from its own prediction under the control of the image classifier; "
                    + "auto: where the masks leave much unlabelled.")
    private String use_psl = "preset";

    @Parameter(label = "Passes of PSL++", required = false,
            attrs = {@Attr(name = "advanced", value = "Segmentation"), @Attr(name = "whole", value = "0..10"),
                    @Attr(name = "words", value = "preset")},
            description = "How often the training images are predicted and the network is trained anew on that.")
    private String passes = "preset";

    @Parameter(label = "Seed", required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "The same seed gives the same result on the same machine.")
    private long seed = 1;

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

    @Parameter(label = "Feature cache (MB)", min = "0", max = "1000000", required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "The most memory for features that are kept between epochs; the rest is kept on disk.")
    private int cache = 512;

    @Parameter(label = "Disk cache (MB)", min = "0", max = "100000000", required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "The most disk space for features; what does not fit is computed again where it is needed.")
    private int disk = 8192;

    @Override
    protected void execute(Progress progress) {
        Map<String, String> values = values();
        // To the method, what the user leaves to the preset is what was not given.
        values.replaceAll((key, value) -> value.equals("preset") ? "" : value);
        ErasingSettings erasing = ErasingSettings.parse(without(OF_SEGMENTATION, values));
        SegmentationSettings.requireSound(without(OF_ERASING, values), erasing.recorded(), erasing.engine().threads());
        AdversarialErasing.train(erasing, progress.part(0, ERASING, "erasing"));
        RunReport.write(ProhibitiveSegmentationLearning.train(SegmentationSettings.parse(without(OF_ERASING, values)),
                progress.part(ERASING, 1, "segmentation")), progress);
    }

    private static Map<String, String> without(Set<String> keys, Map<String, String> values) {
        Map<String, String> rest = new LinkedHashMap<>(values);
        rest.keySet().removeAll(keys);
        return rest;
    }
}
