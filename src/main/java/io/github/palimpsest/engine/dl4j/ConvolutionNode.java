package io.github.palimpsest.engine.dl4j;

import java.util.Collection;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

import io.github.palimpsest.engine.Operation.Convolution;

/** Deeplearning4j's convolution, which goes to oneDNN, without the detours; {@link DilatedConvolution} where it is dilated. */
final class ConvolutionNode extends ConvolutionLayer {

    private final transient DilatedConvolution dilated;

    ConvolutionNode(Convolution c, int channels) {
        super(new Builder(c.kernel(), c.kernel()).nIn(channels).nOut(c.filters()).stride(c.stride(), c.stride())
                .dilation(dilation(c), dilation(c)).hasBias(c.bias()).convolutionMode(ConvolutionMode.Same)
                .activation(Activation.IDENTITY).weightInit(WeightInit.ZERO)
                // An error must be seen: the fallback is eight times slower and logs a stack trace.
                .cudnnAllowFallback(false));
        dilated = dilation(c) > 1 ? DilatedConvolution.of(c) : null;
    }

    /** A single cell has nothing to spread. */
    private static int dilation(Convolution c) {
        return c.kernel() == 1 ? 1 : c.dilation();
    }

    @Override
    public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index, INDArray params,
            boolean initialize, DataType type) {
        Computation layer = new Computation(conf, type, dilated);
        layer.setIndex(index);
        layer.setParamsViewArray(params);
        layer.setParamTable(initializer().init(conf, params, initialize));
        layer.setConf(conf);
        return layer;
    }

    private static final class Computation extends org.deeplearning4j.nn.layers.convolution.ConvolutionLayer {

        private final transient DilatedConvolution dilated;
        private transient INDArray standIn;

        Computation(NeuralNetConfiguration conf, DataType type, DilatedConvolution dilated) {
            super(conf, type);
            this.dilated = dilated;
            // oneDNN refuses to dilate, with a stack trace in the log; without it, Deeplearning4j takes matrix products.
            if (layerConf().getDilation()[0] > 1)
                helper = null;
        }

        @Override
        protected Pair<INDArray, INDArray> preOutput(boolean training, boolean forBackprop, LayerWorkspaceMgr memory) {
            return dilated == null ? super.preOutput(training, forBackprop, memory)
                    : new Pair<>(dilated.forward(input, kernel(), bias(), memory), null);
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray outputGradient, LayerWorkspaceMgr memory) {
            standIn = outputGradient;
            if (dilated == null)
                return super.backpropGradient(outputGradient, memory);
            INDArray ofKernel = gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY);
            INDArray ofBias = gradientViews.get(ConvolutionParamInitializer.BIAS_KEY);
            INDArray gradient = dilated.backward(input, kernel(), bias(), outputGradient, ofKernel, ofBias, memory);
            Gradient weights = new DefaultGradient();
            weights.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, ofKernel, 'c');
            if (ofBias != null)
                weights.setGradientFor(ConvolutionParamInitializer.BIAS_KEY, ofBias);
            return new Pair<>(weights, gradient);
        }

        @Override
        protected Pair<INDArray, INDArray> preOutput4d(boolean training, boolean forBackprop, LayerWorkspaceMgr memory) {
            // Backward asks for the value only to derive the activation, which is the identity and looks at the shape alone:
            // computing the whole convolution once more, as Deeplearning4j does, would be for nothing.
            return forBackprop ? new Pair<>(standIn, null) : super.preOutput4d(training, false, memory);
        }

        private INDArray kernel() {
            return getParam(ConvolutionParamInitializer.WEIGHT_KEY);
        }

        private INDArray bias() {
            return hasBias() ? getParam(ConvolutionParamInitializer.BIAS_KEY) : null;
        }
    }
}
