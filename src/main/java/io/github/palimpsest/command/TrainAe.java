package io.github.palimpsest.command;

import java.io.File;
import java.util.Map;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.palimpsest.erasing.AdversarialErasing;
import io.github.palimpsest.erasing.ErasingSettings;
import io.github.palimpsest.task.Progress;

/**
 * Adversarial erasing on a folder of tagged images. Inputs that are {@code preset} have the value that the preset gives
 * them.
 */
@Plugin(type = Command.class, name = "train-ae", menuPath = "Plugins>Palimpsest>Train AE Classifiers...", headless = true,
        initializer = "initMacro", description = "Adversarial erasing: trains a classifier on tagged images, mines "
                + "the regions that give the tags away, erases them and trains again, round after round. The result "
                + "is a run folder; the same command on an unfinished run goes on where it stopped.")
public final class TrainAe extends PalimpsestCommand {

    @Parameter(label = "Tagged images", style = "directory", required = false,
            attrs = {@Attr(name = "needed"), @Attr(name = "glance", value = "tags")},
            description = "A folder of tagged images: a subfolder per tag, a table of tags (tags.csv, a table of "
                    + "Qualitative Annotations) or the layout of PASCAL VOC.")
    private File images;

    @Parameter(label = "Run folder", style = "directory", required = false, attrs = @Attr(name = "needed"),
            description = "The folder to write the run to; an unfinished run of the same settings is continued.")
    private File output;

    @Parameter(label = "How the tags are given", choices = {"auto", "subfolders", "table", "annotations", "voc"}, required = false,
            description = "How the tags are given; auto finds out and says so.")
    private String format = "auto";

    @Parameter(label = "Only this split", required = false,
            description = "Take only the images that split.csv puts here, such as train; all images if empty.")
    private String split = "";

    @Parameter(label = "Settings of the method", choices = {"default", "paper"}, required = false,
            description = "Gives every input that says 'preset' its value: what measured best, or what the paper "
                    + "(Wei et al. 2017) says.")
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

    @Parameter(label = "Training", choices = {"preset", "head", "full"}, required = false,
            attrs = @Attr(name = "advanced", value = "Network"),
            description = "head trains only the last layer on the features of a fixed network and takes minutes; "
                    + "full trains the whole network, as in the paper, and wants a GPU unless the network is small.")
    private String training = "preset";

    @Parameter(label = "Rounds of erasing", required = false,
            attrs = {@Attr(name = "whole", value = "1..20"), @Attr(name = "words", value = "auto")},
            description = "How often to train, mine and erase; auto stops by the stop rule, after 3 rounds at most (8 by the paper's "
                    + "rule).")
    private String rounds = "auto";

    @Parameter(label = "Output stride", required = false,
            attrs = {@Attr(name = "advanced", value = "Network"), @Attr(name = "whole", value = "2..32"),
                    @Attr(name = "words", value = "preset")},
            description = "Pixels per cell of the maps: 32, 16 or 8 for MobileNetV2, 16 or 8 for VGG16, 4 or 2 for "
                    + "the small network. Smaller is finer and slower.")
    private String stride = "preset";

    @Parameter(label = "Scales", required = false,
            attrs = @Attr(name = "advanced", value = "Maps"),
            description = "The sizes at which an image is looked at, such as 1,1.5,2; the maps are averaged. auto brings the longer side of most "
                    + "images to about 640 pixels.")
    private String scales = "preset";

    @Parameter(label = "Mirrored too", choices = {"preset", "true", "false"}, required = false,
            attrs = @Attr(name = "advanced", value = "Maps"),
            description = "Whether maps are averaged with those of the mirrored image.")
    private String mirrored = "preset";

    @Parameter(label = "Classifier's head", choices = {"preset", "linear", "convolutional"}, required = false,
            attrs = @Attr(name = "advanced", value = "Network"),
            description = "One 1x1 convolution to the tags, or two 3x3 convolutions before it as in the paper; "
                    + "training=head has the linear one.")
    private String head = "preset";

    @Parameter(label = "Loss", choices = {"preset", "logistic", "squared"}, required = false,
            attrs = @Attr(name = "advanced", value = "Training"),
            description = "How the scores of the tags are compared with the tags; squared is the paper's.")
    private String loss = "preset";

    @Parameter(label = "Weight of dense negatives", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "number", value = "0..1000"),
                    @Attr(name = "words", value = "preset")},
            description = "Weight of the loss by which every cell of an image without a tag is a negative of that "
                    + "tag; 0 leaves it out. It makes the maps sharp.")
    private String dense_negatives = "preset";

    @Parameter(label = "Negative cells per image", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "whole", value = "1..100000"),
                    @Attr(name = "words", value = "preset")},
            description = "How many random cells of an image the dense negatives look at in each step.")
    private String negative_cells = "preset";

    @Parameter(label = "Mining rule", choices = {"preset", "share_of_maximum", "top_of_range", "top_of_pixels"}, required = false,
            attrs = @Attr(name = "advanced", value = "Mining and erasing"),
            description = "What 'the top 20 % of the largest value' means: pixels of at least delta times the map's "
                    + "maximum, of at least (1 - delta) times the maximum, or the share delta of all pixels.")
    private String mining = "preset";

    @Parameter(label = "Delta", required = false,
            attrs = {@Attr(name = "advanced", value = "Mining and erasing"),
                    @Attr(name = "number", value = "0.001..1"), @Attr(name = "words", value = "preset")},
            description = "The constant of the mining rule.")
    private String delta = "preset";

    @Parameter(label = "Envelope from round", required = false,
            attrs = {@Attr(name = "advanced", value = "Mining and erasing"), @Attr(name = "whole", value = "0..20"),
                    @Attr(name = "words", value = "preset")},
            description = "From this round on, new pixels must lie near those mined before; 0 is never.")
    private String envelope_from = "preset";

    @Parameter(label = "Erase untagged images", choices = {"preset", "true", "false"}, required = false,
            attrs = @Attr(name = "advanced", value = "Mining and erasing"),
            description = "Whether regions of other images are erased in untagged images, so that a hole does not "
                    + "give a tag away.")
    private String erase_untagged = "preset";

    @Parameter(label = "Stop rule", choices = {"preset", "average_precision", "loss"}, required = false,
            attrs = @Attr(name = "advanced", value = "Mining and erasing"),
            description = "What ends rounds=auto: average precision on held-out erased images that falls below the "
                    + "stop value, or, as in the paper, a training loss that rises clearly.")
    private String stop_rule = "preset";

    @Parameter(label = "Stop value", required = false,
            attrs = {@Attr(name = "advanced", value = "Mining and erasing"), @Attr(name = "number", value = "0..100"),
                    @Attr(name = "words", value = "preset")},
            description = "For average_precision the lowest that is accepted, 0 to 1; for loss the ratio to the "
                    + "round before that is one too many.")
    private String stop_at = "preset";

    @Parameter(label = "Epochs", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "whole", value = "1..100000"),
                    @Attr(name = "words", value = "preset")},
            description = "How often every image is seen in a round.")
    private String epochs = "preset";

    @Parameter(label = "Optimiser", choices = {"preset", "adam", "sgd"}, required = false,
            attrs = @Attr(name = "advanced", value = "Training"),
            description = "How weights follow their gradients: Adam, or stochastic gradient descent with momentum as "
                    + "in the paper.")
    private String optimizer = "preset";

    @Parameter(label = "Learning rate", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "number", value = "0..10"),
                    @Attr(name = "words", value = "preset")},
            description = "The optimiser's step size at the start of a round.")
    private String learning_rate = "preset";

    @Parameter(label = "Batch", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "whole", value = "1..4096"),
                    @Attr(name = "words", value = "preset")},
            description = "Images per training step. A smaller batch needs less memory.")
    private String batch = "preset";

    @Parameter(label = "Crop", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "whole", value = "32..4096"),
                    @Attr(name = "words", value = "preset")},
            description = "Width and height in pixels of the random crops that training=full learns from.")
    private String crop = "preset";

    @Parameter(label = "Weight decay", required = false,
            attrs = {@Attr(name = "advanced", value = "Training"), @Attr(name = "number", value = "0..1"),
                    @Attr(name = "words", value = "preset")},
            description = "How strongly large weights are pulled back.")
    private String weight_decay = "preset";

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
        RunReport.write(AdversarialErasing.train(ErasingSettings.parse(values), progress), progress);
    }
}
