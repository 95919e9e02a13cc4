package io.github.palimpsest.segmentation;

import java.util.List;
import java.util.Map;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.network.PretrainedTrunk;
import io.github.palimpsest.network.SegmentationNetwork;
import io.github.palimpsest.network.Training;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.Seed;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Tensor;

/**
 * What all passes of a training share.
 *
 * @param run that the regions come from
 * @param result where masks, passes and the model are written; usually the run itself
 * @param trunk with the weights that it begins with
 * @param scale at which images are looked at
 */
record SegmentationContext(SegmentationSettings settings, RunFolder run, RunFolder result, RunImages images,
        PretrainedTrunk trunk, SegmentationNetwork network, double scale, Engine engine, WorkerPool pool) {

    List<String> tags() {
        return images.record().tags();
    }

    Map<String, Tensor> trunkWeights() {
        return trunk.weights();
    }

    /** At which images are learnt from. */
    List<Double> trainingScales() {
        return settings.jitter().stream().map(factor -> factor * scale).toList();
    }

    /** At which images are looked at for their tags. */
    double tagScale() {
        return SegmentationSettings.tagScale(scale);
    }

    /** What the last pass ends with. */
    Training training() {
        return settings.training();
    }

    /** What all other passes, and the last one in the beginning, train. */
    Training firstTraining() {
        return settings.training() == Training.FULL ? Training.FULL : Training.HEAD;
    }

    /** A seed for one purpose of one pass. */
    long seed(int pass, long purpose) {
        return Seed.of(settings.seed(), 'P', pass, purpose);
    }
}
