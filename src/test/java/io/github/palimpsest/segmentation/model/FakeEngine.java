package io.github.palimpsest.segmentation.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineStatus;
import io.github.palimpsest.engine.LatticeKernel;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.tensor.Tensor;

/** Runs out of memory above so many pixels; below, every cell's logits are the image's first channel there. */
final class FakeEngine implements Engine {

    final AtomicInteger forwards = new AtomicInteger();
    private final long mostPixels;
    private final int stride;

    FakeEngine(long mostPixels, int stride) {
        this.mostPixels = mostPixels;
        this.stride = stride;
    }

    @Override
    public Network compile(NetworkSpec spec, Compilation options) {
        return new FakeNetwork(spec);
    }

    @Override
    public Tensor meanField(Tensor unary, List<LatticeKernel> kernels, int iterations, Runnable check) {
        throw new UnsupportedOperationException("on a CPU, refinement does not ask the engine");
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus("Fake", "1", "CPU", 1, false, "");
    }

    private final class FakeNetwork implements Network {

        private final NetworkSpec spec;

        FakeNetwork(NetworkSpec spec) {
            this.spec = spec;
        }

        @Override
        public NetworkSpec spec() {
            return spec;
        }

        @Override
        public Map<String, Tensor> forward(Map<String, Tensor> inputs, boolean training) {
            Tensor image = inputs.get("image");
            forwards.incrementAndGet();
            int height = image.size(2);
            int width = image.size(3);
            if ((long) height * width > mostPixels)
                throw new OutOfMemoryError("Physical memory usage is too high");
            Map<String, Tensor> outputs = new LinkedHashMap<>();
            int labels = spec.channels("segmentation");
            Tensor logits = Tensor.zeros(1, labels, Span.ceil(height, stride), Span.ceil(width, stride));
            for (int c = 0, at = 0; c < labels; c++)
                for (int y = 0; y < logits.size(2); y++)
                    for (int x = 0; x < logits.size(3); x++)
                        logits.data()[at++] = (c + 1) * image.data()[y * stride * width + x * stride];
            outputs.put("segmentation", logits);
            outputs.put("tags", Tensor.zeros(1, labels - 1, 1, 1));
            return outputs;
        }

        @Override
        public void backward(Map<String, Tensor> outputGradients) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Tensor gradient(String weight) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void step(Optimizer optimizer, Map<String, Double> learningRateFactors) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Tensor> weights() {
            return Map.of();
        }

        @Override
        public void setWeights(Map<String, Tensor> weights) {}

        @Override
        public Map<String, Tensor> optimizerState() {
            return Map.of();
        }

        @Override
        public void setOptimizerState(Map<String, Tensor> state) {}

        @Override
        public void close() {}
    }
}
