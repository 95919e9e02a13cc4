package io.github.palimpsest.segmentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.network.ForwardPool;
import io.github.palimpsest.network.PretrainedTrunk;
import io.github.palimpsest.network.View;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Tensor;

/**
 * What the trunk gives for every view of every training image at the nodes that training reads, computed once and kept on disk
 * as far as there is room.
 */
final class TrunkFeatures implements AutoCloseable {

    private final RunImages images;
    private final List<View> views;
    private final List<String> kept;
    private final ForwardPool trunk;
    private final FeatureStore store;
    private final String last;
    private final List<String> measured;
    private final Map<String, ChannelMoments> moments = new LinkedHashMap<>();
    private final float[][] pooled;

    /**
     * @param kept nodes of the trunk whose values are kept
     * @param measured nodes of the trunk whose {@link #moments} are wanted, kept or not
     * @param views that are kept; of the first one, moments and means are taken
     * @param file scratch on disk
     * @param disk bytes that it may take
     */
    TrunkFeatures(RunImages images, PretrainedTrunk pretrained, List<String> kept, List<String> measured,
            List<View> views, Engine engine, int workers, Path file, long disk) {
        this.images = images;
        this.views = List.copyOf(views);
        this.kept = List.copyOf(kept);
        this.measured = List.copyOf(measured);
        this.last = pretrained.trunk().features();
        Set<String> outputs = new LinkedHashSet<>(kept);
        outputs.addAll(measured);
        outputs.add(last);
        NetworkSpec whole = pretrained.trunk().spec();
        NetworkSpec spec = whole.part(List.copyOf(whole.inputs().keySet()), List.copyOf(outputs));
        this.trunk = new ForwardPool(engine, spec, pretrained.trunk().backbone(), pretrained.weights(), workers);
        this.store = new FeatureStore(file, disk);
        this.pooled = new float[images.size()][];
    }

    /** Where features are kept while a segmentation is made. */
    static Path scratch(RunFolder result) {
        return result.root().resolve("segmentation").resolve(".features");
    }

    /** Gives back the room of features that a killed process left. */
    static void sweep(RunFolder result) {
        try {
            Files.deleteIfExists(scratch(result));
        } catch (IOException e) {
            throw new UserException("Cannot delete " + scratch(result) + ": check the permissions of its folder and delete it.", e);
        }
    }

    /** Computes everything once. */
    void fill(WorkerPool pool, Progress progress) {
        List<Integer> all = IntStream.range(0, images.size()).boxed().toList();
        pool.inOrder(all, (image, worker) -> compute(image, store.isFull() ? views.subList(0, 1) : views, worker), (seen, i) -> {
            for (int v = 0; v < seen.size(); v++) {
                Map<String, Tensor> features = new LinkedHashMap<>(seen.get(v));
                features.keySet().retainAll(kept);
                store.put(new FeatureStore.Key(i, views.get(v)), features);
            }
            Map<String, Tensor> image = seen.get(0);
            pooled[i] = ChannelMoments.means(image.get(last));
            for (String node : measured)
                moments.computeIfAbsent(node, n -> new ChannelMoments(image.get(n).size(0))).add(image.get(node));
        }, progress, "features");
    }

    /** Whether {@link #fill} has come to its end. */
    boolean areFilled() {
        return pooled.length == 0 || pooled[pooled.length - 1] != null;
    }

    private List<Map<String, Tensor>> compute(int image, List<View> views, int worker) {
        return trunk.allOutputs(images.read(image), views, worker);
    }

    /** The values of some kept nodes for a view of an image, {@code C×h×w} by name. */
    Map<String, Tensor> of(int image, View view, List<String> names, int worker) {
        FeatureStore.Key key = new FeatureStore.Key(image, view);
        if (store.has(key))
            return store.get(key, names);
        Map<String, Tensor> computed = compute(image, List.of(view), worker).get(0);
        Map<String, Tensor> wanted = new LinkedHashMap<>();
        names.forEach(name -> wanted.put(name, computed.get(name)));
        return wanted;
    }

    /** Mean and variance of each channel of a measured node over all cells of all images. */
    ChannelMoments moments(String node) {
        return moments.get(node);
    }

    /** The trunk's last features of every image, mean over cells: {@code [image][channel]}. */
    float[][] pooled() {
        return pooled;
    }

    @Override
    public void close() {
        trunk.close();
        store.close();
    }
}
