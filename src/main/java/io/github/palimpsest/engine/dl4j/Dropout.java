package io.github.palimpsest.engine.dl4j;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Inverted dropout. Which values drop follows from the network's seed, the node's name, the step and the value's position alone,
 * so that it is the same on every run and after taking up training again, and so that the mask need not be kept for backward.
 */
final class Dropout implements Function {

    private final double rate;
    private final long seed;
    private final Phase phase;
    private boolean dropped;
    private long forwardSeed;

    Dropout(double rate, long seed, String node, Phase phase) {
        if (!(rate >= 0 && rate < 1))
            throw new IllegalArgumentException("the dropout rate of node " + node + " must be from 0 to below 1");
        this.rate = rate;
        this.seed = Phase.mix(seed) ^ node.hashCode();
        this.phase = phase;
    }

    @Override
    public INDArray forward(INDArray x, LayerWorkspaceMgr memory) {
        dropped = phase.training && rate > 0;
        forwardSeed = phase.seed(seed);
        return apply(x, ArrayType.ACTIVATIONS, memory);
    }

    @Override
    public INDArray backward(INDArray x, INDArray outputGradient, LayerWorkspaceMgr memory) {
        return apply(outputGradient, ArrayType.ACTIVATION_GRAD, memory);
    }

    private INDArray apply(INDArray x, ArrayType type, LayerWorkspaceMgr memory) {
        if (!dropped)
            return memory.dup(type, x, 'c');
        float[] values = Native.read(x);
        float scale = (float) (1 / (1 - rate));
        long threshold = (long) (rate * (1L << 53));
        for (int i = 0; i < values.length; i++)
            values[i] = (Phase.mix(forwardSeed + i) >>> 11) < threshold ? 0 : values[i] * scale;
        INDArray y = memory.createUninitialized(type, x.dataType(), x.shape(), 'c');
        Native.write(values, y);
        return y;
    }
}
