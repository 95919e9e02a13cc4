package io.github.palimpsest.segmentation;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/** What a trained network says of the training images: one network for each worker of a pool. */
final class AnswerPool implements AutoCloseable {

    private final Engine engine;
    private final NetworkSpec spec;
    private final Map<String, Tensor> weights;
    private final NetworkInputs inputs;
    private final Network[] networks;

    /** @param weights at least those of the spec */
    AnswerPool(Engine engine, NetworkSpec spec, Map<String, Tensor> weights, NetworkInputs inputs, int workers) {
        this.engine = engine;
        this.spec = spec;
        this.weights = new LinkedHashMap<>(weights);
        this.weights.keySet().retainAll(spec.weights().keySet());
        this.inputs = inputs;
        this.networks = new Network[workers];
    }

    /** An output {@code C×h×w} for an image. */
    Tensor of(int image, String output, int worker) {
        return answer(image, false, output, worker);
    }

    /** An output {@code C×h×w} for an image: the mean of what is said of it and of its mirror image. */
    Tensor mirroredMean(int image, String output, int worker) {
        Tensor mean = answer(image, false, output, worker);
        Tensor mirrored = Resize.flipped(answer(image, true, output, worker));
        for (int i = 0; i < mean.length(); i++)
            mean.data()[i] = (mean.data()[i] + mirrored.data()[i]) / 2;
        return mean;
    }

    private Tensor answer(int image, boolean mirrored, String output, int worker) {
        if (networks[worker] == null) {
            networks[worker] = engine.compile(spec, Engine.Compilation.inference(spec, 1));
            networks[worker].setWeights(weights);
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        Map<String, Tensor> given = inputs.of(image, mirrored, worker);
        for (String name : spec.inputs().keySet()) {
            Tensor input = given.get(name);
            batch.put(name, input.reshape(1, input.size(0), input.size(1), input.size(2)));
        }
        Tensor answer = networks[worker].forward(batch, false).get(output);
        return answer.reshape(answer.size(1), answer.size(2), answer.size(3));
    }

    @Override
    public void close() {
        for (Network network : networks)
            if (network != null)
                network.close();
    }
}
