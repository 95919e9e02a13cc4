package io.github.palimpsest.network;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation;

/** How much memory a network's values take while it is trained. */
public final class Activations {

    /** A value, its gradient, and the engine's working space. */
    private static final int COPIES = 3;

    private Activations() {}

    /**
     * How many square images fit in the memory at a time, 1..batch. Batch norm that learns needs the whole batch at once, so
     * there it is always the batch.
     */
    public static int imagesPerPass(NetworkSpec spec, Set<String> frozen, int side, int batch, long bytes) {
        return imagesPerPass(spec, frozen, square(spec, side), batch, bytes);
    }

    /** {@link #imagesPerPass(NetworkSpec, Set, int, int, long)} of a network whose inputs have these sides, by their names. */
    public static int imagesPerPass(NetworkSpec spec, Set<String> frozen, Map<String, Integer> inputs, int batch, long bytes) {
        boolean needsWholeBatch = spec.nodes().values().stream()
                .anyMatch(n -> n.operation() instanceof Operation.BatchNormalization && !frozen.contains(n.name()));
        if (needsWholeBatch)
            return batch;
        return (int) Math.max(1, Math.min(batch, bytes / (COPIES * Float.BYTES * count(spec, inputs))));
    }

    /** The number of values that all nodes together give for one square image. */
    public static long count(NetworkSpec spec, int side) {
        return count(spec, square(spec, side));
    }

    private static Map<String, Integer> square(NetworkSpec spec, int side) {
        Map<String, Integer> inputs = new HashMap<>();
        spec.inputs().keySet().forEach(input -> inputs.put(input, side));
        return inputs;
    }

    /** The number of values that all nodes together give for square inputs of these sides, by the inputs' names. */
    public static long count(NetworkSpec spec, Map<String, Integer> inputs) {
        Map<String, Integer> sides = new HashMap<>(inputs);
        long count = 0;
        for (NetworkSpec.Node node : spec.nodes().values()) {
            int out = side(node, sides);
            sides.put(node.name(), out);
            count += (long) spec.channels(node.name()) * out * out;
        }
        return count;
    }

    private static int side(NetworkSpec.Node node, Map<String, Integer> sides) {
        if (node.operation() instanceof Operation.GlobalAveragePooling)
            return 1;
        if (node.operation() instanceof Operation.ResizeLike)
            return sides.get(node.inputs().get(1));
        int stride = stride(node.operation());
        return (sides.get(node.inputs().get(0)) + stride - 1) / stride;
    }

    /** How many times fewer cells along a side an operation gives than it takes; 1 for one that keeps the size. */
    static int stride(Operation operation) {
        if (operation instanceof Operation.Convolution c)
            return c.stride();
        if (operation instanceof Operation.DepthwiseConvolution d)
            return d.stride();
        if (operation instanceof Operation.MaxPooling p)
            return p.stride();
        if (operation instanceof Operation.AveragePooling p)
            return p.stride();
        return 1;
    }
}
