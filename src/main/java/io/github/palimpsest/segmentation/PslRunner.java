package io.github.palimpsest.segmentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.network.SegmentationNetwork;
import io.github.palimpsest.network.Taps;
import io.github.palimpsest.network.Training;
import io.github.palimpsest.network.View;
import io.github.palimpsest.segmentation.SegmentationRecord.PassRecord;
import io.github.palimpsest.segmentation.masks.MaskStatistics;
import io.github.palimpsest.segmentation.masks.PartSearch;
import io.github.palimpsest.segmentation.masks.Parts;
import io.github.palimpsest.segmentation.model.ModelDescription;
import io.github.palimpsest.segmentation.model.SegmentationModel;
import io.github.palimpsest.store.TagColours;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Tensor;

/** The way from a run to a model, step by step; each leaves files from which the next attempt goes on. */
final class PslRunner implements AutoCloseable {

    /** From this share of unlabelled pixels on, the online mask has something to add. */
    private static final double MUCH_UNLABELLED = 0.5;

    private final SegmentationContext context;
    private final SegmentationState state;
    private final TrunkFeatures features;

    PslRunner(SegmentationContext context, SegmentationState state) {
        this.context = context;
        this.state = state;
        this.features = new TrunkFeatures(context.images(), context.trunk(), kept(context),
                List.copyOf(context.network().standardisations().values()), views(context), context.engine(),
                context.pool().threads(), TrunkFeatures.scratch(context.result()), context.settings().disk());
    }

    /** The images as they are applied to first; a network that learns as a whole reads pixels for the rest. */
    private static List<View> views(SegmentationContext context) {
        Set<Double> scales = new LinkedHashSet<>(List.of(context.scale()));
        if (context.training() != Training.FULL)
            scales.addAll(context.trainingScales());
        return View.all(List.copyOf(scales), true);
    }

    /** What training reads and the choice of the masks looks at. */
    private static List<String> kept(SegmentationContext context) {
        SegmentationNetwork network = context.network();
        Taps taps = context.trunk().trunk().taps();
        Set<String> kept = new LinkedHashSet<>(List.of(taps.middle()));
        if (context.settings().masks().parted() && PartSearch.isNeeded(context.images().record()))
            kept.add(taps.lastBlocks());
        if (context.training() != Training.FULL) {
            kept.addAll(network.inputsOf(Training.HEAD));
            kept.addAll(network.inputsOf(context.training()));
        }
        return List.copyOf(kept);
    }

    void run(Progress progress) {
        int last = context.settings().passes();
        boolean done = state.record().passes().size() > last && pass(last).isTrained();
        if (!done)
            features.fill(context.pool(), progress.part(0, 0.3, ""));
        masks(progress.part(0.3, 0.42, ""));
        for (int pass = 0; pass <= last; pass++)
            pass(pass, last, progress.part(0.42 + 0.53 * pass / (last + 1), 0.42 + 0.53 * (pass + 1) / (last + 1), ""));
        Pass end = pass(last);
        finish(end.isTrained() ? end.trained() : end.train(Progress.silent()), progress.part(0.95, 1, ""));
    }

    private Pass pass(int pass) {
        return new Pass(context, features, pass, pass == context.settings().passes(), online(pass));
    }

    /** Does a pass, or what is missing of it for the next one. */
    private void pass(int pass, int last, Progress progress) {
        Pass work = pass(pass);
        int ended = state.record().passes().size();
        if (ended == pass) {
            PassRecord done = work.run(progress);
            state.update(record -> record.withPass(done).withWarnings(work.warnings()));
            progress.say(String.format(Locale.ROOT, "Pass %d: loss %.3f; of its masks' pixels it labels %.1f %% otherwise.",
                    done.pass(), done.loss(), 100 * done.changed()));
        } else if (ended == pass + 1 && pass < last) {
            work.restore(progress);
        }
    }

    /** Chooses how masks are made, unless it is chosen, and makes those that are missing. */
    private void masks(Progress progress) {
        MaskMaking making = new MaskMaking(context, features);
        if (state.record().masks() == null)
            state.update(record -> record.withMasks(making.choose(progress.part(0, 0.5, ""))));
        progress.say(state.record().masks().sentence());
        Parts parts = parts(making, progress.part(0.5, 0.6, ""));
        MaskStatistics statistics = making.make(state.record().masks().best(), parts, progress.part(0.6, 1, ""));
        if (state.record().statistics() == null) {
            List<String> warnings = statistics.warnings();
            warnings.forEach(progress::warn);
            String decision = decision(statistics);
            state.update(record -> record.withStatistics(statistics, decision).withWarnings(warnings));
        }
        progress.say(state.record().psl());
    }

    /** Found anew where masks are missing, but told once. */
    private Parts parts(MaskMaking making, Progress progress) {
        boolean told = state.record().parts() != null;
        if (told && making.areMade())
            return Parts.none();
        Parts parts = making.parts(state.record().masks().best(), progress);
        if (!told)
            state.update(record -> record.withParts(parts.sentences()));
        parts.sentences().forEach(progress::say);
        return parts;
    }

    private String decision(MaskStatistics statistics) {
        double unlabelled = statistics.unlabelledShare();
        String share = String.format(Locale.ROOT, "%.0f %% of the masks' pixels are unlabelled", 100 * unlabelled);
        return switch (context.settings().psl()) {
            case ON -> "PSL is on, as it was set; " + share + ".";
            case OFF -> "PSL is off, as it was set; " + share + ".";
            case AUTO -> unlabelled >= MUCH_UNLABELLED ? "PSL is on: " + share + ", about which the online mask has something to say."
                    : "PSL is off: only " + share + ", and on such masks it would rather do harm.";
        };
    }

    private boolean online(int pass) {
        return switch (context.settings().psl()) {
            case ON -> true;
            case OFF -> false;
            // The masks of later passes are dense.
            case AUTO -> pass == 0 && state.record().statistics().unlabelledShare() >= MUCH_UNLABELLED;
        };
    }

    private void finish(Pass.Trained trained, Progress progress) {
        TagHeadTrainer trainer = new TagHeadTrainer(pooled(trained, progress.part(0, 0.5, "")), tagsOfImages(),
                context.tags().size(), TagHeadTrainer.Settings.DEFAULT);
        TagHeadTrainer.Result tagHead = trainer.train(context.seed(0, 'V'), context.pool(), progress.part(0.5, 0.9, ""));
        double precision = IntStream.range(0, context.tags().size()).mapToDouble(t -> tagHead.averagePrecision()[t])
                .filter(p -> !Double.isNaN(p)).average().orElse(Double.NaN);
        Map<String, Tensor> weights = new LinkedHashMap<>(trained.weights());
        weights.put(SegmentationNetwork.TAGS + "/kernel", tagHead.head().kernel());
        weights.put(SegmentationNetwork.TAGS + "/bias", tagHead.head().bias());
        weights.keySet().retainAll(context.network().whole().weights().keySet());
        new SegmentationModel(ModelDescription.of(context.network(), context.tags(), TagColours.of(context.tags().size()),
                context.scale(), context.tagScale(), true, TagRule.of(tagsOfImages(), context.settings().tagThreshold()),
                context.settings().masks().crf(), trainedHow()), weights).write(context.result().model());
        state.update(record -> record.finished(precision));
        progress.say(String.format(Locale.ROOT, "Model: %s (tags of held-out images: average precision %.3f).",
                context.result().model(), precision));
    }

    /** The means of the trunk's last features, as the trunk is in the end, of images at the scale at which tags are told. */
    private float[][] pooled(Pass.Trained trained, Progress progress) {
        boolean sameScale = context.tagScale() == context.scale();
        if (trained.training() == Training.HEAD && sameScale && features.areFilled())
            return features.pooled();
        Training from = trained.training() == Training.HEAD || !sameScale ? Training.FULL : trained.training();
        NetworkInputs inputsOfTrunk = from == Training.FULL ? NetworkInputs.pixels(context, context.tagScale())
                : NetworkInputs.of(context, from, features);
        List<String> inputs = from == Training.FULL ? List.of("image") : List.of(context.trunk().trunk().taps().lastBlocks());
        String top = context.trunk().trunk().features();
        NetworkSpec spec = context.trunk().trunk().spec().part(inputs, List.of(top));
        float[][] pooled = new float[context.images().size()][];
        try (AnswerPool answers = new AnswerPool(context.engine(), spec, trained.weights(),
                inputsOfTrunk, context.pool().threads())) {
            List<Integer> all = IntStream.range(0, pooled.length).boxed().toList();
            context.pool().inOrder(all, (image, worker) -> ChannelMoments.means(answers.of(image, top, worker)),
                    (means, image) -> pooled[image] = means, progress, "features for the tags");
        }
        return pooled;
    }

    private List<List<Integer>> tagsOfImages() {
        List<List<Integer>> tags = new ArrayList<>();
        for (int i = 0; i < context.images().size(); i++)
            tags.add(context.images().tags(i));
        return tags;
    }

    private Map<String, String> trainedHow() {
        Map<String, String> how = new LinkedHashMap<>(state.record().settings());
        how.put("images", Integer.toString(context.images().size()));
        how.put("engine", state.record().engine());
        how.put("device", state.record().device());
        return how;
    }

    @Override
    public void close() {
        features.close();
    }
}
