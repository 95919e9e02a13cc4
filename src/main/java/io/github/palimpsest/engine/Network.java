package io.github.palimpsest.engine;

import java.util.Map;

import io.github.palimpsest.tensor.Tensor;

/**
 * A network that an {@link Engine} has compiled. Three verbs: {@link #forward}, {@link #backward} with the gradients of any loss
 * at the outputs, {@link #step}. Losses live outside, in plain code. Not safe for use by several threads at once; compile one
 * for each thread.
 */
public interface Network extends AutoCloseable {

    /** What it was compiled from. */
    NetworkSpec spec();

    /**
     * Computes the outputs.
     *
     * @param inputs {@code N×C×H×W} for every input of the spec
     * @param training whether dropout drops and batch norm uses the batch; needed before {@link #backward}
     * @return a value for every output of the spec, {@code N×C×H×W}, in plain memory
     */
    Map<String, Tensor> forward(Map<String, Tensor> inputs, boolean training);

    /** {@link #forward} of a network with one input and one output. */
    default Tensor forward(Tensor input, boolean training) {
        String name = spec().inputs().keySet().iterator().next();
        return forward(Map.of(name, input), training).get(spec().outputs().get(0));
    }

    /**
     * Adds to every weight's gradient that of a loss whose gradients at the outputs, for the last training
     * {@link #forward}, are these. Outputs left out count as zero.
     */
    void backward(Map<String, Tensor> outputGradients);

    /** The gradient gathered so far for a weight of a node that is not frozen, in the weight's shape. */
    Tensor gradient(String weight);

    /**
     * Moves the weights that are not frozen along the gathered gradients and forgets these.
     *
     * @param learningRateFactors by node name; a node that is not named has 1
     */
    void step(Optimizer optimizer, Map<String, Double> learningRateFactors);

    /** A copy of every weight, by the names and in the shapes of {@link NetworkSpec#weights}. */
    Map<String, Tensor> weights();

    /**
     * Sets weights by name; those that are not named stay.
     *
     * @throws IllegalArgumentException for an unknown name or a wrong shape, naming it, before anything is changed
     */
    void setWeights(Map<String, Tensor> weights);

    /**
     * Everything that training needs in order to go on in another process as if nothing had happened: the optimiser's
     * moments and step counter, by name. Empty before the first step.
     */
    Map<String, Tensor> optimizerState();

    /** Goes on from a state that {@link #optimizerState} gave. */
    void setOptimizerState(Map<String, Tensor> state);

    /** Frees the memory. */
    @Override
    void close();
}
