package io.github.palimpsest.segmentation.model;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/**
 * The most pixels that are worked on at a time. It is halved where memory does not suffice, and stays so: what was too
 * much once would be too much again. Safe for use by several threads.
 */
final class TileLimit {

    private final AtomicLong pixels;
    private final long least;
    private final AtomicBoolean said = new AtomicBoolean();
    private final Progress progress;

    /**
     * @param least below which nothing sensible comes out
     * @param progress to be told the first time that it is halved
     */
    TileLimit(long pixels, long least, Progress progress) {
        this.pixels = new AtomicLong(Math.max(least, pixels));
        this.least = least;
        this.progress = progress;
    }

    /**
     * Works on an image, again with smaller tiles for as long as memory does not suffice.
     *
     * @param size of the image in pixels
     * @param work gets the most pixels that a tile may have
     * @throws UserException if memory does not suffice for the smallest tiles
     */
    <R> R within(long size, LongFunction<R> work) {
        while (true) {
            long area = Math.min(pixels.get(), size);
            try {
                return work.apply(area);
            } catch (OutOfMemoryError | RuntimeException e) {
                if (!isLackOfMemory(e))
                    throw e;
                halve(area, e);
            }
        }
    }

    private void halve(long area, Throwable cause) {
        if (area / 2 < least)
            throw new UserException("There is not enough memory to apply the model, however small the tiles: raise "
                    + "memory= if the machine has more, give Java more (-Xmx4g), or lower threads=.", cause);
        pixels.accumulateAndGet(area / 2, Math::min);
        if (said.compareAndSet(false, true))
            progress.warn("There was not enough memory for " + area + " pixels at a time: images are worked on in "
                    + "tiles of half as many, and fewer where that is too many too. Results differ slightly near the "
                    + "tiles' edges.");
    }

    // Native allocators of CPUs and GPUs tell of it in words only.
    private static boolean isLackOfMemory(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (cause instanceof OutOfMemoryError || message.contains("out of memory") || message.contains("bad_alloc")
                    || message.contains("allocation failed"))
                return true;
        }
        return false;
    }
}
