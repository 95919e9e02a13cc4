package io.github.palimpsest.task;

/**
 * Something that the user can mend. The message is a full sentence for the user: what is wrong, with which file or setting,
 * and what to do. Doors show it as it is, without a stack trace.
 */
public class UserException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UserException(String sentence) {
        super(sentence);
    }

    public UserException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
