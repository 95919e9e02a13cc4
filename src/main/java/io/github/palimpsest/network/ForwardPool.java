package io.github.palimpsest.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.tensor.Tensor;

/**
 * One network for each worker of a pool, for inference. Images go through one at a time, each on one thread: that is faster
 * than batches on all threads, and the result does not depend on who does which.
 */
public final class ForwardPool implements AutoCloseable {

    private final Network[] networks;
    private final Engine engine;
    private final NetworkSpec spec;
    private final Backbone backbone;
    private final Map<String, Tensor> weights;

    /** @param workers of the pool */
    public ForwardPool(Engine engine, NetworkSpec spec, Backbone backbone, Map<String, Tensor> weights, int workers) {
        this.engine = engine;
        this.spec = spec;
        this.backbone = backbone;
        this.weights = weights;
        this.networks = new Network[workers];
    }

    /** The network's output, {@code C×h×w}, for each view of an image {@code 3×H×W}; called by the worker of that number. */
    public List<Tensor> outputs(Tensor rgb, List<View> views, int worker) {
        String only = spec.outputs().get(0);
        return allOutputs(rgb, views, worker).stream().map(outputs -> outputs.get(only)).toList();
    }

    /** Each of the network's outputs, {@code C×h×w} by name, for each view of an image {@code 3×H×W}. */
    public List<Map<String, Tensor>> allOutputs(Tensor rgb, List<View> views, int worker) {
        if (networks[worker] == null) {
            networks[worker] = engine.compile(spec, Engine.Compilation.inference(spec, 1));
            networks[worker].setWeights(weights);
        }
        String image = spec.inputs().keySet().iterator().next();
        List<Map<String, Tensor>> all = new ArrayList<>();
        for (View view : views) {
            Tensor input = backbone.preprocess(view.of(rgb));
            Tensor batch = input.reshape(1, input.size(0), input.size(1), input.size(2));
            Map<String, Tensor> outputs = new LinkedHashMap<>();
            networks[worker].forward(Map.of(image, batch), false).forEach((name, output) -> outputs.put(name,
                    output.reshape(output.size(1), output.size(2), output.size(3))));
            all.add(outputs);
        }
        return all;
    }

    /**
     * Frees the memory of a worker's network; it is compiled anew when it is needed. Called by the worker of that
     * number.
     */
    public void release(int worker) {
        if (networks[worker] != null)
            networks[worker].close();
        networks[worker] = null;
    }

    @Override
    public void close() {
        for (Network network : networks)
            if (network != null)
                network.close();
    }
}
