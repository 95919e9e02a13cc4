package io.github.palimpsest.command;

import java.time.Duration;

import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.log.LogService;
import org.scijava.task.Task;
import org.scijava.task.TaskService;

import ij.IJ;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.RemainingTime;

/**
 * Speaks through whatever services a SciJava application has: a task with its bar and cancel button, the status line,
 * the log.
 */
final class SciJavaProgress implements Progress, AutoCloseable {

    private static final int STEPS = 1000;
    private static final String STOPPING = "stopping after the current step";

    private final RemainingTime remaining = new RemainingTime();
    private final Task task;
    private final StatusService status;
    private final LogService log;
    private final Cancelable command;

    SciJavaProgress(Context context, String name, Cancelable command) {
        TaskService tasks = context.getService(TaskService.class);
        status = context.getService(StatusService.class);
        log = context.getService(LogService.class);
        this.command = command;
        task = tasks == null ? null : tasks.createTask(name);
        if (task != null) {
            task.setProgressMaximum(STEPS);
            task.start();
        }
    }

    @Override
    public void report(double fraction, String stage) {
        int done = (int) Math.round(STEPS * Math.max(0, Math.min(1, fraction)));
        String text = withTime(fraction, isCancelled() ? STOPPING : stage);
        if (task != null) {
            task.setProgressValue(done);
            task.setStatusMessage(text);
        }
        if (status != null)
            status.showStatus(done, STEPS, text);
    }

    private synchronized String withTime(double fraction, String stage) {
        remaining.note(fraction, System.nanoTime());
        Duration left = remaining.get();
        return left == null ? stage : stage + " (" + RemainingTime.words(left) + " left)";
    }

    @Override
    public void say(String sentence) {
        tell(sentence);
        if (status != null)
            status.showStatus(sentence);
    }

    @Override
    public void warn(String sentence) {
        tell("Warning: " + sentence);
    }

    /** Where there is an ImageJ, its log is what users see; SciJava's warnings would open a console over it. */
    private void tell(String sentence) {
        if (IJ.getInstance() != null)
            IJ.log(sentence);
        else if (log != null)
            log.info(sentence);
    }

    @Override
    public boolean isCancelled() {
        return command.isCanceled() || task != null && task.isCanceled();
    }

    @Override
    public void close() {
        if (task != null)
            task.finish();
        if (status != null)
            status.clearStatus();
    }
}
