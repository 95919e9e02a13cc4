package io.github.palimpsest.engine.dl4j;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A copy. It stands at every output that other nodes read as well, because a {@code ComputationGraph} lets the gradient given at
 * an output replace, and not join, the one that comes from the nodes behind it.
 */
final class Identity implements Function {

    @Override
    public INDArray forward(INDArray x, LayerWorkspaceMgr memory) {
        return memory.dup(ArrayType.ACTIVATIONS, x, 'c');
    }

    @Override
    public INDArray backward(INDArray x, INDArray outputGradient, LayerWorkspaceMgr memory) {
        return memory.dup(ArrayType.ACTIVATION_GRAD, outputGradient, 'c');
    }
}
