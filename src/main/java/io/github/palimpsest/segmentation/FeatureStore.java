package io.github.palimpsest.segmentation;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.network.View;
import io.github.palimpsest.store.FeatureFile;
import io.github.palimpsest.tensor.Tensor;

/**
 * What the frozen part of a network gives for every view of every training image, on disk until a cap is reached; what is not
 * here is computed again by whoever needs it. Filled by one thread, then read by several.
 */
final class FeatureStore implements AutoCloseable {

    /** An image, and how it is looked at. */
    record Key(int image, View view) {}

    /** Where the values of one image begin, and the shapes of its features, which follow each other. */
    private record Entry(long first, Map<String, int[]> shapes) {}

    private final FeatureFile file;
    private final long most;
    private final Map<Key, Entry> entries = new HashMap<>();
    private volatile boolean full;

    /**
     * @param file scratch; overwritten, and deleted in the end
     * @param bytes the most that the file may hold
     */
    FeatureStore(Path file, long bytes) {
        this.file = FeatureFile.create(file, 1);
        this.most = bytes / Float.BYTES;
    }

    /** Keeps an image's features by name, if there is room. */
    void put(Key key, Map<String, Tensor> features) {
        long needed = features.values().stream().mapToLong(Tensor::length).sum();
        if (file.rows() + needed > most) {
            full = true;
            return;
        }
        Map<String, int[]> shapes = new LinkedHashMap<>();
        long first = file.rows();
        features.forEach((name, tensor) -> {
            shapes.put(name, tensor.shape());
            file.append(tensor.data(), tensor.length());
        });
        entries.put(key, new Entry(first, shapes));
    }

    /** Whether something was left out for want of room. */
    boolean isFull() {
        return full;
    }

    boolean has(Key key) {
        return entries.containsKey(key);
    }

    /** Some of the features of an image that {@link #has} them. */
    Map<String, Tensor> get(Key key, List<String> names) {
        Entry entry = entries.get(key);
        Map<String, Tensor> features = new LinkedHashMap<>();
        long at = entry.first();
        for (Map.Entry<String, int[]> shape : entry.shapes().entrySet()) {
            int length = Tensor.elements(shape.getValue());
            if (names.contains(shape.getKey())) {
                Tensor tensor = Tensor.zeros(shape.getValue());
                file.read(at, length, tensor.data(), 0);
                features.put(shape.getKey(), tensor);
            }
            at += length;
        }
        return features;
    }

    @Override
    public void close() {
        file.close();
    }
}
