package io.github.palimpsest.task;

/** An output in which nothing may be written, not even word of how the command ended: it is somebody else's. */
public final class OutputRefusedException extends UserException {

    private static final long serialVersionUID = 1L;

    public OutputRefusedException(String sentence) {
        super(sentence);
    }
}
