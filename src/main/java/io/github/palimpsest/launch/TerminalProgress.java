package io.github.palimpsest.launch;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.RemainingTime;

/**
 * Progress in a terminal: a bar that is drawn anew in place, or, where the output goes to a file, a plain line now and
 * then.
 */
final class TerminalProgress implements Progress {

    private static final long REDRAW = Duration.ofMillis(100).toNanos();
    private static final long QUIET = Duration.ofSeconds(1).toNanos();
    private static final long SILENCE = Duration.ofSeconds(10).toNanos();
    private static final int BAR = 24;
    private static final int NARROW = 60;

    private final PrintStream out;
    private final PrintStream err;
    private final IntSupplier width;
    private final LongSupplier clock;
    private final RemainingTime remaining = new RemainingTime();

    private volatile boolean cancelled;
    private double fraction;
    private String stage = "";
    private int drawn;
    private boolean printed;
    private long printedAt;
    private double printedFraction;
    private String printedStage = "";

    /**
     * @param width of the terminal in characters; null if there is none
     * @param clock in nanoseconds
     */
    TerminalProgress(PrintStream out, PrintStream err, IntSupplier width, LongSupplier clock) {
        this.out = out;
        this.err = err;
        this.width = width;
        this.clock = clock;
    }

    @Override
    public synchronized void report(double fraction, String stage) {
        long now = clock.getAsLong();
        this.fraction = Math.max(this.fraction, Math.min(1, fraction));
        this.stage = stage;
        remaining.note(this.fraction, now);
        if (width != null ? isTimeToDraw(now) : isTimeToPrint(now))
            show(now);
    }

    @Override
    public synchronized void say(String sentence) {
        wipe();
        out.println(sentence);
        out.flush();
    }

    @Override
    public synchronized void warn(String sentence) {
        complain("Warning: " + sentence);
    }

    /** Tells a sentence on the error stream. */
    synchronized void complain(String sentence) {
        wipe();
        err.println(sentence);
        err.flush();
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    /** Asks the work to stop. */
    void cancel() {
        cancelled = true;
        complain("Stopping after the current step. Press Ctrl-C again to stop at once.");
    }

    /** Ends the bar's line. */
    synchronized void close() {
        if (width != null && drawn > 0) {
            show(clock.getAsLong());
            out.println();
            drawn = 0;
        }
    }

    private boolean isTimeToDraw(long now) {
        return !printed || now - printedAt >= REDRAW || fraction >= 1;
    }

    /** Often enough to see that it lives, seldom enough to read the log of a night. */
    private boolean isTimeToPrint(long now) {
        if (!printed || now - printedAt >= SILENCE)
            return true;
        boolean another = !withoutNumbers(stage).equals(withoutNumbers(printedStage));
        boolean further = fraction >= printedFraction + 0.1 || fraction >= 1 && printedFraction < 1;
        return (another || further) && now - printedAt >= QUIET || fraction >= 1 && printedFraction < 1;
    }

    private void show(long now) {
        printed = true;
        printedAt = now;
        printedFraction = fraction;
        printedStage = stage;
        if (width == null) {
            out.println(line());
            out.flush();
            return;
        }
        int columns = Math.max(10, width.getAsInt() - 1);
        String bar = bar(columns);
        out.print("\r" + bar + " ".repeat(Math.max(0, Math.min(columns, drawn) - bar.length())));
        out.flush();
        drawn = bar.length();
    }

    /** {@code 43 %, 2 min 10 s left: round 2 of 3, training}. */
    private String line() {
        String left = left();
        return percent() + (left.isEmpty() ? "" : ", " + left) + (stage.isEmpty() ? "" : ": " + stage);
    }

    private String bar(int columns) {
        int full = (int) (fraction * BAR);
        String bar = columns < NARROW ? "" : "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] ";
        String left = left();
        String text = bar + percent() + (left.isEmpty() ? "" : "  " + left) + "  " + stage.replace('\n', ' ');
        return text.length() <= columns ? text : text.substring(0, columns - 3) + "...";
    }

    private String percent() {
        return String.format(Locale.ROOT, "%3d %%", (int) (100 * fraction));
    }

    private String left() {
        Duration time = remaining.get();
        return time == null ? "" : RemainingTime.words(time) + " left";
    }

    private void wipe() {
        if (drawn > 0) {
            out.print("\r" + " ".repeat(drawn) + "\r");
            out.flush();
        }
        drawn = 0;
        printed = width == null && printed;
    }

    private static String withoutNumbers(String stage) {
        return stage.replaceAll("[0-9.]+", "#");
    }
}
