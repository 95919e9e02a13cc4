package io.github.palimpsest.engine.dl4j;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineStatus;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;

/** Compiles networks to Deeplearning4j's graphs, once the {@link Backend} runs. */
final class Dl4jEngine implements Engine {

    private final EngineStatus status;

    Dl4jEngine(EngineStatus status) {
        this.status = status;
    }

    @Override
    public Network compile(NetworkSpec spec, Compilation options) {
        Backend.useThreads(options.threads());
        return new Dl4jNetwork(spec, options);
    }

    @Override
    public EngineStatus status() {
        return status;
    }
}
