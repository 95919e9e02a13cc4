package io.github.palimpsest.engine.dl4j;

import java.util.List;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineStatus;
import io.github.palimpsest.engine.LatticeKernel;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.tensor.Tensor;

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
    public Tensor meanField(Tensor unary, List<LatticeKernel> kernels, int iterations, Runnable check) {
        try (DeviceMeanField field = new DeviceMeanField(unary, kernels)) {
            return field.run(iterations, check);
        }
    }

    @Override
    public EngineStatus status() {
        return status;
    }
}
