package io.github.palimpsest.engine.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

import io.github.palimpsest.tensor.Bilinear;

/**
 * Resizes its first input to the height and width of its second. A vertex, since Deeplearning4j's layers take one
 * input; ND4J's own bilinear resizing takes channels last, and has no gradient with half-pixel centres.
 */
final class ResizeVertex extends GraphVertex {

    private final transient Planes planes;

    ResizeVertex(Planes planes) {
        this.planes = planes;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(ComputationGraph graph, String name, int index,
            INDArray params, boolean initialize, DataType type) {
        return new Computation(graph, name, index, type, planes);
    }

    @Override
    public GraphVertex clone() {
        return new ResizeVertex(planes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResizeVertex;
    }

    @Override
    public int hashCode() {
        return ResizeVertex.class.hashCode();
    }

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return 2;
    }

    @Override
    public int maxVertexInputs() {
        return 2;
    }

    @Override
    public InputType getOutputType(int index, InputType... inputs) {
        return inputs[0];
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        throw new UnsupportedOperationException("no memory report");
    }

    private static final class Computation extends BaseGraphVertex {

        private final transient Planes planes;

        Computation(ComputationGraph graph, String name, int index, DataType type, Planes planes) {
            super(graph, name, index, null, null, type);
            this.planes = planes;
        }

        @Override
        public INDArray doForward(boolean training, LayerWorkspaceMgr memory) {
            INDArray x = inputs[0];
            INDArray like = inputs[1];
            INDArray y = memory.createUninitialized(ArrayType.ACTIVATIONS, x.dataType(),
                    new long[] { x.size(0), x.size(1), like.size(2), like.size(3) }, 'c');
            Bilinear resizing = resizing();
            forEach(x, y, (channel, in, none, out) -> resizing.resize(in, 0, out, 0));
            return y;
        }

        @Override
        public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr memory) {
            INDArray x = inputs[0];
            INDArray ofX = memory.createUninitialized(ArrayType.ACTIVATION_GRAD, x.dataType(), x.shape(), 'c');
            Bilinear resizing = resizing();
            forEach(epsilon, ofX, (channel, above, none, below) -> resizing.transpose(above, below));
            // Deeplearning4j adds up what it is given for every input, so there must be something for the second.
            INDArray nothing = memory.create(ArrayType.ACTIVATION_GRAD, x.dataType(), inputs[1].shape(), 'c');
            return new Pair<>(null, new INDArray[] { ofX, nothing });
        }

        private Bilinear resizing() {
            return new Bilinear((int) inputs[0].size(2), (int) inputs[0].size(3), (int) inputs[1].size(2),
                    (int) inputs[1].size(3));
        }

        private void forEach(INDArray from, INDArray to, Planes.Loop loop) {
            if (Backend.isGpu())
                Planes.throughJava(from, to, loop);
            else
                planes.forEach(from, null, to, loop);
        }

        @Override
        public void setBackpropGradientsViewArray(INDArray gradients) {
            throw new IllegalStateException("a node without weights has no gradients of them");
        }

        @Override
        public boolean hasLayer() {
            return false;
        }

        @Override
        public Layer getLayer() {
            return null;
        }

        @Override
        public Pair<INDArray, MaskState> feedForwardMaskArrays(INDArray[] masks,
                MaskState state, int batch) {
            return null;
        }

        @Override
        public String toString() {
            return "ResizeVertex(" + getVertexName() + ")";
        }
    }
}
