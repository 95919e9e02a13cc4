package io.github.palimpsest.engine;

/**
 * What an engine runs on.
 *
 * @param engine its name, such as {@code Deeplearning4j}
 * @param version its version
 * @param device {@code CPU}, or the GPU's name
 * @param threads of the CPU
 * @param accelerated whether the vendor's kernels (oneDNN, cuDNN) are really in use
 * @param sentence all of this in a sentence for the user, with what to install for more
 */
public record EngineStatus(String engine, String version, String device, int threads, boolean accelerated, String sentence) {}
