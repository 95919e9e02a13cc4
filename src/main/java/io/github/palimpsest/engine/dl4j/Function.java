package io.github.palimpsest.engine.dl4j;

import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A node without weights. Neither verb may write to its arguments: other nodes may read them. */
interface Function {

    /** The value, allocated as {@code ArrayType.ACTIVATIONS}. */
    INDArray forward(INDArray x, LayerWorkspaceMgr memory);

    /** The gradient at the input, for the last value, allocated as {@code ArrayType.ACTIVATION_GRAD}. */
    INDArray backward(INDArray x, INDArray outputGradient, LayerWorkspaceMgr memory);
}
