package io.github.palimpsest.segmentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.network.Activations;
import io.github.palimpsest.network.Checkpoint;
import io.github.palimpsest.segmentation.TrainingExamples.Example;
import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.Seed;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Tensor;

/**
 * Trains a segmentation network by prohibitive segmentation learning, see {@link PslLoss}. After every epoch a
 * checkpoint is written, from which another process goes on to the same bytes as if nothing had happened.
 */
public final class SegmentationTrainer {

    /** The node that gives logits {@code N×(T+1)×h×w}, background first. */
    public static final String SEGMENTATION = "segmentation";

    /** The node that gives logits {@code N×T×1×1}. */
    public static final String CLASSIFICATION = "classification";

    private final TrainingExamples examples;
    private final List<String> tagNames;
    private final SegmentationLearning learning;
    private final int imagesPerPass;
    private final WorkerPool pool;

    /**
     * @param tagNames for sentences, in the labels' order without the background
     * @param imagesPerPass examples that go through the network at a time, see {@link Activations}; at least 1
     * @param pool loads the examples
     * @throws IllegalArgumentException if there are no examples
     */
    public SegmentationTrainer(TrainingExamples examples, List<String> tagNames, SegmentationLearning learning,
            int imagesPerPass, WorkerPool pool) {
        if (examples.size() < 1 || imagesPerPass < 1)
            throw new IllegalArgumentException(examples.size() + " examples, " + imagesPerPass + " at a time");
        this.examples = examples;
        this.tagNames = List.copyOf(tagNames);
        this.learning = learning;
        this.imagesPerPass = imagesPerPass;
        this.pool = pool;
    }

    /**
     * Trains, or goes on from a checkpoint. A label that the network has ceased to give is told as a warning.
     *
     * @param network with its initial weights and the outputs {@link #SEGMENTATION} and {@link #CLASSIFICATION}
     * @param newLayers the nodes that are not pretrained
     * @param checkpoint where it is read from, if it is there, and written to; it holds the result in the end
     * @param log gets a line for each epoch
     * @return what was measured in each epoch, and the warnings that were told, for the record
     * @throws UserException if training diverges, the masks say nothing, or all labels but one have vanished in the
     *             end; the checkpoint is then of the last good epoch, or gone where none was good
     * @throws CancelledException between two examples
     */
    public TrainingCourse train(Network network, Collection<String> newLayers, long seed, Path checkpoint, Path log,
            Progress progress) {
        Map<String, Double> factors = newLayers.stream()
                .collect(Collectors.toMap(n -> n, n -> learning.newLayerFactor()));
        TrainingCourse course = new TrainingCourse(tagNames);
        if (Files.exists(checkpoint)) {
            Checkpoint before = Checkpoint.read(checkpoint, network.spec());
            before.restore(network);
            course = TrainingCourse.of(before, tagNames);
            AtomicFile.writeString(log, course.log());
        }
        for (int epoch = course.epochs(); epoch < learning.epochs(); epoch++) {
            Progress part = progress.part((double) epoch / learning.epochs(), (epoch + 1.0) / learning.epochs(),
                    "epoch " + (epoch + 1) + " of " + learning.epochs());
            course.add(epoch(network, factors, epoch, seed, part));
            requireFinite(network, epoch);
            Checkpoint.of(network, course.losses(), course.curves()).write(checkpoint);
            AtomicFile.writeString(log, course.log());
        }
        requireVariety(course, checkpoint);
        course.warnings().forEach(progress::warn);
        return course;
    }

    private EpochTally epoch(Network network, Map<String, Double> factors, int epoch, long seed, Progress progress) {
        List<Integer> order = Arrays.stream(Seed.shuffled(examples.size(), Seed.random(seed, epoch))).boxed().toList();
        int stepsPerEpoch = (order.size() + learning.batch() - 1) / learning.batch();
        long firstStep = (long) epoch * stepsPerEpoch;
        long allSteps = (long) learning.epochs() * stepsPerEpoch;
        EpochTally tally = new EpochTally(tagNames.size() + 1, learning.optimizer(firstStep, allSteps).learningRate());
        PslLoss loss = learning.loss(epoch);
        List<Example> waiting = new ArrayList<>();
        WorkerPool.Work<Integer, Example> load = (i, worker) -> examples.example(i, Seed.random(seed, epoch, i), worker);
        pool.inOrder(order, load, (example, i) -> {
            waiting.add(example);
            if (waiting.size() == learning.batch() || i == order.size() - 1) {
                Optimizer optimizer = learning.optimizer(firstStep + i / learning.batch(), allSteps);
                step(network, factors, waiting, loss, optimizer, tally);
                if (!Double.isFinite(tally.loss()))
                    throw diverged(epoch);
                waiting.clear();
            }
        }, progress, "training");
        if (tally.labelledPixels() == 0)
            throw new UserException("No pixel of the training masks is labelled, so there is nothing to learn"
                    + " from. Look at the masks, and make them with another background cue or in another way.");
        return tally;
    }

    /**
     * One step of the optimiser. Images of one shape go through the network together, as many as the memory allows; the
     * gradients add up to those of the batch's mean.
     */
    private void step(Network network, Map<String, Double> factors, List<Example> batch, PslLoss loss,
            Optimizer optimizer, EpochTally tally) {
        for (ExampleGroup group : ExampleGroup.split(batch, imagesPerPass)) {
            Map<String, Tensor> outputs = network.forward(group.inputs(), true);
            PslLoss.Value value = loss.of(outputs.get(SEGMENTATION), outputs.get(CLASSIFICATION), group.labels(),
                    group.tags(), batch.size());
            tally.add(value, group.labels(), batch.size());
            network.backward(Map.of(SEGMENTATION, value.segmentationGradient(), CLASSIFICATION,
                    value.classificationGradient()));
        }
        network.step(optimizer, factors);
    }

    /** The last step of an epoch can spoil the weights after all of its losses were numbers. */
    private void requireFinite(Network network, int epoch) {
        for (Tensor weight : network.weights().values())
            for (float w : weight.data())
                if (!Float.isFinite(w))
                    throw diverged(epoch);
    }

    private UserException diverged(int epoch) {
        return new UserException("Training diverged: the segmentation's loss is no longer a number in epoch "
                + (epoch + 1) + ". Give a smaller learning_rate than " + learning.optimizer().learningRate() + ".");
    }

    private void requireVariety(TrainingCourse course, Path checkpoint) {
        String only = course.onlyLabel();
        if (only == null)
            return;
        // Nothing good can come from where it stands, and whoever mends a setting wants to begin anew.
        try {
            Files.deleteIfExists(checkpoint);
        } catch (IOException e) {
            throw new UserException("Cannot delete " + checkpoint + ": delete it, nothing good can come from it.", e);
        }
        throw new UserException("The segmentation collapsed: in the last epoch the network gave \"" + only
                + "\" everywhere, although the masks show more. Look at the masks, and run train-psl (Train Segmentation) on the same"
                + " run, with another folder as result=, with more epochs, a smaller learning_rate than "
                + learning.optimizer().learningRate() + ", or use_psl=off. If there are few images, add more.");
    }
}
