package io.github.palimpsest.engine.dl4j;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A graph whose losses lie outside, and which keeps what a forward left for more than one backward. */
final class TrainedGraph extends ComputationGraph {

    TrainedGraph(ComputationGraphConfiguration configuration) {
        super(configuration);
    }

    /** Computes the gradients of all weights for gradients at the outputs, in the outputs' order; these may be overwritten. */
    void backward(INDArray... outputGradients) {
        calcBackpropGradients(false, false, outputGradients);
    }
}
