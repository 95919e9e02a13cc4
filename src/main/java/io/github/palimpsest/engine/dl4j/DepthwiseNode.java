package io.github.palimpsest.engine.dl4j;

import java.util.Collection;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.DepthwiseConvolution2DLayer;
import org.deeplearning4j.nn.params.DepthwiseConvolutionParamInitializer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

import io.github.palimpsest.engine.Operation.DepthwiseConvolution;

/**
 * Deeplearning4j's depthwise convolution, and {@link DilatedDepthwise} where it is dilated, which oneDNN cannot do at all.
 * Deeplearning4j keeps the kernel as {@code k×k×channels×1}.
 */
final class DepthwiseNode extends DepthwiseConvolution2D {

    private final transient DilatedDepthwise dilated;

    DepthwiseNode(DepthwiseConvolution d, int channels, Planes planes) {
        super(builder(d, channels));
        dilated = d.dilation() > 1 && !Backend.isGpu() ? new DilatedDepthwise(d, planes) : null;
    }

    private static Builder builder(DepthwiseConvolution d, int channels) {
        Builder builder = new Builder().depthMultiplier(1);
        builder.kernelSize(d.kernel(), d.kernel()).stride(d.stride(), d.stride()).dilation(d.dilation(), d.dilation());
        builder.nIn(channels).nOut(channels).hasBias(d.bias()).convolutionMode(ConvolutionMode.Same);
        builder.activation(Activation.IDENTITY).weightInit(WeightInit.ZERO);
        return builder;
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

    private static final class Computation extends DepthwiseConvolution2DLayer {

        private final transient DilatedDepthwise dilated;
        private transient INDArray standIn;

        Computation(NeuralNetConfiguration conf, DataType type, DilatedDepthwise dilated) {
            super(conf, type);
            this.dilated = dilated;
        }

        @Override
        protected Pair<INDArray, INDArray> preOutput4d(boolean training, boolean forBackprop, LayerWorkspaceMgr memory) {
            // As in ConvolutionNode: only an activation that is not the identity would need the value.
            return forBackprop ? new Pair<>(standIn, null) : super.preOutput4d(training, false, memory);
        }

        @Override
        protected Pair<INDArray, INDArray> preOutput(boolean training, boolean forBackprop, LayerWorkspaceMgr memory) {
            if (dilated == null)
                return super.preOutput(training, forBackprop, memory);
            INDArray y = memory.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), dilated.outputShape(input.shape()),
                    'c');
            dilated.forward(input, kernel(), bias(), y);
            return new Pair<>(y, null);
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray outputGradient, LayerWorkspaceMgr memory) {
            standIn = outputGradient;
            if (dilated == null)
                return super.backpropGradient(outputGradient, memory);
            INDArray gradient = memory.createUninitialized(ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
            INDArray ofKernel = gradientViews.get(DepthwiseConvolutionParamInitializer.WEIGHT_KEY);
            INDArray ofBias = gradientViews.get(DepthwiseConvolutionParamInitializer.BIAS_KEY);
            DilatedDepthwise.WeightGradients sums = dilated.backward(input, kernel(), outputGradient, gradient);
            Native.write(sums.kernel(), ofKernel);
            Gradient weights = new DefaultGradient();
            weights.setGradientFor(DepthwiseConvolutionParamInitializer.WEIGHT_KEY, ofKernel);
            if (ofBias != null) {
                Native.write(sums.bias(), ofBias);
                weights.setGradientFor(DepthwiseConvolutionParamInitializer.BIAS_KEY, ofBias);
            }
            return new Pair<>(weights, gradient);
        }

        private float[] kernel() {
            return Native.read(getParam(DepthwiseConvolutionParamInitializer.WEIGHT_KEY));
        }

        private float[] bias() {
            return hasBias() ? Native.read(getParam(DepthwiseConvolutionParamInitializer.BIAS_KEY)) : null;
        }
    }
}
