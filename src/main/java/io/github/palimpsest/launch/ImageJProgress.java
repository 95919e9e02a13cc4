package io.github.palimpsest.launch;

import java.awt.GraphicsEnvironment;
import java.time.Duration;

import ij.IJ;
import io.github.palimpsest.command.CommandDefinition;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.RemainingTime;

/** Progress in ImageJ's status bar and in a small window with a button; sentences in its log; Esc cancels as well. */
final class ImageJProgress implements Progress, AutoCloseable {

    static final String STOPPING = "Stopping after the current step";

    private final RemainingTime remaining = new RemainingTime();
    private final ProgressWindow window;
    private volatile boolean cancelled;

    private ImageJProgress(ProgressWindow window) {
        this.window = window;
    }

    /** With a window where ImageJ has one. */
    static ImageJProgress of(CommandDefinition definition) {
        if (GraphicsEnvironment.isHeadless() || IJ.getInstance() == null)
            return new ImageJProgress(null);
        ImageJProgress[] progress = new ImageJProgress[1];
        progress[0] = new ImageJProgress(ProgressWindow.open("At work: " + definition.label().replace("...", ""), () -> progress[0].cancel()));
        return progress[0];
    }

    @Override
    public synchronized void report(double fraction, String stage) {
        remaining.note(fraction, System.nanoTime());
        Duration left = remaining.get();
        // ImageJ takes 1 as "hide the bar".
        IJ.showProgress(Math.min(0.999, fraction));
        String time = left == null ? "" : RemainingTime.words(left) + " left";
        if (!isCancelled())
            IJ.showStatus(time.isEmpty() ? stage : time + ": " + stage);
        if (window != null)
            window.show(fraction, time, stage);
    }

    @Override
    public void say(String sentence) {
        IJ.log(sentence);
    }

    @Override
    public void warn(String sentence) {
        IJ.log("Warning: " + sentence);
    }

    @Override
    public boolean isCancelled() {
        if (!cancelled && IJ.escapePressed())
            cancel();
        return cancelled;
    }

    /** Says so at once: the current step may take a while. */
    private void cancel() {
        cancelled = true;
        IJ.showStatus(STOPPING + " ...");
        if (window != null)
            window.stopping();
    }

    @Override
    public void close() {
        IJ.showProgress(1);
        IJ.showStatus("");
        if (window != null)
            window.close();
    }
}
