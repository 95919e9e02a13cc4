package io.github.palimpsest.erasing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.store.FeatureFile;
import io.github.palimpsest.tensor.Tensor;

/**
 * Whole feature maps of images on disk, until a cap is reached; what is not here is computed again by whoever needs it. Filled
 * by one thread, then read by several.
 */
final class FeatureCache implements AutoCloseable {

    /** Where the features of one image are: the sizes of its views, and the first row of the first one. */
    private record Entry(long firstRow, List<int[]> shapes) {}

    private final Path folder;
    private final int channels;
    private final long mostRows;
    private final FeatureFile file;
    private final Map<Integer, Entry> entries = new HashMap<>();
    private long rows;

    FeatureCache(Path folder, int channels, long bytes) {
        this.folder = folder;
        this.channels = channels;
        this.mostRows = bytes / Float.BYTES / channels;
        this.file = FeatureFile.create(folder.resolve("features"), channels, 0);
    }

    Path folder() {
        return folder;
    }

    /** Keeps the features of an image, one {@code C×h×w} for each view, if there is room. */
    void put(int image, List<Tensor> views) {
        long needed = views.stream().mapToLong(v -> (long) v.size(1) * v.size(2)).sum();
        if (rows + needed > mostRows)
            return;
        entries.put(image, new Entry(rows, views.stream().map(Tensor::shape).toList()));
        for (Tensor view : views)
            file.append(view.data(), view.length() / channels);
        rows += needed;
    }

    boolean has(int image) {
        return entries.containsKey(image);
    }

    List<Tensor> get(int image) {
        Entry entry = entries.get(image);
        List<Tensor> views = new ArrayList<>();
        long row = entry.firstRow();
        for (int[] shape : entry.shapes()) {
            Tensor view = Tensor.zeros(shape);
            int count = view.length() / channels;
            file.read(row, count, view.data(), 0);
            row += count;
            views.add(view);
        }
        return views;
    }

    @Override
    public void close() {
        file.close();
    }
}
