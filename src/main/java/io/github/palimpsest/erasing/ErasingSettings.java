package io.github.palimpsest.erasing;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.network.CamHead;
import io.github.palimpsest.store.RealPath;
import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.UserException;

/**
 * Everything that {@link AdversarialErasing} is told.
 *
 * @param images the tagged folder
 * @param output the run folder
 * @param format how the tagged folder is read, {@code auto} to detect it
 * @param split of the images to use, empty for all
 * @param backbone architecture of the trunk
 * @param weights of the trunk: a file, {@code none}, or {@code download}
 * @param stride output stride of the trunk
 * @param training what is trained
 * @param head what lies between features and maps
 * @param rounds exactly so many, or 0 to stop by the rule
 * @param stopRule which rule
 * @param stopAt its constant
 * @param scales at which images are looked at; the first is also the scale of full training; empty until they are chosen by
 *            the images' size, see {@link #forImagesOf}
 * @param mirrored whether each is looked at mirrored too
 * @param eraseUntagged whether images without tags lose regions too, so that a hole does not give a tag away
 * @param learning how a classifier is trained
 * @param mining which pixels of a map are mined
 * @param seed of everything random
 * @param engine device, threads and memory
 * @param cache bytes of features that may be held in memory
 * @param disk bytes of features that may be held on disk; beyond, they are computed again where they are needed
 * @param recorded the settings that bear on the result, as texts, for {@code run.json}
 */
public record ErasingSettings(Path images, Path output, String format, String split, Backbone backbone, String weights, int stride,
        Training training, CamHead.Kind head, int rounds, StopRule stopRule, double stopAt, List<Double> scales, boolean mirrored,
        boolean eraseUntagged, Learning learning, Mining mining, long seed, EngineSettings engine, long cache, long disk,
        Map<String, String> recorded) {

    /** What a round trains. */
    public enum Training {

        /** Only the head, on the features of a frozen pretrained trunk: minutes on a laptop. */
        HEAD,
        /** The whole network: as in the paper; with a large network it wants a GPU. */
        FULL
    }

    /** When {@code rounds=auto} stops; the round that failed is kept but not merged. The first round is always merged. */
    public enum StopRule {

        /** When the average precision on held-out erased images falls below {@code stopAt}. */
        AVERAGE_PRECISION,
        /** When the training loss rises to more than {@code stopAt} times that of the round before, as in the paper. */
        LOSS
    }

    /** As many rounds as the paper merges; more took time and did not help. */
    private static final int MOST_ROUNDS = 3;

    /** The training loss tells that a round was too many only when that round is trained. */
    private static final int MOST_ROUNDS_BY_LOSS = 8;

    private static final double LONGEST_SIDE = 640;
    private static final long MEGABYTE = 1 << 20;

    // These say where and with what means, not what comes out.
    private static final Set<String> NOT_RECORDED =
            Set.of("images", "output", "device", "threads", "memory", "cache", "disk", "weights");

    /**
     * Reads settings given as texts by name; those that are missing or empty have the preset's value.
     *
     * @throws UserException for the first one that is wrong, naming it and what it may be
     */
    public static ErasingSettings parse(Map<String, String> given) {
        SettingsText text = new SettingsText(Presets.of(given), given);
        Path images = text.path("images", "the folder of tagged images");
        Path output = text.path("output", "the folder that the run is to be written to");
        if (output.startsWith(images) || RealPath.of(output).startsWith(RealPath.of(images)))
            throw new UserException("The output " + output + " lies in the images' folder, where nothing is ever written. Choose "
                    + "another output.");
        Backbone backbone = Backbone.named(text.text("backbone"));
        int stride = (int) text.whole("stride", 1, 64);
        backbone.trunk(stride);
        Training training = text.choice("training", Training.class);
        CamHead.Kind head = text.choice("head", CamHead.Kind.class);
        checkTraining(backbone, training, head, text.text("weights"));
        int rounds = (int) text.wholeOr("rounds", 1, 100, "auto", 0);
        StopRule stopRule = text.choice("stop_rule", StopRule.class);
        double stopAt = stopRule == StopRule.LOSS ? text.number("stop_at", 1, 100) : text.number("stop_at", 0, 1);
        Mining mining = Mining.parse(text);
        int threads = (int) text.whole("threads", 0, 1024);
        if (threads == 0)
            threads = Runtime.getRuntime().availableProcessors();
        EngineSettings engine = new EngineSettings(text.choice("device", EngineSettings.Device.class), threads,
                text.whole("memory", 0, 1 << 24) * MEGABYTE);
        return new ErasingSettings(images, output, text.text("format"), text.text("split"), backbone, text.text("weights"), stride,
                training, head, rounds, stopRule, stopAt, scales(text), text.flag("mirrored"),
                text.flag("erase_untagged"), learning(text, training), mining, text.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                engine, text.whole("cache", 0, 1 << 24) * MEGABYTE, text.whole("disk", 0, 1L << 34) * MEGABYTE, recorded(text, given));
    }

    private static List<Double> scales(SettingsText text) {
        return text.text("scales").equals("auto") ? List.of() : text.numbers("scales", 0.1, 8);
    }

    private static void checkTraining(Backbone backbone, Training training, CamHead.Kind head, String weights) {
        if (training == Training.HEAD && backbone == Backbone.SMALL && weights.equals("none"))
            throw new UserException("The setting training=head learns on the features of a pretrained network, and for backbone=small "
                    + "there is none. Give training=full, or another backbone.");
        if (training == Training.HEAD && weights.equals("none"))
            throw new UserException("The setting training=head learns on the features of a pretrained network, but weights=none. "
                    + "Give weights=download or a file, or training=full.");
        if (training == Training.HEAD && head == CamHead.Kind.CONVOLUTIONAL)
            throw new UserException("The setting head=convolutional needs training=full: with training=head only a linear head is "
                    + "trained. Give head=linear, or training=full.");
    }

    private static Learning learning(SettingsText text, Training training) {
        double rate = text.number("learning_rate", 1e-9, 100);
        double decay = text.number("weight_decay", 0, 1);
        Optimizer optimizer = switch (text.choice("optimizer", Kind.class)) {
            case SGD -> new Optimizer.Sgd(rate, 0.9, decay);
            case ADAM -> new Optimizer.Adam(rate, decay);
        };
        double newLayerFactor = text.text("weights").equals("none") ? 1 : 10;
        return new Learning(text.choice("loss", TagLoss.class), text.number("dense_negatives", 0, 1000),
                (int) text.whole("negative_cells", 1, 100000), (int) text.whole("epochs", 1, 100000),
                (int) text.whole("batch", 1, 4096), optimizer, newLayerFactor, (int) text.whole("crop", 32, 4096));
    }

    private enum Kind {
        SGD, ADAM
    }

    /** Called when all have been read, since reading makes one text of what means the same. */
    private static Map<String, String> recorded(SettingsText text, Map<String, String> given) {
        Map<String, String> recorded = new TreeMap<>();
        for (String key : Presets.of(given).keySet())
            if (!NOT_RECORDED.contains(key))
                recorded.put(key, text.text(key));
        return new LinkedHashMap<>(recorded);
    }

    /**
     * The settings with the scale that {@code scales=auto} means for images of this size: what brings their longer side to about
     * 640 pixels, 1 to 4 in steps of a quarter. Small pictures give sharper maps when they are enlarged.
     *
     * @param longestSide of the median image, in pixels
     */
    ErasingSettings forImagesOf(int longestSide) {
        if (!scales.isEmpty())
            return this;
        double scale = Math.max(1, Math.min(4, Math.rint(4 * LONGEST_SIDE / longestSide) / 4));
        return with(List.of(scale), recorded).record("scales", SettingsText.plain(scale));
    }

    /** How many rounds are made, or, with {@code rounds=auto}, how many at most. */
    int mostRounds() {
        return rounds > 0 ? rounds : stopRule == StopRule.LOSS ? MOST_ROUNDS_BY_LOSS : MOST_ROUNDS;
    }

    /** The settings with one more recorded, such as the checksum of the weights' file. */
    ErasingSettings record(String key, String value) {
        Map<String, String> more = new TreeMap<>(recorded);
        more.put(key, value);
        return with(scales, new LinkedHashMap<>(more));
    }

    private ErasingSettings with(List<Double> newScales, Map<String, String> newRecorded) {
        return new ErasingSettings(images, output, format, split, backbone, weights, stride, training, head, rounds, stopRule,
                stopAt, newScales, mirrored, eraseUntagged, learning, mining, seed, engine, cache, disk, newRecorded);
    }
}
