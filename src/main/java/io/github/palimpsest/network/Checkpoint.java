package io.github.palimpsest.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.engine.Network;
import io.github.palimpsest.store.Safetensors;
import io.github.palimpsest.tensor.Tensor;

/**
 * Where the training of a network stands after an epoch.
 *
 * @param weights of the network
 * @param optimizer its moments and step counter
 * @param losses of the epochs so far
 */
public record Checkpoint(Map<String, Tensor> weights, Map<String, Tensor> optimizer, List<Double> losses) {

    private static final String WEIGHTS = "weights/";
    private static final String OPTIMIZER = "optimizer/";

    public static Checkpoint of(Network network, List<Double> losses) {
        return new Checkpoint(network.weights(), network.optimizerState(), List.copyOf(losses));
    }

    /** Puts the network where it was, and tells the losses so far. */
    public List<Double> restore(Network network) {
        network.setWeights(weights);
        network.setOptimizerState(optimizer);
        return losses;
    }

    public void write(Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> tensors.put(WEIGHTS + name, tensor));
        optimizer.forEach((name, tensor) -> tensors.put(OPTIMIZER + name, tensor));
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int epoch = 0; epoch < losses.size(); epoch++)
            metadata.put("loss/" + epoch, Double.toString(losses.get(epoch)));
        new Safetensors(tensors, metadata).write(file);
    }

    public static Checkpoint read(Path file) {
        Safetensors stored = Safetensors.read(file);
        List<Double> losses = new ArrayList<>();
        for (String loss; (loss = stored.metadata().get("loss/" + losses.size())) != null;)
            losses.add(Double.valueOf(loss));
        return new Checkpoint(part(stored, WEIGHTS), part(stored, OPTIMIZER), losses);
    }

    private static Map<String, Tensor> part(Safetensors stored, String prefix) {
        Map<String, Tensor> part = new LinkedHashMap<>();
        stored.tensors().forEach((name, tensor) -> {
            if (name.startsWith(prefix))
                part.put(name.substring(prefix.length()), tensor);
        });
        return part;
    }
}
