package io.github.palimpsest.engine.dl4j;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastCopyOp;
import org.nd4j.linalg.factory.Nd4j;

/** The mean over all cells: {@code N×C×1×1}. */
final class GlobalAverage implements Function {

    @Override
    public INDArray forward(INDArray x, LayerWorkspaceMgr memory) {
        INDArray y = memory.createUninitialized(ArrayType.ACTIVATIONS, x.dataType(),
                new long[] { x.size(0), x.size(1), 1, 1 }, 'c');
        x.mean(y.reshape(x.size(0), x.size(1)), 2, 3);
        return y;
    }

    @Override
    public INDArray backward(INDArray x, INDArray outputGradient, LayerWorkspaceMgr memory) {
        INDArray gradient = memory.createUninitialized(ArrayType.ACTIVATION_GRAD, x.dataType(), x.shape(), 'c');
        INDArray share = outputGradient.reshape(x.size(0), x.size(1)).div(x.size(2) * x.size(3));
        Nd4j.exec(new BroadcastCopyOp(gradient, share, gradient, 0, 1));
        return gradient;
    }
}
