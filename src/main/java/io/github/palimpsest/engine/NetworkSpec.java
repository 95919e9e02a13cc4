package io.github.palimpsest.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.engine.Operation.Concatenation;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.DepthwiseConvolution;
import io.github.palimpsest.engine.Operation.ResizeLike;

/**
 * A network described once, for every engine: a graph of named nodes in an order in which each comes after its inputs. Weights
 * are named {@code node/weight}, such as {@code block1_conv1/kernel}; {@link #weights} lists all of them with their shapes.
 * Height, width and batch size are free and may differ from call to call.
 */
public final class NetworkSpec {

    /** One step of the network. */
    public record Node(String name, Operation operation, List<String> inputs) {
        public Node {
            inputs = List.copyOf(inputs);
        }
    }

    private final Map<String, Integer> inputs;
    private final Map<String, Node> nodes;
    private final Map<String, Integer> channels;
    private final List<String> outputs;

    private NetworkSpec(Builder builder, List<String> outputs) {
        this.inputs = Collections.unmodifiableMap(new LinkedHashMap<>(builder.inputs));
        this.nodes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.nodes));
        this.channels = Collections.unmodifiableMap(new LinkedHashMap<>(builder.channels));
        this.outputs = List.copyOf(outputs);
    }

    /** Starts a description. */
    public static Builder builder() {
        return new Builder();
    }

    /** The inputs' names and their numbers of channels. */
    public Map<String, Integer> inputs() {
        return inputs;
    }

    /** All nodes by name, each after its inputs. */
    public Map<String, Node> nodes() {
        return nodes;
    }

    /** The nodes whose values {@code forward} returns and at which {@code backward} takes gradients. */
    public List<String> outputs() {
        return outputs;
    }

    /** The number of channels that a node or an input gives. */
    public int channels(String name) {
        Integer n = channels.get(name);
        if (n == null)
            throw new IllegalArgumentException("no node named " + name);
        return n;
    }

    /** The name and shape of every weight, in the nodes' order. */
    public Map<String, int[]> weights() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        for (Node node : nodes.values())
            addWeights(node, channels(node.inputs().get(0)), shapes);
        return shapes;
    }

    private static void addWeights(Node node, int in, Map<String, int[]> shapes) {
        String name = node.name();
        if (node.operation() instanceof Convolution c) {
            shapes.put(name + "/kernel", new int[] { c.filters(), in, c.kernel(), c.kernel() });
            if (c.bias())
                shapes.put(name + "/bias", new int[] { c.filters() });
        } else if (node.operation() instanceof DepthwiseConvolution d) {
            shapes.put(name + "/kernel", new int[] { in, 1, d.kernel(), d.kernel() });
            if (d.bias())
                shapes.put(name + "/bias", new int[] { in });
        } else if (node.operation() instanceof BatchNormalization) {
            for (String weight : List.of("gamma", "beta", "mean", "variance"))
                shapes.put(name + "/" + weight, new int[] { in });
        }
    }

    /** A builder that goes on from this network, with all of its inputs and nodes: heads are added to trunks this way. */
    public Builder extend() {
        Builder builder = new Builder();
        builder.inputs.putAll(inputs);
        builder.nodes.putAll(nodes);
        builder.channels.putAll(channels);
        return builder;
    }

    /**
     * The part of this network that lies between some of its nodes and others, with the same names.
     *
     * @param from nodes or inputs whose values are given from outside: they become the inputs, in this order
     * @param to the nodes that it gives out
     * @throws IllegalArgumentException if an output needs an input of the whole network that is not among {@code from}, or a
     *             name is unknown
     */
    public NetworkSpec part(List<String> from, List<String> to) {
        Set<String> needed = new HashSet<>(to);
        for (Node node : reversed(nodes.values()))
            if (needed.contains(node.name()) && !from.contains(node.name()))
                needed.addAll(node.inputs());
        Builder part = builder();
        for (String name : from)
            part.input(name, channels(name));
        for (Node node : nodes.values())
            if (needed.contains(node.name()) && !from.contains(node.name()))
                part.add(node.name(), node.operation(), node.inputs().toArray(String[]::new));
        return part.outputs(to.toArray(String[]::new));
    }

    private static List<Node> reversed(Collection<Node> nodes) {
        List<Node> list = new ArrayList<>(nodes);
        Collections.reverse(list);
        return list;
    }

    /** Collects nodes. Each method returns the name of the node that it added, to be the input of the next. */
    public static final class Builder {

        private final Map<String, Integer> inputs = new LinkedHashMap<>();
        private final Map<String, Node> nodes = new LinkedHashMap<>();
        private final Map<String, Integer> channels = new LinkedHashMap<>();

        private Builder() {}

        /** An input of the network. */
        public String input(String name, int numberOfChannels) {
            claim(name);
            inputs.put(name, numberOfChannels);
            channels.put(name, numberOfChannels);
            return name;
        }

        /**
         * A node.
         *
         * @throws IllegalArgumentException if the name is taken or empty or has a slash, an input is unknown, or the inputs'
         *             channels do not fit
         */
        public String add(String name, Operation operation, String... from) {
            claim(name);
            if (from.length == 0)
                throw new IllegalArgumentException("node " + name + " has no input");
            for (String input : from)
                if (!channels.containsKey(input))
                    throw new IllegalArgumentException("node " + name + " takes an unknown input " + input);
            if (operation instanceof ResizeLike && from.length != 2)
                throw new IllegalArgumentException("node " + name + " needs two inputs: what to resize, and like what");
            int n = channels.get(from[0]);
            if (operation instanceof Convolution c)
                n = c.filters();
            else if (operation instanceof Concatenation)
                n = List.of(from).stream().mapToInt(channels::get).sum();
            else if (!(operation instanceof ResizeLike))
                for (String input : from)
                    if (channels.get(input) != n)
                        throw new IllegalArgumentException("the inputs of node " + name + " differ in their channels");
            nodes.put(name, new Node(name, operation, List.of(from)));
            channels.put(name, n);
            return name;
        }

        private void claim(String name) {
            if (name.isEmpty() || name.contains("/"))
                throw new IllegalArgumentException("not a name for a node: \"" + name + "\"");
            if (channels.containsKey(name))
                throw new IllegalArgumentException("two nodes named " + name);
        }

        /** The finished description, with the nodes that it gives out. */
        public NetworkSpec outputs(String... names) {
            List<String> list = new ArrayList<>(List.of(names));
            for (String name : list)
                if (!nodes.containsKey(name))
                    throw new IllegalArgumentException("no node named " + name);
            return new NetworkSpec(this, list);
        }
    }
}
