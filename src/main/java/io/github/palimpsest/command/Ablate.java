package io.github.palimpsest.command;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.palimpsest.ablation.AblationTable;
import io.github.palimpsest.ablation.Row;
import io.github.palimpsest.ablation.TrainedChain;
import io.github.palimpsest.dataset.Selection;
import io.github.palimpsest.dataset.TaggedFolders;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/** The paper's table on a user's own data. */
@Plugin(type = Command.class, name = "ablate", menuPath = "Plugins>Palimpsest>Ablation Table...", headless = true,
        initializer = "initMacro", description = "Measures what each part of the method does on your own images: one to four "
                + "rounds of erasing, then prohibitive segmentation learning, with the true tags, without its classifier, and "
                + "with a second pass, each trained from tags, applied to images apart and scored with exact masks. It takes as "
                + "long as all these trainings; the same command goes on where it stopped.")
public final class Ablate extends PalimpsestCommand {

    /** What a table is not about: where it is, what it is made with, and what may be added to later. */
    private static final Set<String> NOT_OF_THE_TABLE = Set.of("output", "seeds", "device", "threads", "memory", "disk");

    @Parameter(label = "Tagged images", style = "directory", required = false,
            attrs = {@Attr(name = "needed"), @Attr(name = "glance", value = "tags")},
            description = "A folder of tagged images with a split.csv: a subfolder per tag, a table of tags (tags.csv, a table "
                    + "of Qualitative Annotations) or the layout of PASCAL VOC.")
    private File images;

    @Parameter(label = "Exact masks", style = "directory", required = false, attrs = @Attr(name = "needed"),
            description = "A folder with a label image for every image to test on, matched by file name without extension. "
                    + "The labels are the lines of a classes.txt inside or above this folder, counted from 0; 255 is left "
                    + "out of the scores. Training never reads it.")
    private File masks;

    @Parameter(label = "Folder for the table", style = "directory", required = false, attrs = @Attr(name = "needed"),
            description = "The folder to write everything to; an unfinished table of the same settings is continued.")
    private File output;

    @Parameter(label = "Split to learn from", required = false, description = "Train on the images that split.csv puts here.")
    private String split = "train";

    @Parameter(label = "Split to test on", required = false, description = "Score the images that split.csv puts here.")
    private String test = "val";

    @Parameter(label = "Seeds", required = false,
            attrs = @Attr(name = "advanced", value = "Table"),
            description = "Whole numbers separated by commas; every row is trained once with each. More may be added later.")
    private String seeds = "1,2";

    @Parameter(label = "Settings of the method", choices = {"default", "paper"}, required = false,
            description = "What measured best within minutes, or what the paper (Wei et al. 2017) says, which wants a GPU.")
    private String preset = "default";

    @Parameter(label = "Network (backbone)", choices = {"preset", "mobilenet_v2", "vgg16", "small"}, required = false,
            description = "The network that reads the images: MobileNetV2 (preset=default), VGG16 (preset=paper), or "
                    + "a small one that needs no pretrained weights.")
    private String backbone = "preset";

    @Parameter(label = "Pretrained weights", required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "A Keras weights file (.h5), none, or download. If empty: download, and none for the small "
                    + "backbone.")
    private String weights = "";

    @Parameter(label = "Way to training masks", choices = {"paper", "crf", "preset"}, required = false,
            attrs = @Attr(name = "advanced", value = "Table"),
            description = "paper: mined pixels have their tag, pixels of a low cue are background, the rest is unlabelled, where "
                    + "the paper's effects are to be expected; crf: soft maps and background cue, refined by a dense CRF.")
    private String masks_way = "paper";

    @Parameter(label = "Background cue",
            choices = {"preset", "auto", "rbd", "otsu", "li", "triangle", "local", "low_response", "none"}, required = false,
            attrs = @Attr(name = "advanced", value = "Table"),
            description = "What tells the background in the training masks of all rows; auto tries and chooses for each.")
    private String background = "preset";

    @Parameter(label = "Epochs of erasing", required = false,
            attrs = {@Attr(name = "advanced", value = "Table"), @Attr(name = "whole", value = "1..100000"),
                    @Attr(name = "words", value = "preset")},
            description = "How often every image is seen in a round of erasing.")
    private String erasing_epochs = "preset";

    @Parameter(label = "Epochs of PSL", required = false,
            attrs = {@Attr(name = "advanced", value = "Table"), @Attr(name = "whole", value = "1..100000"),
                    @Attr(name = "words", value = "preset,auto")},
            description = "How often every image is seen in a pass of the segmentation's training.")
    private String psl_epochs = "preset";

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

    @Parameter(label = "Disk cache (MB)", min = "0", max = "100000000", required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "The most disk space for features; what does not fit is computed again where it is needed.")
    private int disk = 8192;

    @Override
    protected void execute(Progress progress) {
        requireApart();
        List<Long> numbers = seeds();
        // What is wrong with them is told before a folder is made.
        TaggedFolders.read(images.toPath(), Selection.split(split));
        Map<String, String> machine = Map.of("device", device, "threads", Integer.toString(threads), "memory",
                Integer.toString(memory));
        String cache = Integer.toString(disk);
        TrainedChain chain = new TrainedChain(images.toPath(), masks.toPath(), split, test,
                given("preset", preset, "backbone", backbone, "weights", weights, "epochs", erasing_epochs, "disk", cache),
                given("preset", preset, "weights", weights, "masks", masks_way, "background", background, "epochs", psl_epochs,
                        "disk", cache), machine);
        Map<String, String> table = new LinkedHashMap<>(values());
        table.keySet().removeAll(NOT_OF_THE_TABLE);
        Path folder = output.toPath();
        progress.say(AblationTable.run(folder, Row.ofThePaper(), numbers, table, chain, progress).stripTrailing());
        progress.say("Table: " + folder.resolve("table.md") + ", table.csv and table.png.");
    }

    /** A row's own files would mix with the user's. */
    private void requireApart() {
        Path folder = output.toPath().toAbsolutePath().normalize();
        for (File input : new File[] {images, masks})
            if (folder.startsWith(input.toPath().toAbsolutePath().normalize()))
                throw new UserException("output=" + output + " lies in " + input + ", where nothing is ever written. Choose "
                        + "another output.");
    }

    private List<Long> seeds() {
        List<Long> numbers = new ArrayList<>();
        for (String seed : seeds.split(","))
            try {
                numbers.add(Long.parseLong(seed.strip()));
            } catch (NumberFormatException e) {
                throw new UserException("seeds=" + seeds + " is not understood: it must be whole numbers separated by commas, "
                        + "each once, as in seeds=1,2.", e);
            }
        return numbers;
    }

    /** To the method, what the user leaves to the preset is what was not given. */
    private static Map<String, String> given(String... keysAndValues) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2)
            given.put(keysAndValues[i], keysAndValues[i + 1].equals("preset") ? "" : keysAndValues[i + 1]);
        return given;
    }
}
