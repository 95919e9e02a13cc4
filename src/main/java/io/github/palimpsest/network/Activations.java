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
        boolean needsWholeBatch = spec.nodes().values().stream()
                .anyMatch(n -> n.operation() instanceof Operation.BatchNormalization && !frozen.contains(n.name()));
        if (needsWholeBatch)
            return batch;
        return (int) Math.max(1, Math.min(batch, bytes / (COPIES * Float.BYTES * count(spec, side))));
    }

    /** The number of values that all nodes together give for one square image. */
    public static long count(NetworkSpec spec, int side) {
        Map<String, Integer> sides = new HashMap<>();
        spec.inputs().keySet().forEach(input -> sides.put(input, side));
        long count = 0;
        for (NetworkSpec.Node node : spec.nodes().values()) {
            int in = sides.get(node.inputs().get(0));
            int out = node.operation() instanceof Operation.GlobalAveragePooling ? 1
                    : (in + stride(node.operation()) - 1) / stride(node.operation());
            sides.put(node.name(), out);
            count += (long) spec.channels(node.name()) * out * out;
        }
        return count;
    }

    private static int stride(Operation operation) {
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
