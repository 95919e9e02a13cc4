package io.github.palimpsest.engine.dl4j;

import java.util.Collection;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Puts a {@link Function} into a graph. Deeplearning4j's own layers are not used for these because several of them work in place
 * and change values that other nodes still need.
 */
final class FunctionLayer extends NoParamLayer {

    private final transient Function function;

    FunctionLayer(Function function) {
        this.function = function;
    }

    @Override
    public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index, INDArray params,
            boolean initialize, DataType type) {
        Computation layer = new Computation(conf, type, function);
        layer.setIndex(index);
        return layer;
    }

    @Override
    public InputType getOutputType(int index, InputType inputType) {
        return inputType;
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        throw new UnsupportedOperationException("no memory report");
    }

    private static final class Computation extends AbstractLayer<FunctionLayer> {

        private final transient Function function;

        Computation(NeuralNetConfiguration conf, DataType type, Function function) {
            super(conf, type);
            this.function = function;
        }

        @Override
        public INDArray activate(boolean training, LayerWorkspaceMgr memory) {
            return function.forward(input, memory);
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray outputGradient, LayerWorkspaceMgr memory) {
            return new Pair<>(new DefaultGradient(), function.backward(input, outputGradient, memory));
        }

        @Override
        public boolean isPretrainLayer() {
            return false;
        }

        @Override
        public void clearNoiseWeightParams() {}
    }
}
