package io.github.palimpsest.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.DepthwiseConvolution;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * Weights from the HDF5 files that Keras writes with {@code save_weights} (up to version 2, {@code .h5}) and that Keras
 * Applications publishes. Layers are found by name; where a file has other names, by their order, as Keras itself does it, but
 * only if each of them fits.
 */
public final class KerasWeights {

    /** So many names are listed in a sentence before the rest is only counted. */
    private static final int NAMES_IN_A_SENTENCE = 8;

    private KerasWeights() {}

    /**
     * Reads the weights of a network. Only tensors that the network asks for, in the shape that it asks for, are loaded.
     *
     * @param h5 the file; kernels as height × width × inputs × outputs, depthwise ones as height × width × channels × 1
     * @param spec the network, without heads of our own
     * @return every weight of the spec, by its name, in its shape and order
     * @throws UserException if the file is not such a file, is damaged, or has a tensor less, more, or of another shape or type
     *             than the network, naming the file and the tensors
     */
    public static Map<String, Tensor> read(Path h5, NetworkSpec spec) {
        return KerasLayers.with(h5, layers -> {
            Map<String, KerasLayers.Stored> byName = named(layers);
            Map<String, KerasLayers.Stored> byOrder = inOrder(layers, spec);
            Map<String, int[]> expected = spec.weights();
            boolean named = expected.keySet().equals(byName.keySet());
            Map<String, KerasLayers.Stored> found = !named && fits(byOrder, spec) ? byOrder : byName;
            refuseOthers(h5, expected, found);
            Map<String, Tensor> weights = new LinkedHashMap<>();
            expected.forEach((name, shape) -> weights.put(name, load(h5, spec, name, shape, found.get(name))));
            return weights;
        });
    }

    private static Map<String, KerasLayers.Stored> named(Map<String, List<KerasLayers.Stored>> layers) {
        Map<String, KerasLayers.Stored> found = new LinkedHashMap<>();
        layers.forEach((layer, tensors) -> tensors.forEach(tensor -> found.put(layer + "/" + tensor.weight(), tensor)));
        return found;
    }

    /** The file's layers under the names of ours, the first as our first and so on; empty if there are not as many. */
    private static Map<String, KerasLayers.Stored> inOrder(Map<String, List<KerasLayers.Stored>> layers, NetworkSpec spec) {
        List<String> ours = spec.weights().keySet().stream().map(KerasWeights::layer).distinct().toList();
        Map<String, List<KerasLayers.Stored>> renamed = new LinkedHashMap<>();
        if (ours.size() == layers.size()) {
            int i = 0;
            for (List<KerasLayers.Stored> tensors : layers.values())
                renamed.put(ours.get(i++), tensors);
        }
        return named(renamed);
    }

    private static boolean fits(Map<String, KerasLayers.Stored> found, NetworkSpec spec) {
        Map<String, int[]> expected = spec.weights();
        return found.keySet().equals(expected.keySet()) && expected.entrySet().stream()
            .allMatch(e -> Arrays.equals(kerasShape(spec, e.getKey(), e.getValue()), found.get(e.getKey()).shape()));
    }

    private static void refuseOthers(Path file, Map<String, int[]> expected, Map<String, KerasLayers.Stored> found) {
        List<String> missing = new ArrayList<>(expected.keySet());
        missing.removeAll(found.keySet());
        if (!missing.isEmpty())
            throw Hdf5Envelope.bad(file, "is not of this network or not whole: it lacks " + list(missing), null);
        List<String> extra = new ArrayList<>(found.keySet());
        extra.removeAll(expected.keySet());
        if (!extra.isEmpty())
            throw Hdf5Envelope.bad(file, "has more than this network: " + list(extra)
                + ". If it was saved with the classifier on top, take the one without, whose name ends in no_top.h5 or notop.h5",
                null);
    }

    private static Tensor load(Path file, NetworkSpec spec, String name, int[] shape, KerasLayers.Stored stored) {
        int[] keras = kerasShape(spec, name, shape);
        if (!Arrays.equals(keras, stored.shape()))
            throw Hdf5Envelope.bad(file, "does not fit this network: " + stored.path() + " is " + times(stored.shape())
                + " and should be " + times(keras), null);
        float[] values = stored.read();
        if (values.length != Tensor.elements(shape))
            throw Hdf5Envelope.bad(file, "is damaged: " + stored.path() + " is incomplete", null);
        for (float value : values)
            if (!Float.isFinite(value))
                throw Hdf5Envelope.bad(file, "is damaged: " + stored.path() + " has values that are not numbers", null);
        return shape.length == 4 ? kernel(values, keras, isDepthwise(spec, name), shape) : Tensor.of(values, shape);
    }

    /**
     * A kernel with height and width last. Keras has outputs last, we have them first; of a depthwise kernel both have the
     * channels before the 1, so that there is nothing to swap.
     */
    private static Tensor kernel(float[] values, int[] keras, boolean depthwise, int[] shape) {
        int cells = keras[0] * keras[1];
        int rows = keras[2];
        int columns = keras[3];
        float[] ours = new float[values.length];
        int from = 0;
        for (int cell = 0; cell < cells; cell++)
            for (int row = 0; row < rows; row++)
                for (int column = 0; column < columns; column++)
                    ours[(depthwise ? row * columns + column : column * rows + row) * cells + cell] = values[from++];
        return Tensor.of(ours, shape);
    }

    private static int[] kerasShape(NetworkSpec spec, String name, int[] shape) {
        if (shape.length != 4)
            return shape;
        return isDepthwise(spec, name) ? new int[] { shape[2], shape[3], shape[0], shape[1] }
            : new int[] { shape[2], shape[3], shape[1], shape[0] };
    }

    private static boolean isDepthwise(NetworkSpec spec, String weight) {
        return spec.nodes().get(layer(weight)).operation() instanceof DepthwiseConvolution;
    }

    private static String layer(String weight) {
        return weight.substring(0, weight.indexOf('/'));
    }

    private static String times(int[] shape) {
        return Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining("×"));
    }

    private static String list(List<String> names) {
        int more = names.size() - NAMES_IN_A_SENTENCE;
        return names.stream().limit(NAMES_IN_A_SENTENCE).collect(Collectors.joining(", "))
            + (more > 0 ? " and " + more + " more" : "");
    }
}
