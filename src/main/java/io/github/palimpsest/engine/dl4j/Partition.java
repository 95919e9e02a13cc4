package io.github.palimpsest.engine.dl4j;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.NetworkSpec.Node;
import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.DepthwiseConvolution;

/**
 * Cuts a network in two: a lower part in which nothing can learn, which therefore needs no gradients and runs as in inference,
 * and an upper part that is trained. Nodes on which no output depends are in neither.
 *
 * @param lower the nodes below every node that can learn, in order
 * @param upper the rest
 * @param boundary the inputs and lower nodes that upper nodes read
 */
record Partition(List<Node> lower, List<Node> upper, Set<String> boundary) {

    static Partition of(NetworkSpec spec, Set<String> frozen) {
        for (String name : frozen)
            if (!spec.nodes().containsKey(name))
                throw new IllegalArgumentException("cannot freeze " + name + ": no node has this name");
        Set<String> needed = needed(spec);
        List<Node> lower = new ArrayList<>();
        List<Node> upper = new ArrayList<>();
        Set<String> learning = new HashSet<>();
        Set<String> boundary = new LinkedHashSet<>();
        for (Node node : spec.nodes().values()) {
            if (!needed.contains(node.name()))
                continue;
            boolean learns = hasWeights(node) && !frozen.contains(node.name());
            for (String input : node.inputs())
                learns |= learning.contains(input);
            if (!learns) {
                lower.add(node);
                continue;
            }
            learning.add(node.name());
            upper.add(node);
            for (String input : node.inputs())
                if (!learning.contains(input))
                    boundary.add(input);
        }
        return new Partition(lower, upper, boundary);
    }

    private static Set<String> needed(NetworkSpec spec) {
        Set<String> needed = new HashSet<>(spec.outputs());
        List<Node> nodes = new ArrayList<>(spec.nodes().values());
        for (int i = nodes.size() - 1; i >= 0; i--)
            if (needed.contains(nodes.get(i).name()))
                needed.addAll(nodes.get(i).inputs());
        return needed;
    }

    private static boolean hasWeights(Node node) {
        return node.operation() instanceof Convolution || node.operation() instanceof DepthwiseConvolution
                || node.operation() instanceof BatchNormalization;
    }
}
