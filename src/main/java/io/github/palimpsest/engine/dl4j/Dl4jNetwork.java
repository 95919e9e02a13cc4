package io.github.palimpsest.engine.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

import io.github.palimpsest.engine.Engine.Compilation;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.tensor.Tensor;

/** Two graphs, one above the other: what cannot learn runs as in inference, the rest is trained. Either may be absent. */
final class Dl4jNetwork implements Network {

    private final NetworkSpec spec;
    private final Compilation options;
    private final Phase phase = new Phase();
    private final TrainedGraph lower;
    private final TrainedGraph upper;
    private final List<String> lowerInputs;
    private final List<String> lowerOutputs;
    private final List<String> upperInputs;
    private final List<String> upperOutputs;
    private final Weights weights;
    private final Map<String, float[]> gradients = new LinkedHashMap<>();
    private final Descent descent;
    /** What the last training forward left for backward. */
    private final List<INDArray> held = new ArrayList<>();
    private final Map<String, int[]> outputShapes = new HashMap<>();
    private boolean closed;

    Dl4jNetwork(NetworkSpec spec, Compilation options) {
        this.spec = spec;
        this.options = options;
        Partition partition = Partition.of(spec, options.frozen());
        Set<String> wanted = new LinkedHashSet<>(partition.boundary());
        wanted.addAll(spec.outputs());
        GraphCompiler compiler = new GraphCompiler(spec, options, phase);
        lowerInputs = spec.inputs().keySet().stream()
                .filter(name -> partition.lower().stream().anyMatch(node -> node.inputs().contains(name))).toList();
        lowerOutputs = GraphCompiler.outputsAmong(partition.lower(), wanted);
        upperInputs = List.copyOf(partition.boundary());
        upperOutputs = GraphCompiler.outputsAmong(partition.upper(), spec.outputs());
        lower = lowerOutputs.isEmpty() ? null : compiler.compile(lowerInputs, partition.lower(), lowerOutputs);
        upper = upperOutputs.isEmpty() ? null : compiler.compile(upperInputs, partition.upper(), upperOutputs);
        weights = new Weights(spec, graphs());
        weights.initialize(options.seed());
        Map<String, int[]> learned = new LinkedHashMap<>();
        for (String weight : weights.names())
            if (Weights.isLearned(weight) && !options.frozen().contains(Weights.node(weight)))
                learned.put(weight, weights.shape(weight));
        learned.forEach((weight, shape) -> gradients.put(weight, new float[Tensor.elements(shape)]));
        descent = new Descent(learned);
    }

    private List<TrainedGraph> graphs() {
        List<TrainedGraph> graphs = new ArrayList<>();
        if (lower != null)
            graphs.add(lower);
        if (upper != null)
            graphs.add(upper);
        return graphs;
    }

    @Override
    public NetworkSpec spec() {
        return spec;
    }

    @Override
    public Map<String, Tensor> forward(Map<String, Tensor> inputs, boolean training) {
        enter();
        check(inputs);
        release();
        phase.training = training;
        if (training)
            phase.forwards++;
        Map<String, INDArray> values = new HashMap<>();
        boolean keep = training && upper != null;
        try {
            inputs.forEach((name, tensor) -> values.put(name, Native.of(tensor)));
            if (lower != null)
                infer(lower, lowerInputs, lowerOutputs, values);
            if (keep)
                train(values);
            else if (upper != null)
                infer(upper, upperInputs, upperOutputs, values);
            Map<String, Tensor> result = new LinkedHashMap<>();
            for (String output : spec.outputs())
                result.put(output, Native.tensor(values.get(output)));
            return result;
        } finally {
            if (keep)
                held.addAll(values.values());
            else
                values.values().forEach(Native::close);
        }
    }

    private void check(Map<String, Tensor> inputs) {
        if (!inputs.keySet().equals(spec.inputs().keySet()))
            throw new IllegalArgumentException("the network takes " + spec.inputs().keySet() + " and not " + inputs.keySet());
        inputs.forEach((name, tensor) -> {
            if (tensor.rank() != 4 || tensor.size(1) != spec.inputs().get(name) || tensor.length() == 0)
                throw new IllegalArgumentException("input " + name + " must be N×" + spec.inputs().get(name) + "×H×W and is "
                        + Arrays.toString(tensor.shape()));
        });
    }

    private static void infer(ComputationGraph graph, List<String> inputs, List<String> outputs, Map<String, INDArray> values) {
        INDArray[] results = graph.output(false, arrays(inputs, values));
        for (int i = 0; i < results.length; i++)
            values.put(outputs.get(i), results[i]);
    }

    private void train(Map<String, INDArray> values) {
        Map<String, INDArray> activations = upper.feedForward(arrays(upperInputs, values), true, false);
        upperInputs.forEach(activations::remove);
        held.addAll(activations.values());
        for (String output : upperOutputs) {
            INDArray value = activations.get(GraphCompiler.tap(output));
            outputShapes.put(output, Arrays.stream(value.shape()).mapToInt(n -> (int) n).toArray());
            values.put(output, value);
        }
    }

    private static INDArray[] arrays(Collection<String> names, Map<String, INDArray> values) {
        return names.stream().map(values::get).toArray(INDArray[]::new);
    }

    @Override
    public void backward(Map<String, Tensor> outputGradients) {
        enter();
        if (held.isEmpty())
            throw new IllegalStateException(upper == null ? "nothing in this network can learn"
                    : "backward needs a training forward before it");
        for (String output : outputGradients.keySet())
            if (!spec.outputs().contains(output))
                throw new IllegalArgumentException(output + " is not an output of the network");
        INDArray[] given = new INDArray[upperOutputs.size()];
        try {
            for (int i = 0; i < given.length; i++)
                given[i] = outputGradient(upperOutputs.get(i), outputGradients);
            upper.backward(given);
        } finally {
            for (INDArray array : given)
                Native.close(array);
        }
        gradients.forEach((weight, sum) -> {
            if (!weights.isUsed(weight))
                return;
            float[] gradient = weights.gradient(weight, upper);
            for (int i = 0; i < sum.length; i++)
                sum[i] += gradient[i];
        });
    }

    private INDArray outputGradient(String output, Map<String, Tensor> outputGradients) {
        int[] shape = outputShapes.get(output);
        Tensor gradient = outputGradients.get(output);
        if (gradient == null)
            return Native.of(Tensor.zeros(shape));
        if (!gradient.hasShape(shape))
            throw new IllegalArgumentException("the gradient at " + output + " must be " + Arrays.toString(shape) + " and is "
                    + Arrays.toString(gradient.shape()));
        return Native.of(gradient);
    }

    @Override
    public Tensor gradient(String weight) {
        float[] gradient = gradients.get(weight);
        if (gradient == null)
            throw new IllegalArgumentException(weight + " has no gradient: it is frozen, a statistic, or not of this network");
        return Tensor.of(gradient.clone(), weights.shape(weight));
    }

    @Override
    public void step(Optimizer optimizer, Map<String, Double> learningRateFactors) {
        enter();
        for (String node : learningRateFactors.keySet())
            if (!spec.nodes().containsKey(node))
                throw new IllegalArgumentException("a learning rate is given for " + node + ", but no node has this name");
        phase.step++;
        phase.forwards = 0;
        gradients.forEach((weight, gradient) -> {
            if (weights.isUsed(weight)) {
                float[] values = weights.read(weight);
                double factor = learningRateFactors.getOrDefault(Weights.node(weight), 1.0);
                descent.move(weight, values, gradient, optimizer, factor, phase.step);
                weights.write(weight, values);
                Arrays.fill(gradient, 0);
            }
        });
    }

    @Override
    public Map<String, Tensor> weights() {
        enter();
        Map<String, Tensor> result = new LinkedHashMap<>();
        for (String weight : weights.names())
            result.put(weight, Tensor.of(weights.read(weight), weights.shape(weight)));
        return result;
    }

    @Override
    public void setWeights(Map<String, Tensor> values) {
        enter();
        values.forEach((weight, tensor) -> {
            int[] shape = weights.shape(weight);
            if (!tensor.hasShape(shape))
                throw new IllegalArgumentException("weight " + weight + " must be " + Arrays.toString(shape) + " and is "
                        + Arrays.toString(tensor.shape()));
        });
        values.forEach((weight, tensor) -> weights.write(weight, tensor.data()));
    }

    @Override
    public Map<String, Tensor> optimizerState() {
        return descent.state(phase.step);
    }

    @Override
    public void setOptimizerState(Map<String, Tensor> state) {
        phase.step = descent.restore(state);
        phase.forwards = 0;
    }

    /** Every call comes by here, because OpenMP's number of threads belongs to the calling thread. */
    private void enter() {
        if (closed)
            throw new IllegalStateException("the network is closed");
        Backend.useThreads(options.threads());
    }

    private void release() {
        held.forEach(Native::close);
        held.clear();
    }

    @Override
    public void close() {
        if (closed)
            return;
        release();
        for (TrainedGraph graph : graphs()) {
            Native.close(graph.getGradientsViewArray());
            graph.close();
        }
        closed = true;
    }
}
