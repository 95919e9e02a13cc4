package io.github.palimpsest.engine.dl4j;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.NetworkSpec.Node;
import io.github.palimpsest.engine.Operation.DepthwiseConvolution;
import io.github.palimpsest.tensor.Tensor;

/**
 * The weights of a network by the names of {@link NetworkSpec#weights}, wherever Deeplearning4j keeps them. Weights of nodes
 * that no output needs are kept here.
 */
final class Weights {

    private static final Map<String, String> KEYS = Map.of("kernel", ConvolutionParamInitializer.WEIGHT_KEY, "bias",
            ConvolutionParamInitializer.BIAS_KEY, "gamma", BatchNormalizationParamInitializer.GAMMA, "beta",
            BatchNormalizationParamInitializer.BETA, "mean", BatchNormalizationParamInitializer.GLOBAL_MEAN, "variance",
            BatchNormalizationParamInitializer.GLOBAL_VAR);

    private final NetworkSpec spec;
    private final Map<String, int[]> shapes;
    private final Map<String, INDArray> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> idle = new LinkedHashMap<>();

    Weights(NetworkSpec spec, List<? extends ComputationGraph> graphs) {
        this.spec = spec;
        shapes = spec.weights();
        for (String weight : shapes.keySet()) {
            for (ComputationGraph graph : graphs)
                if (has(graph, node(weight)))
                    parameters.put(weight, asNamed(weight, graph.getLayer(node(weight)).getParam(key(weight))));
            if (!parameters.containsKey(weight))
                idle.put(weight, Tensor.zeros(shapes.get(weight)));
        }
    }

    private static boolean has(ComputationGraph graph, String node) {
        // The upper graph knows the lower one's nodes as well, as inputs.
        return graph.getVertex(node) != null && graph.getVertex(node).hasLayer();
    }

    /** The node that has the weight. */
    static String node(String weight) {
        return weight.substring(0, weight.indexOf('/'));
    }

    /** Whether weight decay applies. */
    static boolean isKernel(String weight) {
        return weight.endsWith("/kernel");
    }

    /** Whether the weight follows gradients: running statistics do not. */
    static boolean isLearned(String weight) {
        return !weight.endsWith("/mean") && !weight.endsWith("/variance");
    }

    private static String key(String weight) {
        return KEYS.get(weight.substring(weight.indexOf('/') + 1));
    }

    /** A view of a weight, or of its gradient, that is in our order of dimensions wherever Deeplearning4j's is another. */
    private INDArray asNamed(String weight, INDArray array) {
        Node node = spec.nodes().get(node(weight));
        return node.operation() instanceof DepthwiseConvolution && isKernel(weight) ? array.permute(2, 3, 0, 1) : array;
    }

    /** The gradient that the last backward left, row-major in the weight's shape; null if none came so far down. */
    float[] gradient(String weight, ComputationGraph graph) {
        INDArray gradients = graph.getLayer(node(weight)).getGradientsViewArray();
        if (gradients == null)
            return null;
        INDArray view = graph.getLayer(node(weight)).conf().getLayer().initializer()
                .getGradientsFromFlattened(graph.getLayer(node(weight)).conf(), gradients).get(key(weight));
        return Native.read(asNamed(weight, view));
    }

    /** Whether the weight belongs to a node that is computed. */
    boolean isUsed(String weight) {
        return parameters.containsKey(weight);
    }

    float[] read(String weight) {
        return isUsed(weight) ? Native.read(parameters.get(weight)) : idle.get(weight).data().clone();
    }

    void write(String weight, float[] values) {
        if (isUsed(weight))
            Native.write(values, parameters.get(weight));
        else
            idle.put(weight, Tensor.of(values.clone(), shapes.get(weight)));
    }

    int[] shape(String weight) {
        int[] shape = shapes.get(weight);
        if (shape == null)
            throw new IllegalArgumentException("the network has no weight named " + weight);
        return shape;
    }

    Iterable<String> names() {
        return shapes.keySet();
    }

    /** He's initialisation (He et al. 2015), from a stream of random numbers for each weight by its name. */
    void initialize(long seed) {
        shapes.forEach((weight, shape) -> {
            float[] values = new float[Tensor.elements(shape)];
            if (isKernel(weight)) {
                Random random = new Random(Phase.mix(Phase.mix(seed) ^ weight.hashCode()));
                double deviation = Math.sqrt(2.0 / (shape[1] * shape[2] * shape[3]));
                for (int i = 0; i < values.length; i++)
                    values[i] = (float) (deviation * random.nextGaussian());
            } else if (weight.endsWith("/gamma") || weight.endsWith("/variance"))
                Arrays.fill(values, 1);
            write(weight, values);
        });
    }
}
