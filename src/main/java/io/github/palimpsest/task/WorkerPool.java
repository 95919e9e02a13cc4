package io.github.palimpsest.task;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;

/**
 * A fixed number of threads that work through a list side by side, while their results are taken in the list's order. At most
 * a few results wait at any time, so that memory does not grow with the list. Worker {@code i} is always the same thread: what
 * belongs to one thread (a network with its workspaces) can be kept per worker.
 */
public final class WorkerPool implements AutoCloseable {

    /** Makes the result of one item; called by several threads, each with its own worker number from 0. */
    @FunctionalInterface
    public interface Work<T, R> {
        R apply(T item, int worker);
    }

    private final ExecutorService[] workers;

    /** @param threads at least 1 */
    public WorkerPool(int threads) {
        workers = new ExecutorService[threads];
        for (int i = 0; i < threads; i++) {
            String name = "palimpsest-worker-" + i;
            workers[i] = Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    /** The number of threads. */
    public int threads() {
        return workers.length;
    }

    /**
     * Works through the items. Returns when all results were taken and all workers rest.
     *
     * @param taker gets each result with its item's index, on the calling thread, in order
     * @throws CancelledException between two items, when the progress is cancelled
     * @throws RuntimeException the first that the work or the taker threw; the items in work are finished before
     */
    public <T, R> void inOrder(List<T> items, Work<T, R> work, ObjIntConsumer<R> taker, Progress progress, String stage) {
        Line<T, R> line = new Line<>(items, work, 2 * workers.length);
        CountDownLatch resting = new CountDownLatch(workers.length);
        for (int i = 0; i < workers.length; i++) {
            int worker = i;
            workers[i].execute(() -> {
                try {
                    line.run(worker);
                } finally {
                    resting.countDown();
                }
            });
        }
        try {
            for (int i = 0; i < items.size(); i++) {
                progress.check();
                taker.accept(line.take(i), i);
                progress.report((i + 1.0) / items.size(), stage);
            }
        } finally {
            line.stop();
            awaitUninterruptibly(resting);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted)
            Thread.currentThread().interrupt();
    }

    @Override
    public void close() {
        for (ExecutorService worker : workers)
            worker.shutdown();
    }

    /** The items on their way; results wait in a ring until they are taken. */
    private static final class Line<T, R> {

        private final List<T> items;
        private final Work<T, R> work;
        private final Object[] ring;
        private final boolean[] ready;
        private final AtomicInteger next = new AtomicInteger();
        private int taken;
        private boolean stopped;
        private Throwable failure;

        Line(List<T> items, Work<T, R> work, int window) {
            this.items = items;
            this.work = work;
            this.ring = new Object[window];
            this.ready = new boolean[window];
        }

        void run(int worker) {
            try {
                for (int i = next.getAndIncrement(); i < items.size() && awaitRoom(i); i = next.getAndIncrement())
                    put(i, work.apply(items.get(i), worker));
            } catch (Throwable e) {
                fail(e);
            }
        }

        private synchronized boolean awaitRoom(int index) throws InterruptedException {
            while (!stopped && index >= taken + ring.length)
                wait();
            return !stopped;
        }

        private synchronized void put(int index, R result) {
            ring[index % ring.length] = result;
            ready[index % ring.length] = true;
            notifyAll();
        }

        private synchronized void fail(Throwable e) {
            if (failure == null)
                failure = e;
            stopped = true;
            notifyAll();
        }

        @SuppressWarnings("unchecked")
        synchronized R take(int index) {
            int slot = index % ring.length;
            while (!ready[slot] && failure == null) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CancelledException();
                }
            }
            if (!ready[slot])
                rethrow(failure);
            R result = (R) ring[slot];
            ring[slot] = null;
            ready[slot] = false;
            taken = index + 1;
            notifyAll();
            return result;
        }

        synchronized void stop() {
            stopped = true;
            notifyAll();
        }

        private static void rethrow(Throwable failure) {
            if (failure instanceof RuntimeException e)
                throw e;
            if (failure instanceof Error e)
                throw e;
            throw new IllegalStateException(failure);
        }
    }
}
