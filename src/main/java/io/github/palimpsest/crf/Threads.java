package io.github.palimpsest.crf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that share the work on ranges of pixels or vertices; the calling thread is one of them. */
final class Threads implements AutoCloseable {

    /** Works on a part of the whole; parts touch nothing in common. */
    @FunctionalInterface
    interface Range {
        void work(int from, int to);
    }

    /** Below this, handing work over costs more than it saves. */
    private static final int SMALLEST = 2048;

    private final int number;
    private final ExecutorService others;

    /** @param number of threads, at least 1 */
    Threads(int number) {
        if (number < 1)
            throw new IllegalArgumentException("threads must be at least 1");
        this.number = number;
        others = number == 1 ? null : Executors.newFixedThreadPool(number - 1, task -> {
            Thread thread = new Thread(task, "palimpsest-crf");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** How many there are. */
    int number() {
        return number;
    }

    /** Works on {@code 0..size} and returns when all is done. */
    void over(int size, Range range) {
        int parts = (int) Math.min(8L * number, size / SMALLEST);
        if (number == 1 || parts < 2)
            range.work(0, size);
        else
            each(parts, i -> range.work((int) ((long) size * i / parts), (int) ((long) size * (i + 1) / parts)));
    }

    /** Does {@code 0..parts}, each by one thread, and returns when all is done. */
    void each(int parts, IntConsumer part) {
        AtomicInteger next = new AtomicInteger();
        Runnable share = () -> {
            for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement())
                part.accept(i);
        };
        List<Future<?>> shares = new ArrayList<>();
        for (int i = 1; i < Math.min(number, parts); i++)
            shares.add(others.submit(share));
        RuntimeException failure = null;
        try {
            share.run();
        } catch (RuntimeException e) {
            failure = e;
        }
        for (Future<?> each : shares)
            failure = await(each, failure);
        if (failure != null)
            throw failure;
    }

    /** Waits even when interrupted: the arrays are still being written. @return the first failure of all */
    private static RuntimeException await(Future<?> share, RuntimeException earlier) {
        boolean interrupted = false;
        RuntimeException failure = earlier;
        while (true) {
            try {
                share.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                if (failure == null)
                    failure = e.getCause() instanceof RuntimeException cause ? cause
                            : new IllegalStateException(e.getCause());
                break;
            }
        }
        if (interrupted)
            Thread.currentThread().interrupt();
        return failure;
    }

    @Override
    public void close() {
        if (others != null)
            others.shutdown();
    }
}
