package io.github.palimpsest.engine.dl4j;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

import io.github.palimpsest.engine.Operation.Convolution;

/**
 * A dilated convolution by way of one that is not: the cells whose rows and columns leave the same remainders by the dilation
 * only see each other, so they are taken out as images of their own (space to batch). oneDNN, which refuses to dilate, can do
 * those. For strides of 1 and odd kernels, whose padding is a multiple of the dilation.
 */
final class DilatedConvolution {

    /** With more, the images become so small that plain matrix products are faster. */
    private static final int MOST = 8;

    private final int dilation;
    private final int kernel;

    private DilatedConvolution(Convolution c) {
        dilation = c.dilation();
        kernel = c.kernel();
    }

    /** Null where this way is not possible or not the fastest. */
    static DilatedConvolution of(Convolution c) {
        boolean fits = c.dilation() <= MOST && c.kernel() % 2 == 1 && c.stride() == 1;
        return fits && !Backend.isGpu() ? new DilatedConvolution(c) : null;
    }

    INDArray forward(INDArray x, INDArray weights, INDArray bias, LayerWorkspaceMgr memory) {
        INDArray y = memory.createUninitialized(ArrayType.ACTIVATIONS, x.dataType(),
                new long[] { x.size(0), weights.size(0), x.size(2), x.size(3) }, 'c');
        INDArray parts = split(x);
        INDArray results = Nd4j.createUninitialized(x.dataType(), parts.size(0), weights.size(0), parts.size(2), parts.size(3));
        Nd4j.exec(DynamicCustomOp.builder("conv2d").addInputs(present(parts, weights, bias)).addOutputs(results)
                .addIntegerArguments(arguments()).build());
        join(results, y);
        return y;
    }

    /** Sets the gradients of the weights and gives that at the input. */
    INDArray backward(INDArray x, INDArray weights, INDArray bias, INDArray outputGradient, INDArray ofWeights, INDArray ofBias,
            LayerWorkspaceMgr memory) {
        INDArray gradient = memory.createUninitialized(ArrayType.ACTIVATION_GRAD, x.dataType(), x.shape(), 'c');
        INDArray parts = split(x);
        INDArray above = split(outputGradient);
        INDArray below = Nd4j.createUninitialized(x.dataType(), parts.shape());
        Nd4j.exec(DynamicCustomOp.builder("conv2d_bp").addInputs(present(parts, weights, bias, above))
                .addOutputs(present(below, ofWeights, ofBias)).addIntegerArguments(arguments()).build());
        join(below, gradient);
        return gradient;
    }

    private static INDArray[] present(INDArray... arrays) {
        return Stream.of(arrays).filter(Objects::nonNull).toArray(INDArray[]::new);
    }

    /** Kernel, stride, padding (computed by SAME), dilation, SAME, NCHW, kernels as filters×channels×k×k. */
    private int[] arguments() {
        return new int[] { kernel, kernel, 1, 1, 0, 0, 1, 1, 1, 0, 1 };
    }

    /** Every image as dilation² smaller ones, with zeros where the size is not a multiple; in the current workspace. */
    private INDArray split(INDArray array) {
        INDArray whole = Native.isPlain(array) ? array : array.dup('c');
        long height = (whole.size(2) + dilation - 1) / dilation;
        long width = (whole.size(3) + dilation - 1) / dilation;
        INDArray parts = Nd4j.createUninitialized(whole.dataType(), whole.size(0) * dilation * dilation, whole.size(1), height,
                width);
        move(whole, parts, true);
        return parts;
    }

    private void join(INDArray parts, INDArray whole) {
        move(whole, parts, false);
    }

    private void move(INDArray whole, INDArray parts, boolean split) {
        int h = (int) whole.size(2);
        int w = (int) whole.size(3);
        int partH = (int) parts.size(2);
        int partW = (int) parts.size(3);
        long channels = whole.size(1);
        float[] plane = new float[h * w];
        float[] part = new float[partH * partW];
        try (FloatPointer atWhole = Native.pointer(whole); FloatPointer atParts = Native.pointer(parts)) {
            for (long n = 0; n < whole.size(0); n++)
                for (long c = 0; c < channels; c++) {
                    atWhole.position((n * channels + c) * plane.length);
                    if (split)
                        atWhole.get(plane);
                    for (int phase = 0; phase < dilation * dilation; phase++) {
                        atParts.position(((n * dilation * dilation + phase) * channels + c) * part.length);
                        if (split) {
                            take(plane, h, w, part, partW, phase);
                            atParts.put(part);
                        } else {
                            atParts.get(part);
                            give(plane, h, w, part, partW, phase);
                        }
                    }
                    if (!split)
                        atWhole.put(plane);
                }
        }
    }

    private void take(float[] plane, int h, int w, float[] part, int partW, int phase) {
        Arrays.fill(part, 0);
        for (int y = phase / dilation, row = 0; y < h; y += dilation, row += partW)
            for (int x = phase % dilation, i = row; x < w; x += dilation, i++)
                part[i] = plane[y * w + x];
    }

    private void give(float[] plane, int h, int w, float[] part, int partW, int phase) {
        for (int y = phase / dilation, row = 0; y < h; y += dilation, row += partW)
            for (int x = phase % dilation, i = row; x < w; x += dilation, i++)
                plane[y * w + x] = part[i];
    }
}
