package io.github.palimpsest.windows;

import java.io.Serializable;

/**
 * What a test does at the desk of an ImageJ. It is written in the test and played in ImageJ's own process, so what it
 * takes from the test, and what it brings back, must be serialisable: texts, numbers, lists of them.
 *
 * @param <T> what it brings back
 */
@FunctionalInterface
interface Scene<T> extends Serializable {

    /** Sees and uses the windows; what it throws, the test throws. */
    T play(Desktop desktop) throws Exception;
}
