package io.github.palimpsest.erasing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.network.ForwardPool;
import io.github.palimpsest.network.View;
import io.github.palimpsest.store.Safetensors;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.Seed;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/** {@code training=head}: the frozen trunk's features of every image are computed once, and a linear head is trained on them. */
final class HeadRound implements RoundClassifier {

    /** Cells are drawn anew in each epoch from four times as many that are kept. */
    private static final int KEPT_PER_USED = 4;

    private final RoundContext context;
    private final int round;
    private final RoundImages images;
    private final List<View> views;
    private final ForwardPool trunk;
    private final FeatureCache features;
    private HeadClassifier classifier;

    /** @param cache an empty folder for what need not outlive the round */
    HeadRound(RoundContext context, int round, Path cache) {
        this.context = context;
        this.round = round;
        this.images = context.images(round);
        this.views = context.views();
        this.trunk = new ForwardPool(context.engine(), context.trunk().spec(), context.trunk().backbone(),
                context.trunkWeights(), context.pool().threads());
        this.features = new FeatureCache(cache, context.trunk().channels(), context.settings().disk());
    }

    @Override
    public Training train(Progress progress) {
        Learning learning = context.settings().learning();
        int keep = learning.denseNegatives() > 0 ? KEPT_PER_USED * learning.negativeCells() : 1;
        try (TrainingCells cells = new TrainingCells(features.folder(), context.trunk().channels(), keep,
                context.settings().cache())) {
            context.pool().inOrder(context.images(), (image, worker) -> compute(image, worker), (views, i) -> {
                cells.add(views, Seed.random(context.seed(round, 'C'), i));
                if (!context.images().get(i).tags().isEmpty())
                    features.put(i, views);
            }, progress.part(0, 0.7, ""), "features");
            HeadTrainer trainer = new HeadTrainer(cells, context.tags(), context.tagNames().size(), context.fold(), learning);
            HeadTrainer.Result result = trainer.train(context.engine(), context.seed(round, 'T'), context.threads(),
                    progress.part(0.7, 1, ""));
            classifier = result.classifier();
            new Safetensors(classifier.weights(), Map.of()).write(context.run().classifier(round));
            return new Training(result.losses(), result.heldOut());
        }
    }

    private List<Tensor> compute(TaggedImage image, int worker) {
        return trunk.outputs(images.read(image), views, worker);
    }

    @Override
    public Tensor activation(int index, int worker) {
        TaggedImage image = context.images().get(index);
        List<Tensor> computed = features.has(index) ? features.get(index) : compute(image, worker);
        HeadClassifier head = classifier();
        return ScoreMaps.activation(computed.stream().map(f -> head.maps(f, image.tags())).toList(), views);
    }

    private synchronized HeadClassifier classifier() {
        if (classifier == null)
            classifier = stored();
        return classifier;
    }

    private HeadClassifier stored() {
        Path file = context.run().classifier(round);
        Map<String, Tensor> weights = Safetensors.read(file).tensors();
        int tags = context.tagNames().size();
        Tensor kernel = weights.get(HeadClassifier.KERNEL);
        Tensor bias = weights.get(HeadClassifier.BIAS);
        if (kernel == null || bias == null || !kernel.hasShape(tags, context.trunk().channels(), 1, 1) || !bias.hasShape(tags))
            throw new UserException(file + " is not a classifier of this run. Delete it and run the same command again.");
        return HeadClassifier.of(weights);
    }

    @Override
    public void close() {
        trunk.close();
        features.close();
    }
}
