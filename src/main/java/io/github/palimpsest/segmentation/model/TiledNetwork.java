package io.github.palimpsest.segmentation.model;

import java.util.List;
import java.util.Map;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.network.ForwardPool;
import io.github.palimpsest.network.SegmentationNetwork;
import io.github.palimpsest.network.View;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * The network of a model on images of any size: what is larger than a limit is looked at in overlapping tiles, so that
 * memory does not grow with the image. Where memory does not suffice, tiles are halved. Each worker must use its own
 * number.
 */
final class TiledNetwork implements AutoCloseable {

    /** Tiles begin at multiples of this, so that their cells lie on one grid: no network here has a larger stride. */
    static final int GRID = 32;
    /** Of neighbouring tiles, in the network's pixels. */
    private static final int OVERLAP = 6 * GRID;
    /** A tile below this shows too little to say anything. */
    private static final long LEAST = 4L * GRID * GRID;

    private final ForwardPool networks;
    private final int stride;
    private final ModelDescription model;
    private final List<View> views;
    private final TileLimit limit;
    private final Progress progress;

    /**
     * @param limit the most pixels that the network looks at in one go
     * @param progress to be told when tiles had to be halved
     */
    TiledNetwork(Engine engine, SegmentationModel model, int workers, long limit, Progress progress) {
        this.model = model.description();
        SegmentationNetwork network = this.model.network();
        this.stride = network.stride();
        this.networks = new ForwardPool(engine, network.whole(), network.trunk().backbone(), model.weights(), workers);
        this.views = View.all(List.of(1.0), this.model.mirrored());
        this.limit = new TileLimit(limit, LEAST, progress);
        this.progress = progress;
    }

    /** The logits of an image {@code 3×H×W}, 0..255. */
    Logits of(Tensor rgb, int worker) {
        int height = scaled(rgb.size(1));
        int width = scaled(rgb.size(2));
        return limit.within((long) height * width, area -> {
            try {
                return tiles(rgb, height, width, area, worker);
            } catch (OutOfMemoryError | RuntimeException e) {
                // A network keeps the memory of the largest tile that it tried, which smaller ones would then lack.
                networks.release(worker);
                throw e;
            }
        });
    }

    private int scaled(int size) {
        return (int) Math.max(1, Math.round(model.scale() * size));
    }

    private Logits tiles(Tensor rgb, int height, int width, long area, int worker) {
        if ((long) height * width <= area)
            return look(Resize.bilinear(rgb, height, width), worker);
        int side = aligned(Math.sqrt(area));
        int across = Math.min(width, side);
        int down = Math.min(height, aligned((double) area / across));
        if (down == height)
            across = Math.min(width, aligned((double) area / down));
        Mosaic mosaic = new Mosaic(1 + model.tags().size(), Span.ceil(height, stride), Span.ceil(width, stride));
        double[] tags = new double[model.tags().size()];
        long seen = 0;
        for (Span rows : Span.cut(height, down, overlap(down), GRID))
            for (Span columns : Span.cut(width, across, overlap(across), GRID)) {
                progress.check();
                Logits tile = look(Resize.window(rgb, height, width, rows.start(), columns.start(), rows.length(),
                        columns.length()), worker);
                mosaic.add(tile.labels(), rows.inCells(stride), columns.inCells(stride));
                long pixels = (long) rows.length() * columns.length();
                for (int tag = 0; tag < tags.length; tag++)
                    tags[tag] += pixels * tile.tags()[tag];
                seen += pixels;
            }
        float[] mean = new float[tags.length];
        for (int tag = 0; tag < tags.length; tag++)
            mean[tag] = (float) (tags[tag] / seen);
        return new Logits(mosaic.whole(), mean);
    }

    /** The largest multiple of the grid up to a length, at least one. */
    private static int aligned(double length) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE / GRID / 2, length / GRID)) * GRID;
    }

    private static int overlap(int tile) {
        return Math.min(OVERLAP, Math.max(0, tile / 2 / GRID * GRID));
    }

    /** The mean over the views of what the network says of one tile, or of a whole image. */
    private Logits look(Tensor tile, int worker) {
        List<Map<String, Tensor>> seen = networks.allOutputs(tile, views, worker);
        List<Map<String, Tensor>> seenForTags = model.tagZoom() == 1 ? seen
                : networks.allOutputs(new View(model.tagZoom(), false).of(tile), views, worker);
        Tensor labels = null;
        float[] tags = new float[model.tags().size()];
        for (int view = 0; view < views.size(); view++) {
            Tensor map = views.get(view).undo(seen.get(view).get(SegmentationNetwork.SEGMENTATION));
            labels = labels == null ? map : sum(labels, map);
            float[] logits = seenForTags.get(view).get(SegmentationNetwork.TAGS).data();
            for (int tag = 0; tag < tags.length; tag++)
                tags[tag] += logits[tag] / views.size();
        }
        for (int i = 0; i < labels.length(); i++)
            labels.data()[i] /= views.size();
        return new Logits(labels, tags);
    }

    private static Tensor sum(Tensor a, Tensor b) {
        for (int i = 0; i < a.length(); i++)
            a.data()[i] += b.data()[i];
        return a;
    }

    @Override
    public void close() {
        networks.close();
    }
}
