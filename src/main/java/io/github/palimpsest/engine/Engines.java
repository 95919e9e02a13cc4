package io.github.palimpsest.engine;

import java.util.ServiceLoader;

import io.github.palimpsest.task.UserException;

/** Where engines come from. */
public final class Engines {

    private Engines() {}

    /**
     * Starts the engine that ships with the plugin, or gives the one that runs already.
     *
     * @throws UserException if the device that was asked for does not work here
     */
    public static Engine start(EngineSettings settings) {
        // Fiji's context class loader is not always the one that knows our jar.
        for (EngineProvider provider : ServiceLoader.load(EngineProvider.class, Engines.class.getClassLoader()))
            return provider.start(settings);
        throw new UserException("No compute engine was found: the Palimpsest jar is damaged or was repackaged. Install it again.");
    }
}
