package io.github.palimpsest.engine;

/** Starts one kind of engine; found by {@link java.util.ServiceLoader}. */
public interface EngineProvider {

    /** The engine's name. */
    String name();

    /**
     * Starts the engine, once in a process.
     *
     * @throws io.github.palimpsest.task.UserException if the device that was asked for does not work here, or the engine runs
     *             already in this process on another one
     */
    Engine start(EngineSettings settings);
}
