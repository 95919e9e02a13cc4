package io.github.palimpsest.engine;

/**
 * What a user may say about the machine.
 *
 * @param device where to compute
 * @param threads of the CPU in all, at least 1
 * @param maxBytes the most off-heap memory that the engine may take, in bytes
 */
public record EngineSettings(Device device, int threads, long maxBytes) {

    /** Where to compute: {@code AUTO} takes a GPU where one works; {@code GPU} without one is an error. */
    public enum Device {
        AUTO, CPU, GPU
    }
}
