package io.github.palimpsest.store;

import java.nio.file.Path;
import java.util.Map;

import io.github.palimpsest.tensor.Tensor;

/**
 * A safetensors file of 32-bit floats.
 *
 * @param tensors by name, in the file's order
 * @param metadata free texts by name
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {

    /** Writes it through a temporary name; the same content always gives the same bytes. */
    public void write(Path file) {
        throw new IllegalStateException("being built");
    }

    /**
     * Reads a file.
     *
     * @throws io.github.palimpsest.task.UserException if the file is absent, truncated or malformed, naming it
     */
    public static Safetensors read(Path file) {
        throw new IllegalStateException("being built");
    }
}
