package io.github.palimpsest.launch;

import java.util.concurrent.atomic.AtomicBoolean;

import sun.misc.Signal;

/**
 * Ctrl-C, and what a batch system sends before it kills. A shutdown hook would not do: while hooks run, the engine's
 * own hooks free its memory under the work that is still going on, and a second Ctrl-C is not heard.
 */
final class Interruption {

    private Interruption() {}

    /** The first signal asks to stop, the second one ends the process at once. */
    static void listen(Runnable stop) {
        AtomicBoolean asked = new AtomicBoolean();
        for (String name : new String[] {"INT", "TERM"}) {
            try {
                Signal.handle(new Signal(name), signal -> {
                    if (asked.getAndSet(true))
                        Runtime.getRuntime().halt(Main.CANCELLED);
                    stop.run();
                });
            } catch (IllegalArgumentException e) {
                // This Java does not hand on the signal (-Xrs, another platform): it then ends the process at once, which a run survives.
                continue;
            }
        }
    }
}
