package io.github.palimpsest.engine.dl4j;

import java.util.Collection;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

import io.github.palimpsest.engine.Operation.Convolution;

/** Deeplearning4j's convolution, which goes to oneDNN, without the detours. */
final class ConvolutionNode extends ConvolutionLayer {

    ConvolutionNode(Convolution c, int channels) {
        super(new Builder(c.kernel(), c.kernel()).nIn(channels).nOut(c.filters()).stride(c.stride(), c.stride())
                .dilation(c.dilation(), c.dilation()).hasBias(c.bias()).convolutionMode(ConvolutionMode.Same)
                .activation(Activation.IDENTITY).weightInit(WeightInit.ZERO)
                // An error must be seen: the fallback is eight times slower and logs a stack trace.
                .cudnnAllowFallback(false));
    }

    @Override
    public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index, INDArray params,
            boolean initialize, DataType type) {
        Computation layer = new Computation(conf, type);
        layer.setIndex(index);
        layer.setParamsViewArray(params);
        layer.setParamTable(initializer().init(conf, params, initialize));
        layer.setConf(conf);
        return layer;
    }

    private static final class Computation extends org.deeplearning4j.nn.layers.convolution.ConvolutionLayer {

        private transient INDArray standIn;

        Computation(NeuralNetConfiguration conf, DataType type) {
            super(conf, type);
            // oneDNN cannot dilate and throws; matrix products do.
            if (layerConf().getDilation()[0] > 1)
                helper = null;
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray outputGradient, LayerWorkspaceMgr memory) {
            standIn = outputGradient;
            return super.backpropGradient(outputGradient, memory);
        }

        @Override
        protected Pair<INDArray, INDArray> preOutput4d(boolean training, boolean forBackprop, LayerWorkspaceMgr memory) {
            // Backward asks for the value only to derive the activation, which is the identity and looks at the shape alone:
            // computing the whole convolution once more, as Deeplearning4j does, would be for nothing.
            return forBackprop ? new Pair<>(standIn, null) : super.preOutput4d(training, false, memory);
        }
    }
}
