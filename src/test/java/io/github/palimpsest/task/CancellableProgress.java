package io.github.palimpsest.task;

import java.util.function.BooleanSupplier;

/** Says nothing, and is cancelled when a test wants it to be. */
public record CancellableProgress(BooleanSupplier cancelled) implements Progress {

    @Override
    public void report(double fraction, String stage) {}

    @Override
    public void say(String sentence) {}

    @Override
    public void warn(String sentence) {}

    @Override
    public boolean isCancelled() {
        return cancelled.getAsBoolean();
    }
}
