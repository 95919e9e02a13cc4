package io.github.palimpsest.engine.dl4j;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.EngineSettings.Device;
import io.github.palimpsest.engine.Engines;

/** The engine that all tests of a process share. */
final class TestEngine {

    private TestEngine() {}

    static Engine get() {
        return Engines.start(new EngineSettings(Device.CPU, 2, 4L << 30));
    }
}
