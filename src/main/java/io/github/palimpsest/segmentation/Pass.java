package io.github.palimpsest.segmentation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.palimpsest.crf.DenseCrf;
import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.network.Activations;
import io.github.palimpsest.network.Checkpoint;
import io.github.palimpsest.network.SegmentationNetwork;
import io.github.palimpsest.network.Training;
import io.github.palimpsest.network.Trunk;
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

    /** What this pass learns from. */
    private ImageMasks masks() {
        RunFolder result = context.result();
        return new ImageMasks(context.images(), image -> pass == 0 ? result.mask(context.images().name(image))
                : result.prediction(pass - 1, context.images().name(image)));
    }

    private ImageMasks predictions() {
        return new ImageMasks(context.images(), image -> context.result().prediction(pass, context.images().name(image)));
    }

    /** Trains, and predicts the training images. */
    PassRecord run(Progress progress) {
        Trained trained = train(progress.part(0, 0.75, ""));
        double loss = lastLoss();
        predict(trained, progress.part(0.75, 0.98, ""));
        Change change = change(progress.part(0.98, 1, ""));
        return new PassRecord(pass, loss, change.share(), change.byTag());
    }

    /** Makes again what is missing of the predictions of a pass that has ended. */
    void restore(Progress progress) {
        if (IntStream.range(0, context.images().size()).allMatch(image -> Files.exists(predictions().file(image))))
            return;
        predict(isTrained() ? trained() : train(progress.part(0, 0.75, "")), progress.part(0.75, 1, ""));
    }

    List<String> warnings() {
        return warnings;
    }

    /** The network of this pass, trained now or before. */
    Trained train(Progress progress) {
        SegmentationSettings settings = context.settings();
        Training first = context.firstTraining();
        boolean fineTuned = isFineTuned();
        Map<String, Tensor> weights = new LinkedHashMap<>(context.trunkWeights());
        weights.putAll(context.network().initialWeights());
        weights.put(SegmentationNetwork.CLASSIFICATION + "/bias", logOdds());
        weights.putAll(standardisation());
        weights.putAll(train(first, settings.learning(online), weights, context.result().passCheckpoint(pass),
                context.result().passLog(pass), 'T', progress.part(0, fineTuned ? 0.6 : 1, "pass " + pass)));
        if (!fineTuned)
            return new Trained(first, weights);
        weights.putAll(train(Training.LAST, settings.fineTuning(online), weights, fineTuned(".safetensors"), fineTuned(".csv"),
                'L', progress.part(0.6, 1, "pass " + pass + ", last blocks")));
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

    private boolean isFineTuned() {
        return last && context.training() == Training.LAST && context.settings().fine().epochs() > 0;
    }

    private Path fineTuned(String extension) {
        return context.result().pass(pass).resolve("fine_tuning" + extension);
    }

    /** Whether the network of this pass, which has ended, is there to be read. */
    boolean isTrained() {
        return Files.exists(context.result().passCheckpoint(pass)) && (!isFineTuned() || Files.exists(fineTuned(".safetensors")));
    }

    /** The network of this pass, which has ended, without training it. */
    Trained trained() {
        Map<String, Tensor> weights = new LinkedHashMap<>(context.trunkWeights());
        weights.putAll(context.network().initialWeights());
        Training training = context.firstTraining();
        weights.putAll(Checkpoint.read(context.result().passCheckpoint(pass), context.network().trained(training)).weights());
        if (isFineTuned()) {
            training = Training.LAST;
            weights.putAll(Checkpoint.read(fineTuned(".safetensors"), context.network().trained(training)).weights());
        }
        return new Trained(training, weights);
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
        TrainingExamples examples = examples(training, learning);
        int perPass = Activations.imagesPerPass(spec, frozen, sides(training, learning), learning.batch(),
                context.settings().engine().maxBytes() / 2);
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

    /** How large a square at each input of a network is that has as many cells as the largest example. */
    private Map<String, Integer> sides(Training training, SegmentationLearning learning) {
        if (training == Training.FULL)
            return Map.of("image", learning.crop());
        double scale = context.trainingScales().stream().mapToDouble(s -> s).max().orElseThrow();
        double side = scale * Math.sqrt(context.images().mostPixels());
        Map<String, Integer> sides = new LinkedHashMap<>();
        for (String node : context.network().inputsOf(training))
            sides.put(node, (int) Math.ceil(side / context.trunk().trunk().strideOf(node)));
        return sides;
    }

    private TrainingExamples examples(Training training, SegmentationLearning learning) {
        int stride = context.network().stride();
        if (training == Training.FULL)
            return new CropExamples(context.images(), context.trunk().trunk().backbone(), context.trainingScales(), learning.crop(),
                    stride, masks());
        // Of the inputs that are not coarser than the answer, the one that is most like it.
        List<String> inputs = context.network().inputsOf(training);
        Trunk trunk = context.trunk().trunk();
        String like = inputs.stream().filter(node -> trunk.strideOf(node) <= stride)
                .max(Comparator.comparingInt(trunk::strideOf)).orElseThrow();
        return new FeatureExamples(features, context.trainingScales(), inputs, like, stride / trunk.strideOf(like), context.images(), masks());
    }

    private double lastLoss() {
        Path checkpoint = isFineTuned() ? fineTuned(".safetensors") : context.result().passCheckpoint(pass);
        List<Double> losses = Checkpoint.read(checkpoint).losses();
        return losses.get(losses.size() - 1);
    }

    /** Writes the predictions that are missing. */
    private void predict(Trained trained, Progress progress) {
        ImageMasks predictions = predictions();
        List<Integer> missing = IntStream.range(0, context.images().size())
                .filter(image -> !Files.exists(predictions.file(image))).boxed().toList();
        DenseCrf crf = new DenseCrf(context.settings().masks().crf());
        List<Integer> colours = TagColours.of(context.tags().size());
        try (AnswerPool answers = answers(trained)) {
            context.pool().inOrder(missing, (image, worker) -> {
                predict(image, answers.mirroredMean(image, SegmentationNetwork.SEGMENTATION, worker), crf)
                        .write(predictions.file(image), colours);
                return image;
            }, (image, i) -> { }, progress, "pass " + pass + ", training images");
        }
    }

    private Change change(Progress progress) {
        ImageMasks before = masks();
        ImageMasks after = predictions();
        Change change = new Change(context.tags());
        List<Integer> all = IntStream.range(0, context.images().size()).boxed().toList();
        context.pool().inOrder(all, (image, worker) -> List.of(before.of(image), after.of(image)),
                (masks, image) -> change.add(masks.get(0), masks.get(1)), progress, "pass " + pass + ", change");
        return change;
    }

    private AnswerPool answers(Trained trained) {
        return new AnswerPool(context.engine(), context.network().trained(trained.training()), trained.weights(),
                NetworkInputs.of(context, trained.training(), features), context.pool().threads());
    }

    /**
     * The image's own tags only. Where the CRF is not sure, or sees another label than the network, nothing is said: alone, each
     * would hand its own mistakes on from pass to pass, the CRF by eating away what is thin or pale.
     */
    private LabelImage predict(int image, Tensor logits, DenseCrf crf) {
        Tensor pixels = context.images().read(image);
        Prediction prediction = Prediction.of(logits, context.images().tags(image), pixels.size(1), pixels.size(2));
        Prediction refined = prediction.refined(crf.refine(pixels, prediction.probabilities(), 1));
        return SureLabels.of(prediction, refined, context.settings().masks().sure());
    }
}
