package io.github.palimpsest.task;

import java.time.Duration;

/**
 * How much longer work will take, from how fast it has been since it started. What was done already when it started, as
 * in a run that is taken up again, does not count as fast work.
 */
public final class RemainingTime {

    /** A leap of this share of the work ... */
    private static final double LEAP = 0.03;

    /** ... within this time was not done now but found done. */
    private static final long AT_ONCE = Duration.ofMillis(500).toNanos();

    /** Before this time nothing is promised. */
    private static final long SOON = Duration.ofSeconds(2).toNanos();

    private boolean started;
    private long start;
    private long last;
    private double lastFraction;
    private double done;

    /** Takes note of the fraction that is done at a time in nanoseconds. */
    public void note(double fraction, long now) {
        if (!started) {
            started = true;
            start = now;
        } else {
            boolean found = fraction - lastFraction > LEAP && now - last < AT_ONCE;
            done += found ? 0 : Math.max(0, fraction - lastFraction);
        }
        last = now;
        lastFraction = Math.max(lastFraction, fraction);
    }

    /** The time from the last note to the end; null while nothing can be said. */
    public Duration get() {
        long elapsed = last - start;
        if (!started || elapsed < SOON || done <= 0.001 || lastFraction >= 1)
            return null;
        return Duration.ofNanos((long) (elapsed * (1 - lastFraction) / done));
    }

    /** In words, such as {@code 2 min 10 s}: as exact as anyone can believe. */
    public static String words(Duration time) {
        long seconds = Math.max(1, Math.round(time.toMillis() / 1000.0));
        if (seconds < 60)
            return seconds + " s";
        if (seconds < 600)
            return seconds / 60 + " min " + seconds % 60 / 10 * 10 + " s";
        long minutes = Math.round(seconds / 60.0);
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
