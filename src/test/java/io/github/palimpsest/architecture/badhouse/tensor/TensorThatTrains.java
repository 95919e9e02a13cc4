package io.github.palimpsest.architecture.badhouse.tensor;

import io.github.palimpsest.architecture.badhouse.erasing.Erasing;

/** Reaches up. */
class TensorThatTrains {

    Object train() {
        return new Erasing();
    }
}
