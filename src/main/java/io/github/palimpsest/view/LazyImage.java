package io.github.palimpsest.view;

import java.util.function.Supplier;

import io.github.palimpsest.store.RunRecord.ImageRecord;

import net.imglib2.AbstractInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;

/** An image of a known size whose pixels are fetched when somebody looks at them. It holds no pixels itself. */
final class LazyImage<T> extends AbstractInterval implements RandomAccessibleInterval<T> {

    private final T type;
    private final Supplier<RandomAccessibleInterval<T>> pixels;

    /**
     * @param image whose size it has
     * @param type of the pixels
     */
    LazyImage(ImageRecord image, T type, Supplier<RandomAccessibleInterval<T>> pixels) {
        super(new long[] {0, 0}, new long[] {image.width() - 1L, image.height() - 1L}, false);
        this.type = type;
        this.pixels = pixels;
    }

    @Override
    public RandomAccess<T> randomAccess() {
        return pixels.get().randomAccess();
    }

    @Override
    public RandomAccess<T> randomAccess(Interval interval) {
        return pixels.get().randomAccess(interval);
    }

    @Override
    public T getType() {
        return type;
    }
}
