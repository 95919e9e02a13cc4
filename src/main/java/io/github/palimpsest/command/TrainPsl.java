package io.github.palimpsest.command;

import java.io.File;
import java.util.Map;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.palimpsest.segmentation.ProhibitiveSegmentationLearning;
import io.github.palimpsest.segmentation.SegmentationSettings;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.Progress;

/**
 * From a run's mined regions to a model. Inputs that are {@code preset} have the value that the preset gives them; seed, threads
 * and network are the run's.
 */
@Plugin(type = Command.class, name = "train-psl", menuPath = "Plugins>Palimpsest>Train Segmentation (PSL)...", headless = true,
        initializer = "initMacro", description = "Prohibitive segmentation learning: makes training masks of a run's mined "
                + "regions, trains a segmentation network on them under the control of an image classifier, again on its own "
                + "refined masks, and writes the model into the run. The same command goes on where it stopped.")
public final class TrainPsl extends PalimpsestCommand {

    @Parameter(label = "Run folder", style = "directory", required = false,
            attrs = {@Attr(name = "needed"), @Attr(name = "place", value = "there")},
            description = "The run that Train AE Classifiers wrote.")
    private File output;

    @Parameter(label = "Images", style = "directory", required = false,
            attrs = @Attr(name = "advanced", value = "Folders"),
            description = "Where the run's images are now, if they were moved.")
    private File images;

    @Parameter(label = "Result folder", style = "directory", required = false,
            attrs = {@Attr(name = "advanced", value = "Folders"), @Attr(name = "place", value = "made")},
            description = "Where masks, passes and the model are written; the run folder if empty. A folder of its own makes "
                    + "room for several segmentations of one run.")
    private File result;

    @Parameter(label = "Settings of the method", choices = {"run", "default", "paper"}, required = false,
            description = "Gives every input that says 'preset' its value: what measured best, or what the paper (Wei et al. "
                    + "2017) says; run takes that of the run.")
    private String preset = "run";

    @Parameter(label = "Pretrained weights", required = false,
            attrs = @Attr(name = "advanced", value = "Network"),
            description = "The Keras weights file (.h5) that the run was made with, or download. If empty: download, and the "
                    + "run's own first classifier where the run began without weights.")
    private String weights = "";

    @Parameter(label = "Training masks", choices = {"preset", "auto", "crf", "paper"}, required = false,
            description = "crf: soft maps and background cue, refined by a dense CRF; paper: mined pixels have their tag, pixels "
                    + "of a low cue are background, the rest is unlabelled. auto: crf where features explain such masks well, else paper.")
    private String masks = "preset";

    @Parameter(label = "Rounds to merge", required = false,
            attrs = {@Attr(name = "advanced", value = "Training masks"), @Attr(name = "whole", value = "1..20"),
                    @Attr(name = "words", value = "preset,auto")},
            description = "How many rounds of erasing the masks are made of; auto decides from the images.")
    private String merge = "preset";

    @Parameter(label = "Background cue",
            choices = {"preset", "auto", "rbd", "otsu", "li", "triangle", "local", "low_response", "folder", "none"}, required = false,
            description = "What tells the background: connectivity to the border (rbd), grey-level thresholds (otsu, li, triangle, "
                    + "local), the classifiers' own low response, maps of your own (folder), or none; auto tries and chooses.")
    private String background = "preset";

    @Parameter(label = "Ground", choices = {"preset", "auto", "dark", "bright"}, required = false,
            attrs = @Attr(name = "advanced", value = "Background"),
            description = "For grey-level thresholds, which side is the background.")
    private String cue_ground = "preset";

    @Parameter(label = "Folder of cues", style = "directory", required = false,
            attrs = @Attr(name = "advanced", value = "Background"),
            description = "For background=folder: a map for each image, low where it is background, such as any saliency "
                    + "program writes.")
    private File cue_folder;

    @Parameter(label = "Window of the local threshold", required = false,
            attrs = {@Attr(name = "advanced", value = "Background"), @Attr(name = "whole", value = "1..10000"),
                    @Attr(name = "words", value = "preset,auto")},
            description = "For background=local: how far it looks around a pixel, in pixels; auto takes an eighth of the image.")
    private String cue_window = "preset";

    @Parameter(label = "Cut of the cue", required = false,
            attrs = @Attr(name = "advanced", value = "Background"),
            description = "For masks=paper: where the cue is below, it is surely background; for single tags so: 0.06,cat:0.12.")
    private String cue_cut = "preset";

    @Parameter(label = "Background constant", required = false,
            attrs = {@Attr(name = "advanced", value = "Training masks"), @Attr(name = "number", value = "0..10"),
                    @Attr(name = "words", value = "preset,auto")},
            description = "For masks=crf: the background's score where the cue says nothing; auto tries and chooses.")
    private String background_score = "preset";

    @Parameter(label = "Weight of the cue", required = false,
            attrs = {@Attr(name = "advanced", value = "Training masks"), @Attr(name = "number", value = "0..10"),
                    @Attr(name = "words", value = "preset,auto")},
            description = "For masks=crf: how far the cue moves the background's score up or down; auto tries and chooses.")
    private String background_weight = "preset";

    @Parameter(label = "Exponent of the maps", required = false,
            attrs = {@Attr(name = "advanced", value = "Training masks"), @Attr(name = "number", value = "0.1..4"),
                    @Attr(name = "words", value = "preset")},
            description = "Maps are raised to it before they are compared with the background's score.")
    private String gamma = "preset";

    @Parameter(label = "Parts of wholes", choices = {"preset", "features", "off"}, required = false,
            attrs = {@Attr(name = "advanced", value = "Training masks")},
            description = "How a tag that only comes within another one (a face within a body) is told from it: features finds out "
                    + "from the images that have the other one alone; off leaves both where both were found.")
    private String parts = "preset";

    @Parameter(label = "Sure from", required = false,
            attrs = {@Attr(name = "advanced", value = "Training masks"), @Attr(name = "number", value = "0..1"),
                    @Attr(name = "words", value = "preset")},
            description = "For masks=crf: pixels whose label is less probable than this stay unlabelled.")
    private String sure = "preset";

    @Parameter(label = "CRF iterations", required = false,
            attrs = {@Attr(name = "advanced", value = "Dense CRF"), @Attr(name = "whole", value = "0..1000"),
                    @Attr(name = "words", value = "preset")},
            description = "Of the dense CRF's mean field, for masks, for PSL++ and in the model; 0 leaves the CRF out.")
    private String crf_iterations = "preset";

    @Parameter(label = "CRF smoothness weight", required = false,
            attrs = {@Attr(name = "advanced", value = "Dense CRF"), @Attr(name = "number", value = "0..1000"),
                    @Attr(name = "words", value = "preset")},
            description = "How strongly neighbouring pixels pull towards one label.")
    private String crf_smoothness_weight = "preset";

    @Parameter(label = "CRF smoothness distance", required = false,
            attrs = {@Attr(name = "advanced", value = "Dense CRF"), @Attr(name = "number", value = "0.1..10000"),
                    @Attr(name = "words", value = "preset")},
            description = "How far that reaches, in pixels.")
    private String crf_smoothness_xy = "preset";

    @Parameter(label = "CRF appearance weight", required = false,
            attrs = {@Attr(name = "advanced", value = "Dense CRF"), @Attr(name = "number", value = "0..1000"),
                    @Attr(name = "words", value = "preset")},
            description = "How strongly pixels of like colour pull towards one label.")
    private String crf_appearance_weight = "preset";

    @Parameter(label = "CRF appearance distance", required = false,
            attrs = {@Attr(name = "advanced", value = "Dense CRF"), @Attr(name = "number", value = "0.1..10000"),
                    @Attr(name = "words", value = "preset")},
            description = "How far that reaches, in pixels.")
    private String crf_appearance_xy = "preset";

    @Parameter(label = "CRF appearance colour", required = false,
            attrs = {@Attr(name = "advanced", value = "Dense CRF"), @Attr(name = "number", value = "0.1..10000"),
                    @Attr(name = "words", value = "preset")},
            description = "How different colours may be to count as alike, in grey levels of 0 to 255.")
    private String crf_appearance_rgb = "preset";

    @Parameter(label = "Online mask (PSL)", choices = {"preset", "auto", "on", "off"}, required = false,
            description = "Whether the network also learns from its own prediction under the control of the image classifier; "
                    + "auto: where the masks leave much unlabelled.")
    private String use_psl = "preset";

    @Parameter(label = "Control of the online mask", choices = {"preset", "predicted", "true_tags", "without_v"}, required = false,
            attrs = @Attr(name = "advanced", value = "Online mask"),
            description = "What keeps it from naming wrong tags: the predicted confidences (the paper's way), the given tags, or "
                    + "nothing (the paper's ablations).")
    private String confidence = "preset";

    @Parameter(label = "Weight of the online mask", required = false,
            attrs = {@Attr(name = "advanced", value = "Online mask"), @Attr(name = "number", value = "0..100"),
                    @Attr(name = "words", value = "preset")},
            description = "Weight of its loss beside that of the training masks.")
    private String psl_weight = "preset";

    @Parameter(label = "Online mask from epoch", required = false,
            attrs = {@Attr(name = "advanced", value = "Online mask"), @Attr(name = "whole", value = "1..100000"),
                    @Attr(name = "words", value = "preset,auto")},
            description = "The first epoch that it takes part in; auto is when half of them are over, since a network that knows nothing yet teaches "
                    + "itself that all is background.")
    private String psl_from = "preset";

    @Parameter(label = "Passes of PSL++", required = false,
            attrs = {@Attr(name = "whole", value = "0..10"), @Attr(name = "words", value = "preset")},
            description = "How often the training images are predicted and the network is trained anew on that.")
    private String passes = "preset";

    @Parameter(label = "Segmentation head", choices = {"preset", "multi_depth", "large_fov"}, required = false,
            attrs = @Attr(name = "advanced", value = "Network"),
            description = "A light head on features of several depths, or the paper's (DeepLab-LargeFOV).")
    private String head = "preset";

    @Parameter(label = "Training", choices = {"preset", "head", "last", "full"}, required = false,
            attrs = @Attr(name = "advanced", value = "Network"),
            description = "What learns: only the head; in the last pass also the network's last blocks; or the whole network on "
                    + "crops, as in the paper, which wants a GPU.")
    private String training = "preset";

    @Parameter(label = "Epochs", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "whole", value = "1..100000"),
                    @Attr(name = "words", value = "preset,auto")},
            description = "How often every image is seen in a pass; auto takes few, since what is seen often is learnt by heart, and "
                    + "more where there are few images.")
    private String epochs = "preset";

    @Parameter(label = "Epochs of fine-tuning", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "whole", value = "0..100000"),
                    @Attr(name = "words", value = "preset")},
            description = "For training=last: how many epochs more, with the network's last blocks, in the last pass.")
    private String fine_tuning = "preset";

    @Parameter(label = "Batch", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "whole", value = "1..4096"),
                    @Attr(name = "words", value = "preset")},
            description = "Images per training step.")
    private String batch = "preset";

    @Parameter(label = "Optimiser", choices = {"preset", "adam", "sgd"}, required = false,
            attrs = @Attr(name = "advanced", value = "Training"),
            description = "How weights follow their gradients.")
    private String optimizer = "preset";

    @Parameter(label = "Learning rate", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "number", value = "0..10"),
                    @Attr(name = "words", value = "preset")},
            description = "The optimiser's step size at the start of a pass.")
    private String learning_rate = "preset";

    @Parameter(label = "Rate of fine-tuning", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "number", value = "0..10"),
                    @Attr(name = "words", value = "preset")},
            description = "The step size of the head while the last blocks learn; these move at 0.4 times that.")
    private String fine_rate = "preset";

    @Parameter(label = "Weight decay", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "number", value = "0..1"),
                    @Attr(name = "words", value = "preset")},
            description = "How strongly large weights are pulled back.")
    private String weight_decay = "preset";

    @Parameter(label = "Schedule", choices = {"preset", "cosine", "step"}, required = false,
            attrs = @Attr(name = "advanced", value = "Training"),
            description = "How the step size falls: along a cosine, or to a tenth after two fifths of the epochs.")
    private String schedule = "preset";

    @Parameter(label = "Crop", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "whole", value = "32..4096"),
                    @Attr(name = "words", value = "preset")},
            description = "Width and height in pixels of the crops that training=full learns from.")
    private String crop = "preset";

    @Parameter(label = "Scale", required = false,
            attrs = {@Attr(name = "advanced", value = "Network"), @Attr(name = "number", value = "0.1..8"),
                    @Attr(name = "words", value = "preset,auto")},
            description = "The size at which images are looked at; auto brings the longer side of most to about 480 pixels, and "
                    + "enlarges at most three times, for the tags one and a half times.")
    private String scale = "preset";

    @Parameter(label = "Jitter of the scale", required = false,
            attrs = @Attr(name = "advanced", value = "Training"),
            description = "Factors of the scale, from 0.25 to 4, such as 1,0.75,1.33: in every epoch each image is learnt at one of "
                    + "them, so that objects of other sizes are known too. 1 for none.")
    private String jitter = "preset";

    @Parameter(label = "Tag threshold", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "number", value = "0..1"),
                    @Attr(name = "words", value = "preset")},
            description = "A new image may have the tags whose confidence is above; where every training image had exactly one "
                    + "tag, it has the most likely one.")
    private String tag_threshold = "preset";

    @Parameter(label = "Seed", required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "The same seed gives the same result; if empty, the run's.")
    private String seed = "";

    @Parameter(label = "Device", choices = {"auto", "cpu", "gpu"}, required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "Where to compute: auto takes a GPU where one works; gpu without a GPU is an error.")
    private String device = "auto";

    @Parameter(label = "Threads", required = false,
            attrs = {@Attr(name = "advanced", value = "Computer"), @Attr(name = "whole", value = "0..1024"),
                    @Attr(name = "words", value = "run")},
            description = "Threads of the CPU; 0 takes all cores, run those of the run.")
    private String threads = "run";

    @Parameter(label = "Engine memory (MB)", min = "256", max = "1000000", required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "The most memory outside Java's own that the engine may take.")
    private int memory = 2048;

    @Parameter(label = "Disk cache (MB)", min = "0", max = "100000000", required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "The most disk space for features; what does not fit is computed again where it is needed.")
    private int disk = 8192;

    @Override
    protected void execute(Progress progress) {
        Map<String, String> values = values();
        // To the method, what the user leaves to the preset or the run is what was not given.
        values.replaceAll((key, value) -> value.equals("preset") || value.equals("run") ? "" : value);
        SegmentationSettings settings = SegmentationSettings.parse(values);
        RunFolder result = ProhibitiveSegmentationLearning.train(settings, progress);
        if (settings.images() == null)
            RunReport.write(result, progress);
        else
            RunReport.write(result, settings.images(), progress);
    }
}
