package io.github.palimpsest.task;

/**
 * How long work speaks to whoever started it: how far it is, what it has to say, and whether it is still wanted. The doors
 * (terminal, ImageJ, SciJava) each implement it once; everything below them only calls it, at least once per batch or tile.
 * <p>
 * Implementations are safe to call from several threads.
 */
public interface Progress {

    /**
     * Reports how much of the whole is done.
     *
     * @param fraction of the whole, 0..1, never falling
     * @param stage what is being done now, such as {@code round 2 of 3, training}
     */
    void report(double fraction, String stage);

    /** Tells the user a plain sentence. */
    void say(String sentence);

    /** Warns the user in a sentence: work goes on, but the result may not be what was hoped for. */
    void warn(String sentence);

    /** Whether the user has asked to stop. */
    boolean isCancelled();

    /**
     * Ends the work here if the user has asked to stop.
     *
     * @throws CancelledException if so
     */
    default void check() {
        if (isCancelled())
            throw new CancelledException();
    }

    /**
     * A part of this work that runs from one fraction of it to another and speaks of itself as 0..1.
     *
     * @param label prefixed to the part's own stages; may be empty
     */
    default Progress part(double from, double to, String label) {
        return new PartialProgress(this, from, to, label);
    }

    /** Work that nobody watches and nobody cancels. */
    static Progress silent() {
        return SilentProgress.INSTANCE;
    }
}
