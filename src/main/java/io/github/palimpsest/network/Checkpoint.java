package io.github.palimpsest.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.store.Safetensors;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * Where the training of a network stands after an epoch.
 *
 * @param weights of the network
 * @param optimizer its moments and step counter
 * @param losses of the epochs so far
 * @param curves what else was measured in each of these epochs, by name; may be empty
 */
public record Checkpoint(Map<String, Tensor> weights, Map<String, Tensor> optimizer, List<Double> losses,
        Map<String, List<Double>> curves) {

    private static final String WEIGHTS = "weights/";
    private static final String OPTIMIZER = "optimizer/";
    private static final String CURVE = "curve/";

    public static Checkpoint of(Network network, List<Double> losses) {
        return of(network, losses, Map.of());
    }

    public static Checkpoint of(Network network, List<Double> losses, Map<String, List<Double>> curves) {
        Map<String, List<Double>> copy = new LinkedHashMap<>();
        curves.forEach((name, curve) -> copy.put(name, List.copyOf(curve)));
        return new Checkpoint(network.weights(), network.optimizerState(), List.copyOf(losses), copy);
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
        curves.forEach((name, curve) -> {
            for (int epoch = 0; epoch < curve.size(); epoch++)
                metadata.put(CURVE + name + "/" + epoch, Double.toString(curve.get(epoch)));
        });
        new Safetensors(tensors, metadata).write(file);
    }

    /**
     * Reads a checkpoint of a certain network.
     *
     * @throws UserException if the file is absent or damaged, or of another network, naming it
     */
    public static Checkpoint read(Path file, NetworkSpec spec) {
        Checkpoint checkpoint = read(file);
        Map<String, int[]> shapes = spec.weights();
        boolean fits = shapes.keySet().equals(checkpoint.weights.keySet())
                && shapes.entrySet().stream().allMatch(e -> checkpoint.weights.get(e.getKey()).hasShape(e.getValue()));
        if (!fits)
            throw new UserException(file + " is of another network than the one that is trained here. Restore it, or delete it "
                    + "and run the same command again.");
        return checkpoint;
    }

    public static Checkpoint read(Path file) {
        Safetensors stored = Safetensors.read(file);
        List<Double> losses = new ArrayList<>();
        for (String loss; (loss = stored.metadata().get("loss/" + losses.size())) != null;)
            losses.add(Double.valueOf(loss));
        return new Checkpoint(part(stored, WEIGHTS), part(stored, OPTIMIZER), losses, curves(stored));
    }

    private static Map<String, List<Double>> curves(Safetensors stored) {
        Map<String, List<Double>> curves = new LinkedHashMap<>();
        for (String key : stored.metadata().keySet())
            if (key.startsWith(CURVE) && key.endsWith("/0")) {
                String name = key.substring(CURVE.length(), key.length() - 2);
                List<Double> curve = new ArrayList<>();
                for (String value; (value = stored.metadata().get(CURVE + name + "/" + curve.size())) != null;)
                    curve.add(Double.valueOf(value));
                curves.put(name, curve);
            }
        return curves;
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
