package io.github.palimpsest.erasing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.tensor.Tensor;

/**
 * One network for each worker of a pool, for inference. Images go through one at a time, each on one thread: that is faster
 * than batches on all threads, and the result does not depend on who does which.
 */
final class ForwardPool implements AutoCloseable {

    private final Network[] networks;
    private final Engine engine;
    private final NetworkSpec spec;
    private final Backbone backbone;
    private final Map<String, Tensor> weights;

    ForwardPool(Engine engine, NetworkSpec spec, Backbone backbone, Map<String, Tensor> weights, int workers) {
        this.engine = engine;
        this.spec = spec;
        this.backbone = backbone;
        this.weights = weights;
        this.networks = new Network[workers];
    }

    /** The network's output, {@code C×h×w}, for each view of an image {@code 3×H×W}; called by the worker of that number. */
    List<Tensor> outputs(Tensor rgb, List<View> views, int worker) {
        if (networks[worker] == null) {
            networks[worker] = engine.compile(spec, Engine.Compilation.inference(spec, 1));
            networks[worker].setWeights(weights);
        }
        List<Tensor> outputs = new ArrayList<>();
        for (View view : views) {
            Tensor input = backbone.preprocess(view.of(rgb));
            Tensor batch = input.reshape(1, input.size(0), input.size(1), input.size(2));
            Tensor output = networks[worker].forward(batch, false);
            outputs.add(output.reshape(output.size(1), output.size(2), output.size(3)));
        }
        return outputs;
    }

    @Override
    public void close() {
        for (Network network : networks)
            if (network != null)
                network.close();
    }
}
