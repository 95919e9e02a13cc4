package io.github.palimpsest.segmentation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.github.palimpsest.crf.DenseCrf;
import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.network.Activations;
import io.github.palimpsest.network.Checkpoint;
import io.github.palimpsest.network.SegmentationNetwork;
import io.github.palimpsest.network.Training;
import io.github.palimpsest.segmentation.SegmentationRecord.PassRecord;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.TagColours;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Tensor;

/**
 * One pass: a network is trained from fresh weights on masks, then says what it sees in the training images, given their tags;
 * refined by the CRF, that makes the masks of the next pass (PSL++).
 */
final class Pass {

    private static final String FINE_TUNED = "fine_tuning";

    private final SegmentationContext context;
    private final TrunkFeatures features;
    private final int pass;
    private final boolean last;
    private final boolean online;
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param features null where the whole network is trained
     * @param last whether none follows
     * @param online whether the online mask takes part
     */
    Pass(SegmentationContext context, TrunkFeatures features, int pass, boolean last, boolean online) {
        this.context = context;
        this.features = features;
        this.pass = pass;
        this.last = last;
        this.online = online;
    }

    /** What the network's weights are in the end, and what was trained to get there. */
    record Trained(Training training, Map<String, Tensor> weights) {}

    /** Where the masks are that this pass learns from. */
    private IntFunction<Path> masks() {
        RunFolder result = context.result();
        return image -> pass == 0 ? result.mask(context.images().name(image))
                : result.prediction(pass - 1, context.images().name(image));
    }

    /** Trains, and predicts the training images. */
    PassRecord run(Progress progress) {
        Trained trained = train(progress.part(0, 0.75, ""));
        double loss = lastLoss();
        Change change = new Change(context.tags());
        predict(trained, change, progress.part(0.75, 1, ""));
        return new PassRecord(pass, loss, change.share(), change.byTag());
    }

    List<String> warnings() {
        return warnings;
    }

    /** The network of this pass, trained now or before. */
    Trained train(Progress progress) {
        SegmentationSettings settings = context.settings();
        Training first = context.firstTraining();
        boolean fineTuned = last && settings.training() == Training.LAST && settings.fine().epochs() > 0;
        Map<String, Tensor> weights = new LinkedHashMap<>(context.trunkWeights());
        weights.putAll(context.network().initialWeights());
        weights.put(SegmentationNetwork.CLASSIFICATION + "/bias", logOdds());
        weights.putAll(standardisation());
        weights.putAll(train(first, settings.learning(online), weights, context.result().passCheckpoint(pass),
                context.result().passLog(pass), 'T', progress.part(0, fineTuned ? 0.6 : 1, "pass " + pass)));
        if (!fineTuned)
            return new Trained(first, weights);
        Path folder = context.result().pass(pass);
        weights.putAll(train(Training.LAST, settings.fineTuning(online), weights, folder.resolve(FINE_TUNED + ".safetensors"),
                folder.resolve(FINE_TUNED + ".csv"), 'L', progress.part(0.6, 1, "pass " + pass + ", last blocks")));
        return new Trained(Training.LAST, weights);
    }

    /** The classification branch begins with how many images have each tag: to learn that first would take it half the epochs. */
    private Tensor logOdds() {
        int[] counts = new int[context.tags().size()];
        for (int image = 0; image < context.images().size(); image++)
            for (int tag : context.images().tags(image))
                counts[tag]++;
        Tensor bias = Tensor.zeros(counts.length);
        for (int t = 0; t < counts.length; t++)
            bias.data()[t] = (float) Math.log((counts[t] + 0.5) / (context.images().size() - counts[t] + 0.5));
        return bias;
    }

    private Map<String, Tensor> standardisation() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        context.network().standardisations().forEach((node, tap) -> {
            ChannelMoments moments = features.moments(tap);
            weights.put(node + "/mean", moments.mean());
            weights.put(node + "/variance", moments.variance());
        });
        return weights;
    }

    private Map<String, Tensor> train(Training training, SegmentationLearning learning, Map<String, Tensor> weights,
            Path checkpoint, Path log, char purpose, Progress progress) {
        NetworkSpec spec = context.network().trained(training);
        Set<String> frozen = new TreeSet<>(context.network().frozen(training));
        TrainingExamples examples = training == Training.FULL
                ? new CropExamples(context.images(), context.trunk().trunk().backbone(), context.scale(), learning.crop(),
                        context.network().stride(), masks())
                : new FeatureExamples(features, context.network().inputsOf(training), finest(), context.images(), masks());
        int perPass = training == Training.FULL
                ? Activations.imagesPerPass(spec, frozen, learning.crop(), learning.batch(),
                        context.settings().engine().maxBytes() / 2)
                : learning.batch();
        SegmentationTrainer trainer = new SegmentationTrainer(examples, context.tags(), learning, perPass, context.pool());
        try (Network network = context.engine().compile(spec, new Engine.Compilation(context.seed(pass, purpose), frozen,
                context.settings().engine().threads()))) {
            Map<String, Tensor> known = new LinkedHashMap<>(weights);
            known.keySet().retainAll(spec.weights().keySet());
            network.setWeights(known);
            TrainingCourse course = trainer.train(network, context.network().newNodes(), context.seed(pass, purpose + 1),
                    checkpoint, log, progress);
            warnings.addAll(course.warnings());
            return network.weights();
        }
    }

    /** The kept node that has as many cells as the network's answer. */
    private String finest() {
        return context.network().head() == SegmentationNetwork.Head.MULTI_DEPTH ? context.trunk().trunk().taps().shallow()
                : context.trunk().trunk().features();
    }

    private double lastLoss() {
        List<Double> losses = Checkpoint.read(context.result().passCheckpoint(pass)).losses();
        return losses.get(losses.size() - 1);
    }

    private void predict(Trained trained, Change change, Progress progress) {
        List<Integer> all = IntStream.range(0, context.images().size()).boxed().toList();
        DenseCrf crf = new DenseCrf(context.settings().masks().crf());
        try (AnswerPool answers = answers(trained)) {
            context.pool().inOrder(all, (image, worker) -> {
                Path file = context.result().prediction(pass, context.images().name(image));
                if (!Files.exists(file))
                    predict(image, answers.mirroredMean(image, SegmentationNetwork.SEGMENTATION, worker), crf)
                            .write(file, TagColours.of(context.tags().size()));
                return new LabelImage[] { LabelImage.read(masks().apply(image)), LabelImage.read(file) };
            }, (masks, image) -> change.add(masks[0], masks[1]), progress, "pass " + pass + ", training images");
        }
    }

    private AnswerPool answers(Trained trained) {
        return new AnswerPool(context.engine(), context.network().trained(trained.training()), trained.weights(),
                NetworkInputs.of(context, trained.training(), features), context.pool().threads());
    }

    /** The image's own tags only; where the CRF is not sure, nothing is said. */
    private LabelImage predict(int image, Tensor logits, DenseCrf crf) {
        Tensor pixels = context.images().read(image);
        Prediction prediction = Prediction.of(logits, context.images().tags(image), pixels.size(1), pixels.size(2));
        Prediction refined = prediction.refined(crf.refine(pixels, prediction.probabilities(), 1));
        return SureLabels.of(refined, context.settings().masks().sure());
    }
}
