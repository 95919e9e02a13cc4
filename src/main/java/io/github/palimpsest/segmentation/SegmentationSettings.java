package io.github.palimpsest.segmentation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.network.SegmentationNetwork.Head;
import io.github.palimpsest.network.Training;
import io.github.palimpsest.segmentation.PslLoss.Prohibition;
import io.github.palimpsest.segmentation.SegmentationLearning.Schedule;
import io.github.palimpsest.segmentation.masks.MaskSettings;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.UserException;

/**
 * Everything that {@link ProhibitiveSegmentationLearning} is told.
 *
 * @param run the folder of the run that regions come from
 * @param result the folder that masks, passes and the model are written to; usually the run's own
 * @param images the folder of the run's images, if it is not where the run found them; else null
 * @param backbone of the run
 * @param stride of the trunk
 * @param weights of the trunk: a file, or {@code download}
 * @param masks how training masks are made
 * @param head what lies between trunk and labels
 * @param training how much of the network learns
 * @param psl whether the online mask takes part
 * @param passes of PSL++, after the first training
 * @param base how each pass is trained; the online mask is that of {@code use_psl=on}
 * @param fine how the last blocks are trained in the end, with {@code training=last}
 * @param jitter factors of that scale at which images are learnt from, one drawn for each image and epoch
 * @param scaleGiven at which images are looked at; 0 = by their size, see {@link #scale}
 * @param tagThreshold the confidence above which a new image has a tag
 * @param seed of everything random
 * @param engine device, threads and memory
 * @param disk bytes of features that may be held on disk
 * @param settings those that bear on the result, as texts, for {@code segmentation.json}
 */
public record SegmentationSettings(Path run, Path result, Path images, Backbone backbone, int stride, String weights,
        MaskSettings masks, Head head, Training training, Psl psl, int passes, SegmentationLearning base, Fine fine,
        List<Double> jitter, double scaleGiven, double tagThreshold, long seed, EngineSettings engine, long disk, Map<String, String> settings) {

    /** Whether the online mask of prohibitive segmentation learning takes part. */
    public enum Psl {
        /** Where the masks leave much unlabelled. */
        AUTO,
        /** Always. */
        ON,
        /** Never: plain training on the masks. */
        OFF
    }

    /**
     * How the last blocks are trained.
     *
     * @param epochs 0 for not at all
     * @param rate of the head; the blocks learn at {@link #TRUNK} times that
     */
    public record Fine(int epochs, double rate) {

        /** The pretrained blocks' share of the head's learning rate. */
        static final double TRUNK = 0.4;
    }

    private static final double LONGEST_SIDE = 480;
    private static final double MOST_ENLARGED = 3;
    private static final double MOST_ENLARGED_FOR_TAGS = 1.5;
    private static final long MEGABYTE = 1 << 20;

    /**
     * How long a pass is trained with {@code epochs=auto}. Seen more often, images are learnt by heart, with what is wrong in their
     * masks; after fewer steps, rare tags are not known yet.
     *
     * @param epochs at least
     * @param steps at least
     */
    private record Course(int epochs, int steps) {

        static Course of(Backbone backbone) {
            return backbone == Backbone.SMALL ? new Course(6, 60) : new Course(7, 250);
        }

        int epochs(int images, int batch) {
            int stepsPerEpoch = Math.max(1, (images + batch - 1) / batch);
            return Math.max(epochs, (steps + stepsPerEpoch - 1) / stepsPerEpoch);
        }
    }

    // These say where and with what means, not what comes out.
    private static final Set<String> NOT_RECORDED =
            Set.of("output", "result", "images", "device", "threads", "memory", "disk", "weights");

    /**
     * Reads settings given as texts by name; those that are missing or empty have the preset's value, or the run's.
     *
     * @throws UserException for the first one that is wrong, naming it and what it may be, or if there is no run
     */
    public static SegmentationSettings parse(Map<String, String> given) {
        RunFolder run = new RunFolder(new SettingsText(Map.of(), given).path("output", "the folder of the run"));
        return parse(given, run, RunImages.record(run));
    }

    /**
     * Makes sure that settings are sound before there is a run, which may take hours.
     *
     * @param run what the run will be told, by name
     * @throws UserException for the first one that is wrong, naming it and what it may be
     */
    public static void requireSound(Map<String, String> given, Map<String, String> run, int threads) {
        RunFolder folder = new RunFolder(new SettingsText(Map.of(), given).path("output", "the folder of the run"));
        MaskSettings masks = parse(given, folder, new RunRecord(RunRecord.FORMAT, "", "", run, "", "", threads, "", List.of(),
                List.of(0.0, 0.0, 0.0), List.of(), List.of(), List.of(), List.of(), false)).masks();
        if (masks.kind() != null)
            masks.cue();
    }

    private static SegmentationSettings parse(Map<String, String> given, RunFolder run, RunRecord record) {
        Map<String, String> preset = SegmentationPresets.of(given, record);
        SettingsText text = new SettingsText(preset, given);
        Backbone backbone = Backbone.named(record.settings().getOrDefault("backbone", "mobilenet_v2"));
        Training training = text.choice("training", Training.class);
        int threads = (int) text.whole("threads", 0, 1024);
        if (threads == 0)
            threads = Runtime.getRuntime().availableProcessors();
        EngineSettings engine = new EngineSettings(text.choice("device", EngineSettings.Device.class), threads,
                text.whole("memory", 0, 1 << 24) * MEGABYTE);
        Path result = text.text("result").isEmpty() ? run.root() : text.path("result", "the folder for the result");
        Path images = text.text("images").isEmpty() ? null : text.path("images", "the folder of the images");
        double scale = text.numberOr("scale", 0.1, 8, "auto").orElse(0);
        SegmentationSettings settings = new SegmentationSettings(run.root(), result, images, backbone,
                backbone.defaultOutputStride(),
                text.text("weights"), MaskSettings.parse(text), text.choice("head", Head.class), training,
                text.choice("use_psl", Psl.class), (int) text.whole("passes", 0, 10),
                learning(text, backbone, record.images().size()),
                new Fine((int) text.whole("fine_tuning", 0, 100000), text.number("fine_rate", 1e-9, 100)),
                text.numbers("jitter", 0.25, 4), scale,
                text.number("tag_threshold", 0, 1), text.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE), engine,
                text.whole("disk", 0, 1L << 34) * MEGABYTE, Map.of());
        UnusedSettings.requireNone(given, text);
        return settings.with(recordedTexts(text, preset));
    }

    private static SegmentationLearning learning(SettingsText text, Backbone backbone, int images) {
        double rate = text.number("learning_rate", 1e-9, 100);
        double decay = text.number("weight_decay", 0, 1);
        Optimizer optimizer = switch (text.choice("optimizer", Kind.class)) {
            case SGD -> new Optimizer.Sgd(rate, 0.9, decay);
            case ADAM -> new Optimizer.Adam(rate, decay);
        };
        double newLayerFactor = text.choice("training", Training.class) == Training.FULL && !text.text("weights").equals("none")
                ? 10 : 1;
        int batch = (int) text.whole("batch", 1, 4096);
        int epochs = (int) text.wholeOr("epochs", 1, 100000, "auto", 0);
        if (epochs == 0)
            epochs = Course.of(backbone).epochs(images, batch);
        int onlineFrom = (int) text.wholeOr("psl_from", 1, 100000, "auto", epochs / 2 + 1);
        return new SegmentationLearning(epochs, batch, optimizer,
                newLayerFactor, text.choice("schedule", Schedule.class), text.choice("confidence", Confidence.class).prohibition,
                text.number("psl_weight", 0, 100), onlineFrom, 1, (int) text.whole("crop", 32, 4096));
    }

    private enum Kind {
        SGD, ADAM
    }

    private enum Confidence {
        PREDICTED(Prohibition.PREDICTED), TRUE_TAGS(Prohibition.TRUE_TAGS), WITHOUT_V(Prohibition.WITHOUT_V);

        private final Prohibition prohibition;

        Confidence(Prohibition prohibition) {
            this.prohibition = prohibition;
        }
    }

    /** Called when all have been read, since reading makes one text of what means the same. */
    private static Map<String, String> recordedTexts(SettingsText text, Map<String, String> preset) {
        Map<String, String> recorded = new TreeMap<>();
        for (String key : preset.keySet())
            if (!NOT_RECORDED.contains(key))
                recorded.put(key, text.text(key));
        return new LinkedHashMap<>(recorded);
    }

    private SegmentationSettings with(Map<String, String> recorded) {
        return new SegmentationSettings(run, result, images, backbone, stride, weights, masks, head, training, psl, passes, base,
                fine, jitter, scaleGiven, tagThreshold, seed, engine, disk, recorded);
    }

    /** How a pass is trained. */
    SegmentationLearning learning(boolean online) {
        return online ? base : base.with(Prohibition.OFF);
    }

    /** How the last blocks are trained in the end. */
    SegmentationLearning fineTuning(boolean online) {
        return learning(online).then(fine.epochs(), base.optimizer().withLearningRate(Fine.TRUNK * fine.rate()), 1 / Fine.TRUNK);
    }

    /**
     * The factor of height and width at which images are looked at: what brings the longer side of the median image to about 480
     * pixels, but at most three; a network that is trained from scratch takes images as they are.
     */
    double scale(int longestSide) {
        if (scaleGiven > 0)
            return scaleGiven;
        return backbone == Backbone.SMALL ? 1 : Math.min(MOST_ENLARGED, LONGEST_SIDE / longestSide);
    }

    /**
     * The factor at which images are looked at for their tags: that of their labels, but at most one and a half. Borders want a
     * fine grid of cells; what a thing is, a pretrained network tells best at about the size at which it was trained to.
     */
    static double tagScale(double scale) {
        return Math.min(MOST_ENLARGED_FOR_TAGS, scale);
    }
}
