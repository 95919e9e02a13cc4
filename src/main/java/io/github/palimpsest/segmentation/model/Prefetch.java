package io.github.palimpsest.segmentation.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

import io.github.palimpsest.task.CancelledException;

/**
 * Reads the next item of a list while others are worked on, never more than one ahead. Items are to be taken in
 * ascending order, by any number of threads.
 */
final class Prefetch<T, R> implements AutoCloseable {

    private final List<T> items;
    private final Function<T, R> reading;
    private final List<Future<R>> ahead = new ArrayList<>();
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "palimpsest-reader");
        thread.setDaemon(true);
        return thread;
    });

    Prefetch(List<T> items, Function<T, R> reading) {
        this.items = items;
        this.reading = reading;
    }

    /** What was read of an item, once; the item after it is read meanwhile. */
    R take(int index) {
        try {
            return begun(index).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause)
                throw cause;
            if (e.getCause() instanceof Error cause)
                throw cause;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        }
    }

    private synchronized Future<R> begun(int index) {
        while (ahead.size() <= index + 1 && ahead.size() < items.size()) {
            T item = items.get(ahead.size());
            ahead.add(reader.submit(() -> reading.apply(item)));
        }
        // What was taken must not be held on to: it may be large.
        return ahead.set(index, null);
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
