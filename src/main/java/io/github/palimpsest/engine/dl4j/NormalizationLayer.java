package io.github.palimpsest.engine.dl4j;

import java.util.Collection;
import java.util.Map;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.summarystats.Variance;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch normalisation over N, H, W. Deeplearning4j's own layer moves the running statistics with the optimiser's step and cannot
 * use them in training; this one moves them in forward and keeps to them where it is frozen.
 */
final class NormalizationLayer extends BatchNormalization {

    private final boolean frozen;
    private final transient Phase phase;
    private final transient Planes planes;

    NormalizationLayer(int channels, double epsilon, double momentum, boolean frozen, Phase phase, Planes planes) {
        setNIn(channels);
        setNOut(channels);
        setEps(epsilon);
        setDecay(momentum);
        setUseLogStd(false);
        this.frozen = frozen;
        this.phase = phase;
        this.planes = planes;
    }

    @Override
    public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index, INDArray params,
            boolean initialize, DataType type) {
        Computation layer = new Computation(conf, type, this);
        layer.setIndex(index);
        layer.setParamsViewArray(params);
        Map<String, INDArray> table = initializer().init(conf, params, initialize);
        layer.setParamTable(table);
        layer.setConf(conf);
        return layer;
    }

    private static final class Computation extends org.deeplearning4j.nn.layers.normalization.BatchNormalization {

        private static final int[] ALL_BUT_CHANNELS = { 0, 2, 3 };

        private final transient NormalizationLayer settings;
        private transient INDArray mean;
        private transient INDArray variance;
        private transient boolean fromBatch;

        Computation(NeuralNetConfiguration conf, DataType type, NormalizationLayer settings) {
            super(conf, type);
            this.settings = settings;
        }

        @Override
        public INDArray activate(boolean training, LayerWorkspaceMgr memory) {
            fromBatch = settings.phase.training && !settings.frozen;
            if (fromBatch)
                measure();
            INDArray y = memory.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), input.shape(), 'c');
            Nd4j.exec(DynamicCustomOp.builder("batchnorm")
                    .addInputs(input, fromBatch ? mean : weight(BatchNormalizationParamInitializer.GLOBAL_MEAN),
                            fromBatch ? variance : weight(BatchNormalizationParamInitializer.GLOBAL_VAR),
                            weight(BatchNormalizationParamInitializer.GAMMA), weight(BatchNormalizationParamInitializer.BETA))
                    .addOutputs(y).addIntegerArguments(1, 1, 1).addFloatingPointArguments(settings.getEps()).build());
            return y;
        }

        /** Takes the batch's statistics and moves the running ones towards them. */
        private void measure() {
            if (mean == null)
                // They outlive this call, and so must not lie in one of its workspaces.
                try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                    mean = Nd4j.createUninitialized(DataType.FLOAT, input.size(1));
                    variance = Nd4j.createUninitialized(DataType.FLOAT, input.size(1));
                }
            if (Backend.isGpu()) {
                input.mean(mean, ALL_BUT_CHANNELS);
                Nd4j.exec(new Variance(input, variance, false, ALL_BUT_CHANNELS));
            } else {
                BatchStatistics statistics = BatchStatistics.of(input, settings.planes);
                Native.write(statistics.mean(), mean);
                Native.write(statistics.variance(), variance);
            }
            move(BatchNormalizationParamInitializer.GLOBAL_MEAN, mean);
            move(BatchNormalizationParamInitializer.GLOBAL_VAR, variance);
        }

        private void move(String running, INDArray batch) {
            float[] values = Native.read(weight(running));
            float[] target = Native.read(batch);
            double momentum = settings.getDecay();
            for (int i = 0; i < values.length; i++)
                values[i] = (float) (momentum * values[i] + (1 - momentum) * target[i]);
            Native.write(values, weight(running));
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray outputGradient, LayerWorkspaceMgr memory) {
            INDArray gradient = memory.createUninitialized(ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
            Gradient weights = new DefaultGradient();
            if (fromBatch)
                throughStatistics(outputGradient, gradient, weights);
            else if (Backend.isGpu())
                Nd4j.exec(new BroadcastMulOp(outputGradient, Nd4j.createFromArray(scale()), gradient, 1));
            else {
                float[] scale = scale();
                settings.planes.forEach(outputGradient, null, gradient, (channel, above, none, below) -> {
                    float factor = scale[channel];
                    for (int i = 0; i < below.length; i++)
                        below[i] = factor * above[i];
                });
            }
            return new Pair<>(weights, gradient);
        }

        private void throughStatistics(INDArray outputGradient, INDArray gradient, Gradient weights) {
            INDArray gammas = gradientViews.get(BatchNormalizationParamInitializer.GAMMA);
            INDArray betas = gradientViews.get(BatchNormalizationParamInitializer.BETA);
            if (Backend.isGpu())
                onGpu(outputGradient, gradient, gammas.reshape(gammas.length()), betas.reshape(betas.length()));
            else {
                BatchStatistics statistics = new BatchStatistics(Native.read(mean), Native.read(variance));
                BatchStatistics.Gradients sums = statistics.backward(input, outputGradient, gradient,
                        Native.read(weight(BatchNormalizationParamInitializer.GAMMA)), settings.getEps(), settings.planes);
                Native.write(sums.gamma(), gammas);
                Native.write(sums.beta(), betas);
            }
            weights.setGradientFor(BatchNormalizationParamInitializer.GAMMA, gammas);
            weights.setGradientFor(BatchNormalizationParamInitializer.BETA, betas);
        }

        private void onGpu(INDArray outputGradient, INDArray gradient, INDArray gammas, INDArray betas) {
            INDArray ofMean = Nd4j.createUninitialized(DataType.FLOAT, mean.length());
            INDArray ofVariance = Nd4j.createUninitialized(DataType.FLOAT, mean.length());
            // libnd4j reads gradients with other strides wrongly: github.com/eclipse/deeplearning4j/issues/8860
            Nd4j.exec(DynamicCustomOp.builder("batchnorm_bp")
                    .addInputs(input, mean, variance, weight(BatchNormalizationParamInitializer.GAMMA),
                            weight(BatchNormalizationParamInitializer.BETA), outputGradient.dup('c'))
                    .addOutputs(gradient, ofMean, ofVariance, gammas, betas).addIntegerArguments(1, 1, 1)
                    .addFloatingPointArguments(settings.getEps()).build());
        }

        private float[] scale() {
            float[] gamma = Native.read(weight(BatchNormalizationParamInitializer.GAMMA));
            float[] running = Native.read(weight(BatchNormalizationParamInitializer.GLOBAL_VAR));
            for (int i = 0; i < gamma.length; i++)
                gamma[i] = (float) (gamma[i] / Math.sqrt(running[i] + settings.getEps()));
            return gamma;
        }

        private INDArray weight(String name) {
            INDArray weight = getParam(name);
            return weight.reshape(weight.length());
        }
    }
}
