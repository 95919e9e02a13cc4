package io.github.palimpsest.view;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The one thread of a viewer beside the window's own: it reads files and paints, so that the window never waits. */
final class ViewerWorker implements AutoCloseable {

    /** What the thread is called. */
    static final String NAME = "palimpsest-viewer";

    private final ScheduledThreadPoolExecutor thread;
    private final AtomicReference<Runnable> wanted = new AtomicReference<>();

    ViewerWorker() {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, NAME);
            made.setDaemon(true);
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
    }

    /** Does it soon, instead of what was wanted before and is not begun: of many moves of a slider only the last counts. */
    void want(Runnable work) {
        if (thread.isShutdown())
            return;
        if (wanted.getAndSet(work) == null)
            thread.execute(() -> wanted.getAndSet(null).run());
    }

    /** Does it soon, whatever comes after. */
    void run(Runnable work) {
        if (!thread.isShutdown())
            thread.execute(work);
    }

    /** Does it again and again, with a pause in between. */
    void repeat(Runnable work, long milliseconds) {
        thread.scheduleWithFixedDelay(work, milliseconds, milliseconds, TimeUnit.MILLISECONDS);
    }

    boolean isClosed() {
        return thread.isShutdown();
    }

    /** Ends the thread; work that has begun is interrupted. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
