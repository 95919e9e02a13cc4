package io.github.palimpsest.erasing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.network.Activations;
import io.github.palimpsest.network.CamHead;
import io.github.palimpsest.network.ForwardPool;
import io.github.palimpsest.network.View;
import io.github.palimpsest.store.Safetensors;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Tensor;

/** {@code training=full}: the whole network learns, on four fifths of the images; the last fifth tells how well it does. */
final class FullRound implements RoundClassifier {

    private static final int HELD_OUT = 0;

    private final RoundContext context;
    private final int round;
    private final RoundImages images;
    private final List<View> views;
    private final NetworkSpec spec;
    private ForwardPool trained;

    FullRound(RoundContext context, int round) {
        this.context = context;
        this.round = round;
        this.images = context.images(round);
        this.views = context.views();
        this.spec = CamHead.append(context.trunk(), context.settings().head(), context.tagNames().size());
    }

    @Override
    public Training train(Progress progress) {
        ErasingSettings settings = context.settings();
        Learning learning = settings.learning();
        View scale = new View(settings.scales().get(0), false);
        int perPass = Activations.imagesPerPass(spec, frozen(), learning.crop(), learning.batch(), activationMemory());
        NetworkTrainer trainer = new NetworkTrainer(i -> scale.of(images.read(context.images().get(i))), context.tags(),
                settings.backbone(), context.mean(), learning, perPass, context.pool());
        Path checkpoint = context.run().round(round).resolve("checkpoint.safetensors");
        List<Double> losses;
        long seed = context.seed(round, 'T');
        try (Network network = context.engine().compile(spec, new Engine.Compilation(seed, frozen(), context.threads()))) {
            network.setWeights(initialWeights());
            losses = trainer.train(network, newLayers(), learners(), seed, checkpoint, progress.part(0, 0.95, ""));
            new Safetensors(network.weights(), Map.of()).write(context.run().classifier(round));
        }
        return new Training(losses, heldOutScores(progress.part(0.95, 1, "")));
    }

    /** Half of what the engine may take; the other half is for weights and the optimiser. */
    private long activationMemory() {
        return context.settings().engine().maxBytes() / 2;
    }

    private Map<String, Tensor> initialWeights() {
        Map<String, Tensor> weights = new LinkedHashMap<>(context.trunkWeights());
        Tensor bias = Tensor.zeros(context.tagNames().size());
        Arrays.fill(bias.data(), (float) context.settings().learning().loss().initialBias());
        weights.put(HeadClassifier.BIAS, bias);
        return weights;
    }

    /** A pretrained network's statistics are those of its own large training set: small batches would only harm them. */
    private Set<String> frozen() {
        if (context.trunkWeights().isEmpty())
            return Set.of();
        return spec.nodes().values().stream().filter(n -> n.operation() instanceof BatchNormalization)
                .map(NetworkSpec.Node::name).collect(Collectors.toUnmodifiableSet());
    }

    private List<String> newLayers() {
        return spec.nodes().keySet().stream().filter(n -> !context.trunk().spec().nodes().containsKey(n)).toList();
    }

    private List<Integer> learners() {
        return IntStream.range(0, context.images().size()).filter(i -> context.fold()[i] != HELD_OUT).boxed().toList();
    }

    private float[][] heldOutScores(Progress progress) {
        float[][] scores = new float[context.images().size()][];
        List<Integer> heldOut = new ArrayList<>(IntStream.range(0, scores.length).boxed().toList());
        heldOut.removeAll(learners());
        List<Integer> all = IntStream.range(0, context.tagNames().size()).boxed().toList();
        context.pool().inOrder(heldOut, (i, worker) -> maps(i, all, worker), (maps, k) -> {
            float[] mean = new float[all.size()];
            for (Tensor map : maps) {
                double[] pooled = ScoreMaps.pooled(map);
                for (int t = 0; t < mean.length; t++)
                    mean[t] += (float) (pooled[t] / maps.size());
            }
            scores[heldOut.get(k)] = mean;
        }, progress, "held-out images");
        return scores;
    }

    private List<Tensor> maps(int image, List<Integer> tags, int worker) {
        return trained().outputs(images.read(context.images().get(image)), views, worker).stream()
                .map(maps -> ScoreMaps.select(maps, tags)).toList();
    }

    /** Maps are taken without the bias, see {@link HeadClassifier#maps}; the order of a tag's scores does not depend on it. */
    private Map<String, Tensor> withoutBias() {
        Map<String, Tensor> weights = new LinkedHashMap<>(Safetensors.read(context.run().classifier(round)).tensors());
        weights.put(HeadClassifier.BIAS, Tensor.zeros(context.tagNames().size()));
        return weights;
    }

    private synchronized ForwardPool trained() {
        if (trained == null)
            trained = new ForwardPool(context.engine(), spec, context.settings().backbone(), withoutBias(),
                    context.pool().threads());
        return trained;
    }

    @Override
    public Tensor activation(int image, int worker) {
        return ScoreMaps.activation(maps(image, context.images().get(image).tags(), worker), views);
    }

    @Override
    public void close() {
        if (trained != null)
            trained.close();
    }
}
