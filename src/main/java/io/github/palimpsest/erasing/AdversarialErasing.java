package io.github.palimpsest.erasing;

import io.github.palimpsest.task.Progress;

/** Adversarial erasing. */
public final class AdversarialErasing {

    private AdversarialErasing() {}

    /** Trains round after round. */
    public static void train(ErasingSettings settings, Progress progress) {
        throw new IllegalStateException("being built");
    }
}
