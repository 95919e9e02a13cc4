package io.github.palimpsest.segmentation;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.network.PretrainedTrunk;
import io.github.palimpsest.network.Trunk;
import io.github.palimpsest.network.WeightsSource;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.Safetensors;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/** The network that a segmentation begins with: the one that the run's classifiers began with. */
final class TrunkOfRun {

    private static final String WEIGHTS = "weights";

    private TrunkOfRun() {}

    /**
     * Loads it. Where the run began without weights, these are of its first classifier, which saw the images whole.
     *
     * @throws UserException if the weights cannot be had, or are not those that the run was made with
     */
    static PretrainedTrunk load(SegmentationSettings settings, RunFolder run, RunRecord record, Progress progress) {
        String identity = record.settings().getOrDefault(WEIGHTS, WeightsSource.NONE);
        if (identity.equals(WeightsSource.NONE)) {
            if (!List.of(WeightsSource.NONE, WeightsSource.DOWNLOAD).contains(settings.weights()))
                throw new UserException("The run in " + run.root() + " was made without pretrained weights, so that weights="
                        + settings.weights() + " does not fit it. Leave out weights, or begin a run with these.");
            return firstClassifier(settings, run);
        }
        PretrainedTrunk trunk = PretrainedTrunk.load(new WeightsSource(settings.backbone(), settings.weights()), settings.stride(),
                progress);
        if (!trunk.identity().equals(identity))
            throw new UserException("The run in " + run.root() + " was made with other pretrained weights than weights="
                    + settings.weights() + ". Give the file that train-ae was given.");
        return trunk;
    }

    private static PretrainedTrunk firstClassifier(SegmentationSettings settings, RunFolder run) {
        if (!Files.exists(run.classifier(1)))
            throw new UserException(run.classifier(1) + " is missing, which the run wrote. Restore it, or begin a new run.");
        Trunk trunk = settings.backbone().trunk(settings.stride());
        Map<String, Tensor> weights = new LinkedHashMap<>(Safetensors.read(run.classifier(1)).tensors());
        weights.keySet().retainAll(trunk.spec().weights().keySet());
        trunk.spec().weights().forEach((name, shape) -> {
            if (!weights.containsKey(name) || !weights.get(name).hasShape(shape))
                throw new UserException(run.classifier(1) + " does not hold the run's first classifier (" + name
                        + " is missing or of another shape). Restore it, or begin a new run.");
        });
        return new PretrainedTrunk(trunk, weights, "classifier of round 1");
    }
}
