package io.github.palimpsest.engine.dl4j;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.nd4j.linalg.learning.config.NoOp;

import io.github.palimpsest.engine.Engine.Compilation;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.NetworkSpec.Node;
import io.github.palimpsest.engine.Operation;
import io.github.palimpsest.engine.Operation.Addition;
import io.github.palimpsest.engine.Operation.AveragePooling;
import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.engine.Operation.Concatenation;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.DepthwiseConvolution;
import io.github.palimpsest.engine.Operation.GlobalAveragePooling;
import io.github.palimpsest.engine.Operation.GlobalContext;
import io.github.palimpsest.engine.Operation.MaxPooling;
import io.github.palimpsest.engine.Operation.ReLU;
import io.github.palimpsest.engine.Operation.ReLU6;
import io.github.palimpsest.engine.Operation.ResizeLike;

/** Builds Deeplearning4j's graph of some nodes of a network. */
final class GraphCompiler {

    private final NetworkSpec spec;
    private final Compilation options;
    private final Phase phase;
    private final Planes planes;

    GraphCompiler(NetworkSpec spec, Compilation options, Phase phase) {
        this.spec = spec;
        this.options = options;
        this.phase = phase;
        this.planes = new Planes(options.threads());
    }

    /** The name of the vertex that gives an output's value. */
    static String tap(String output) {
        // A node's name cannot have a slash, so this one is free.
        return output + "/out";
    }

    /** A graph with a {@link #tap} for each output, in their order. */
    TrainedGraph compile(Collection<String> inputs, List<Node> nodes, Collection<String> outputs) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder().updater(new NoOp())
                // Deeplearning4j's backward looks at the inference mode, so both have to be the same.
                .trainingWorkspaceMode(WorkspaceMode.ENABLED).inferenceWorkspaceMode(WorkspaceMode.ENABLED).graphBuilder()
                .validateOutputLayerConfig(false);
        builder.addInputs(inputs);
        for (Node node : nodes)
            add(node, builder);
        for (String output : outputs)
            builder.addLayer(tap(output), new FunctionLayer(new Identity()), output);
        builder.setOutputs(outputs.stream().map(GraphCompiler::tap).toArray(String[]::new));
        TrainedGraph graph = new TrainedGraph(builder.build());
        graph.init();
        return graph;
    }

    private void add(Node node, GraphBuilder builder) {
        String name = node.name();
        String[] from = node.inputs().toArray(String[]::new);
        if (new HashSet<>(node.inputs()).size() < from.length)
            throw new IllegalArgumentException("node " + name + " takes the same input twice");
        Operation operation = node.operation();
        int channels = spec.channels(from[0]);
        if (operation instanceof Convolution c)
            builder.addLayer(name, new ConvolutionNode(c, channels), from);
        else if (operation instanceof DepthwiseConvolution d)
            builder.addLayer(name, new DepthwiseNode(d, channels, planes), from);
        else if (operation instanceof BatchNormalization b)
            builder.addLayer(name, new NormalizationLayer(channels, b.epsilon(), b.momentum(), isFrozen(name), phase, planes), from);
        else if (operation instanceof Addition)
            builder.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), from);
        else if (operation instanceof Concatenation)
            builder.addVertex(name, new MergeVertex(), from);
        else if (operation instanceof ResizeLike)
            builder.addVertex(name, new ResizeVertex(planes), from);
        else
            builder.addLayer(name, new FunctionLayer(function(name, operation)), from);
    }

    private boolean isFrozen(String node) {
        return options.frozen().contains(node);
    }

    private Function function(String node, Operation operation) {
        if (operation instanceof ReLU)
            return new Rectifier(false, planes);
        if (operation instanceof ReLU6)
            return new Rectifier(true, planes);
        if (operation instanceof MaxPooling p)
            return new Pooling(false, p.kernel(), p.stride());
        if (operation instanceof AveragePooling p)
            return new Pooling(true, p.kernel(), p.stride());
        if (operation instanceof GlobalAveragePooling)
            return new GlobalAverage();
        if (operation instanceof GlobalContext)
            return new Context(planes);
        if (operation instanceof Operation.Dropout d)
            return new Dropout(d.rate(), options.seed(), node, phase);
        throw new IllegalStateException("no layer for " + operation);
    }

    /** The outputs that lie among these nodes, and what the upper part reads of them, each once. */
    static List<String> outputsAmong(List<Node> nodes, Collection<String> wanted) {
        Set<String> names = new HashSet<>();
        for (Node node : nodes)
            names.add(node.name());
        return wanted.stream().filter(names::contains).distinct().toList();
    }
}
