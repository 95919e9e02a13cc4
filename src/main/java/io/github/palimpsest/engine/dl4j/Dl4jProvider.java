package io.github.palimpsest.engine.dl4j;

import org.nd4j.linalg.factory.Nd4j;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineProvider;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.EngineStatus;

/** Starts Deeplearning4j. Public because ServiceLoader asks for it. */
public final class Dl4jProvider implements EngineProvider {

    @Override
    public String name() {
        return "Deeplearning4j";
    }

    @Override
    public Engine start(EngineSettings settings) {
        Backend.start(settings);
        return new Dl4jEngine(status(settings));
    }

    private EngineStatus status(EngineSettings settings) {
        String version = Nd4j.class.getPackage().getImplementationVersion();
        String release = version == null ? "1.0.0-M2.1" : version;
        int threads = settings.threads();
        String start = name() + " " + release + " computes on ";
        if (Backend.isGpu()) {
            String gpu = CudaDevice.find().name();
            return new EngineStatus(name(), release, gpu, threads, false, start + "the " + gpu + " with CUDA 11.6.");
        }
        boolean oneDnn = OneDnn.isInUse();
        String sentence = start + "the CPU with " + threads + (threads == 1 ? " thread" : " threads") + ", "
                + (oneDnn ? "and oneDNN is in use." : "but without oneDNN, about eight times slower than it could: install "
                        + "nd4j-native's jar for your platform whose name ends in \"-onednn\".");
        CudaDevice gpu = CudaDevice.find();
        if (!gpu.usable())
            sentence += " No GPU is used: " + gpu.problem();
        return new EngineStatus(name(), release, "CPU", threads, oneDnn, sentence);
    }
}
