package io.github.palimpsest.engine.dl4j;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** max(0, x), or min(6, max(0, x)). */
final class Rectifier implements Function {

    /** Makes of any positive float one that is at least 1: the least normal one is 1.2e-38. */
    private static final float STEEP = 1e38f;

    private final String operation;
    private final float cap;
    private final Planes planes;

    Rectifier(boolean cappedAtSix, Planes planes) {
        operation = cappedAtSix ? "relu6" : "relu";
        cap = cappedAtSix ? 6 : Float.POSITIVE_INFINITY;
        this.planes = planes;
    }

    @Override
    public INDArray forward(INDArray x, LayerWorkspaceMgr memory) {
        INDArray y = memory.createUninitialized(ArrayType.ACTIVATIONS, x.dataType(), x.shape(), 'c');
        Nd4j.exec(DynamicCustomOp.builder(operation).addInputs(x).addOutputs(y).addFloatingPointArguments(0.0).build());
        return y;
    }

    @Override
    public INDArray backward(INDArray x, INDArray outputGradient, LayerWorkspaceMgr memory) {
        INDArray gradient = memory.createUninitialized(ArrayType.ACTIVATION_GRAD, x.dataType(), x.shape(), 'c');
        if (Backend.isGpu())
            Nd4j.exec(DynamicCustomOp.builder(operation + "_bp").addInputs(x, outputGradient).addOutputs(gradient)
                    .addFloatingPointArguments(0.0).build());
        else
            planes.forEach(x, outputGradient, gradient, (channel, values, above, below) -> gate(values, above, below));
        return gradient;
    }

    /** Lets gradients pass where the value is inside. A branch for each value would be ten times slower than this product. */
    private void gate(float[] x, float[] above, float[] below) {
        if (cap == Float.POSITIVE_INFINITY)
            for (int i = 0; i < below.length; i++)
                below[i] = above[i] * Math.min(1, Math.max(0, x[i] * STEEP));
        else
            for (int i = 0; i < below.length; i++)
                below[i] = above[i] * (Math.min(1, Math.max(0, x[i] * STEEP)) * Math.min(1, Math.max(0, (cap - x[i]) * STEEP)));
    }
}
