package io.github.palimpsest.erasing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import io.github.palimpsest.engine.Network;
import io.github.palimpsest.network.Activations;
import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.network.CamHead;
import io.github.palimpsest.network.Checkpoint;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.Seed;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.RandomSquare;
import io.github.palimpsest.tensor.Tensor;

/**
 * Trains a whole network, trunk and head, on crops of images. After every epoch a checkpoint is written, from which another
 * process goes on as if nothing had happened.
 */
final class NetworkTrainer {

    /** Reads the training images, as the round sees them and at the training scale, on several threads. */
    private final IntFunction<Tensor> images;
    private final List<List<Integer>> tags;
    private final Backbone backbone;
    private final List<Double> mean;
    private final Learning learning;
    private final int imagesPerPass;
    private final WorkerPool pool;

    /**
     * @param images by their index, {@code 3×H×W}, RGB 0..255
     * @param tags of each of them
     * @param mean colour that fills a crop where it is larger than its image
     * @param imagesPerPass crops that go through the network at a time, see {@link Activations}
     */
    NetworkTrainer(IntFunction<Tensor> images, List<List<Integer>> tags, Backbone backbone, List<Double> mean, Learning learning,
            int imagesPerPass, WorkerPool pool) {
        this.images = images;
        this.tags = tags;
        this.backbone = backbone;
        this.mean = mean;
        this.learning = learning;
        this.imagesPerPass = imagesPerPass;
        this.pool = pool;
    }

    /**
     * Trains, or goes on from a checkpoint.
     *
     * @param network with its initial weights
     * @param newLayers the nodes that are not pretrained
     * @param learners the indices of the images to learn from
     * @return the losses of each epoch, mean per image
     */
    List<Double> train(Network network, List<String> newLayers, List<Integer> learners, long seed, Path checkpoint,
            Progress progress) {
        Map<String, Double> factors = newLayers.stream().collect(Collectors.toMap(n -> n, n -> learning.newLayerFactor()));
        List<Double> losses = new ArrayList<>();
        if (Files.exists(checkpoint))
            losses.addAll(Checkpoint.read(checkpoint, network.spec()).restore(network));
        for (int epoch = losses.size(); epoch < learning.epochs(); epoch++) {
            Progress part = progress.part((double) epoch / learning.epochs(), (epoch + 1.0) / learning.epochs(),
                    "epoch " + (epoch + 1) + " of " + learning.epochs());
            double loss = epoch(network, factors, learners, epoch, seed, part);
            losses.add(learning.requireFinite(loss, epoch));
            Checkpoint.of(network, losses).write(checkpoint);
        }
        return losses;
    }

    private double epoch(Network network, Map<String, Double> factors, List<Integer> learners, int epoch, long seed,
            Progress progress) {
        List<Integer> order = Arrays.stream(Seed.shuffled(learners.size(), Seed.random(seed, epoch)))
                .mapToObj(learners::get).toList();
        List<Integer> waiting = new ArrayList<>();
        List<Tensor> crops = new ArrayList<>();
        double[] loss = new double[1];
        pool.inOrder(order, (image, worker) -> crop(image, Seed.random(seed, epoch, image)), (crop, i) -> {
            waiting.add(order.get(i));
            crops.add(crop);
            if (crops.size() == learning.batch() || i == order.size() - 1) {
                loss[0] += step(network, factors, waiting, crops, epoch);
                waiting.clear();
                crops.clear();
            }
        }, progress, "training");
        return loss[0] / order.size();
    }

    /** One step of the optimiser; a batch that is too large for the memory goes through in parts whose gradients add up. */
    private double step(Network network, Map<String, Double> factors, List<Integer> indices, List<Tensor> crops,
            int epoch) {
        double loss = 0;
        int size = learning.crop();
        for (int from = 0; from < crops.size(); from += imagesPerPass) {
            int to = Math.min(crops.size(), from + imagesPerPass);
            Tensor batch = Tensor.zeros(to - from, 3, size, size);
            for (int i = from; i < to; i++)
                System.arraycopy(crops.get(i).data(), 0, batch.data(), (i - from) * 3 * size * size, 3 * size * size);
            Tensor maps = network.forward(backbone.preprocess(batch), true);
            MapLoss value = MapLoss.of(maps, indices.subList(from, to).stream().map(tags::get).toList(), learning.loss(),
                    learning.denseNegatives());
            loss += value.value();
            float[] gradient = value.gradient().data();
            for (int i = 0; i < gradient.length; i++)
                gradient[i] /= crops.size();
            network.backward(Map.of(CamHead.MAPS, value.gradient()));
        }
        network.step(learning.optimizerOf(epoch), factors);
        return loss;
    }

    /** A random square of an image, mirrored half of the time; where the image is smaller, the mean colour surrounds it. */
    Tensor crop(int index, SplittableRandom random) {
        Tensor image = images.apply(index);
        return RandomSquare.in(image.size(1), image.size(2), learning.crop(), random).of(image, mean);
    }
}
