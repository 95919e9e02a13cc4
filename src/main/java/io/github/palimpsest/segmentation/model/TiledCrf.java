package io.github.palimpsest.segmentation.model;

import io.github.palimpsest.crf.CrfSettings;
import io.github.palimpsest.crf.DenseCrf;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Tensor;

/** The dense CRF on images of any size: large ones are refined in overlapping tiles, whose marginals are blended. */
final class TiledCrf {

    /** Beyond so many standard deviations a pixel hardly influences another. */
    private static final double REACH = 2;

    private final DenseCrf crf;
    private final long limit;
    private final int overlap;

    /** @param limit the most pixels that are refined at a time */
    TiledCrf(CrfSettings settings, long limit) {
        this.crf = new DenseCrf(settings);
        this.limit = limit;
        this.overlap = (int) Math.ceil(2 * REACH * Math.max(settings.smoothnessXy(), settings.appearanceXy()));
    }

    /** As {@link DenseCrf#refine(Tensor, Tensor, int, Progress)}. */
    Tensor refine(Tensor rgb, Tensor probabilities, int threads, Progress progress) {
        int height = rgb.size(1);
        int width = rgb.size(2);
        if ((long) height * width <= limit)
            return crf.refine(rgb, probabilities, threads, progress);
        int side = (int) Math.max(1, Math.sqrt(limit));
        int across = Math.min(width, Math.max(side, (int) (limit / Math.min(height, side))));
        int down = Math.min(height, (int) Math.max(1, limit / across));
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
