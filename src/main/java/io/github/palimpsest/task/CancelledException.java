package io.github.palimpsest.task;

/** The user asked to stop, and the work has stopped at a point from which it can go on later. */
public final class CancelledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CancelledException() {
        super("Stopped. The same command goes on from here.");
    }

    /** @param sentence what was finished, if the same command would not go on from there */
    public CancelledException(String sentence) {
        super(sentence);
    }
}
