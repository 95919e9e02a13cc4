package io.github.palimpsest.view;

import java.util.function.Supplier;

import net.imglib2.AbstractInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;

/** An image of a known size whose pixels are fetched when somebody looks at them. It holds no pixels itself. */
final class LazyImage<T> extends AbstractInterval implements RandomAccessibleInterval<T> {

    private final T type;
    private final Supplier<RandomAccessibleInterval<T>> pixels;

    /** @param type of the pixels */
    LazyImage(int width, int height, T type, Supplier<RandomAccessibleInterval<T>> pixels) {
        super(new long[] {0, 0}, new long[] {width - 1, height - 1}, false);
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
