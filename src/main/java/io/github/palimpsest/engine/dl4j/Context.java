package io.github.palimpsest.engine.dl4j;

import java.util.Arrays;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastCopyOp;
import org.nd4j.linalg.factory.Nd4j;

/** Each channel's mean over all cells, at every cell. It is its own transpose, so gradients go the same way. */
final class Context implements Function {

    private final Planes planes;

    Context(Planes planes) {
        this.planes = planes;
    }

    @Override
    public INDArray forward(INDArray x, LayerWorkspaceMgr memory) {
        return spread(x, memory.createUninitialized(ArrayType.ACTIVATIONS, x.dataType(), x.shape(), 'c'));
    }

    @Override
    public INDArray backward(INDArray x, INDArray outputGradient, LayerWorkspaceMgr memory) {
        return spread(outputGradient,
                memory.createUninitialized(ArrayType.ACTIVATION_GRAD, x.dataType(), x.shape(), 'c'));
    }

    private INDArray spread(INDArray from, INDArray to) {
        if (Backend.isGpu())
            Nd4j.exec(new BroadcastCopyOp(to, from.mean(2, 3), to, 0, 1));
        else
            planes.forEach(from, null, to,
                    (channel, values, none, means) -> Arrays.fill(means, (float) (Sums.of(values) / values.length)));
        return to;
    }
}
