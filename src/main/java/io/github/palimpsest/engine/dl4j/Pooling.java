package io.github.palimpsest.engine.dl4j;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Max or average pooling, padded as SAME; padding does not count in an average. */
final class Pooling implements Function {

    private final String operation;
    private final int kernel;
    private final int stride;

    Pooling(boolean average, int kernel, int stride) {
        this.operation = average ? "avgpool2d" : "maxpool2d";
        this.kernel = kernel;
        this.stride = stride;
    }

    @Override
    public INDArray forward(INDArray x, LayerWorkspaceMgr memory) {
        long height = (x.size(2) + stride - 1) / stride;
        long width = (x.size(3) + stride - 1) / stride;
        INDArray y = memory.createUninitialized(ArrayType.ACTIVATIONS, x.dataType(),
                new long[] { x.size(0), x.size(1), height, width }, 'c');
        Nd4j.exec(DynamicCustomOp.builder(operation).addInputs(x).addOutputs(y).addIntegerArguments(arguments()).build());
        return y;
    }

    @Override
    public INDArray backward(INDArray x, INDArray outputGradient, LayerWorkspaceMgr memory) {
        INDArray gradient = memory.create(ArrayType.ACTIVATION_GRAD, x.dataType(), x.shape(), 'c');
        Nd4j.exec(DynamicCustomOp.builder(operation + "_bp").addInputs(x, outputGradient).addOutputs(gradient)
                .addIntegerArguments(arguments()).build());
        return gradient;
    }

    /** Kernel, stride, padding (computed by SAME), dilation, SAME, divisor without padding, NCHW. */
    private int[] arguments() {
        return new int[] { kernel, kernel, stride, stride, 0, 0, 1, 1, 1, 0, 0 };
    }
}
