package io.github.palimpsest.segmentation.model;

import io.github.palimpsest.crf.CrfSettings;
import io.github.palimpsest.crf.DenseCrf;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Tensor;

/** The dense CRF on images of any size: large ones are refined in overlapping tiles, whose marginals are blended. */
final class TiledCrf {

    /** Beyond so many standard deviations a pixel hardly influences another. */
    private static final double REACH = 2;

    /** A tile below this shows too little for its borders to be found. */
    private static final long LEAST = 128 * 128;

    private final DenseCrf crf;
    private final TileLimit limit;
    private final Progress progress;
    private final int overlap;

    /**
     * @param limit the most pixels that are refined at a time
     * @param progress to be told when tiles had to be halved, and asked for every tile and iteration
     */
    TiledCrf(CrfSettings settings, long limit, Progress progress) {
        this.crf = new DenseCrf(settings);
        this.limit = new TileLimit(limit, LEAST, progress);
        this.progress = progress;
        this.overlap = (int) Math.ceil(2 * REACH * Math.max(settings.smoothnessXy(), settings.appearanceXy()));
    }

    /** As {@link DenseCrf#refine(Tensor, Tensor, int)}. */
    Tensor refine(Tensor rgb, Tensor probabilities, int threads) {
        return limit.within((long) rgb.size(1) * rgb.size(2), area -> tiles(rgb, probabilities, threads, area));
    }

    private Tensor tiles(Tensor rgb, Tensor probabilities, int threads, long area) {
        int height = rgb.size(1);
        int width = rgb.size(2);
        if ((long) height * width <= area)
            return crf.refine(rgb, probabilities, threads, progress);
        int side = (int) Math.max(1, Math.sqrt(area));
        int across = (int) Math.min(width, Math.max(side, area / Math.min(height, side)));
        int down = (int) Math.min(height, Math.max(1, area / across));
        Mosaic mosaic = new Mosaic(probabilities.size(0), height, width);
        for (Span rows : Span.cut(height, down, Math.min(overlap, down / 2), 1))
            for (Span columns : Span.cut(width, across, Math.min(overlap, across / 2), 1)) {
                progress.check();
                mosaic.add(crf.refine(part(rgb, rows, columns), part(probabilities, rows, columns), threads, progress),
                        rows, columns);
            }
        return mosaic.whole();
    }

    private static Tensor part(Tensor image, Span rows, Span columns) {
        Tensor part = Tensor.zeros(image.size(0), rows.length(), columns.length());
        for (int c = 0; c < image.size(0); c++)
            for (int y = 0; y < rows.length(); y++)
                System.arraycopy(image.data(), (c * image.size(1) + rows.start() + y) * image.size(2) + columns.start(),
                        part.data(), (c * rows.length() + y) * columns.length(), columns.length());
        return part;
    }
}
