package io.github.palimpsest.engine.dl4j;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** max(0, x), or min(6, max(0, x)). */
final class Rectifier implements Function {

    private final String operation;

    Rectifier(boolean cappedAtSix) {
        operation = cappedAtSix ? "relu6" : "relu";
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
        Nd4j.exec(DynamicCustomOp.builder(operation + "_bp").addInputs(x, outputGradient).addOutputs(gradient)
                .addFloatingPointArguments(0.0).build());
        return gradient;
    }
}
