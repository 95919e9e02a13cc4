package io.github.palimpsest.engine.dl4j;

import java.util.Arrays;

import org.nd4j.linalg.api.ndarray.INDArray;

import io.github.palimpsest.engine.Operation.DepthwiseConvolution;

/**
 * A dilated depthwise convolution in plain loops over planes that Java holds: oneDNN refuses it, and ND4J's own code is many times
 * slower. Kernels are {@code k×k×channels}. The innermost loops run along rows without branches, so that the JIT compiler
 * vectorises them.
 */
final class DilatedDepthwise {

    /** The gradients of the kernel, {@code k×k×channels}, and of the bias. */
    record WeightGradients(float[] kernel, float[] bias) {}

    private final int kernel;
    private final int stride;
    private final int dilation;
    private final Planes planes;

    DilatedDepthwise(DepthwiseConvolution d, Planes planes) {
        kernel = d.kernel();
        stride = d.stride();
        dilation = d.dilation();
        this.planes = planes;
    }

    long[] outputShape(long[] input) {
        return new long[] { input[0], input[1], (input[2] + stride - 1) / stride, (input[3] + stride - 1) / stride };
    }

    /** The padding before the first row or column, as SAME has it. */
    private int padding(int in, int out) {
        return Math.max(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - in) / 2;
    }

    /** Where the kernel's taps fall in planes of one size. */
    private final class Taps {
        final int h;
        final int w;
        final int outH;
        final int outW;
        final int top;
        final int left;

        Taps(long[] in) {
            long[] out = outputShape(in);
            h = (int) in[2];
            w = (int) in[3];
            outH = (int) out[2];
            outW = (int) out[3];
            top = padding(h, outH);
            left = padding(w, outW);
        }

        /** The first output column whose tap {@code kx} lies inside the image. */
        int from(int kx) {
            int shift = kx * dilation - left;
            return shift >= 0 ? 0 : Math.min(outW, (-shift + stride - 1) / stride);
        }

        /** The output column after the last one whose tap {@code kx} lies inside the image. */
        int to(int kx) {
            int room = w - 1 - (kx * dilation - left);
            return room < 0 ? 0 : Math.min(outW, room / stride + 1);
        }

        /** The input row under tap {@code ky} of an output row, or −1 outside the image. */
        int row(int y, int ky) {
            int row = y * stride + ky * dilation - top;
            return row >= 0 && row < h ? row : -1;
        }
    }

    void forward(INDArray x, float[] weights, float[] bias, INDArray y) {
        Taps taps = new Taps(x.shape());
        int channels = (int) x.size(1);
        planes.forEach(x, null, y, (c, in, none, out) -> {
            Arrays.fill(out, bias == null ? 0 : bias[c]);
            for (int oy = 0; oy < taps.outH; oy++)
                for (int ky = 0; ky < kernel; ky++) {
                    int row = taps.row(oy, ky);
                    for (int kx = 0; row >= 0 && kx < kernel; kx++)
                        addScaled(in, row * taps.w + kx * dilation - taps.left, weights[(ky * kernel + kx) * channels + c], out,
                                oy * taps.outW, taps.from(kx), taps.to(kx));
                }
        });
    }

    private void addScaled(float[] in, int inAt, float weight, float[] out, int outAt, int from, int to) {
        if (stride == 1)
            for (int x = from; x < to; x++)
                out[outAt + x] += weight * in[inAt + x];
        else
            for (int x = from; x < to; x++)
                out[outAt + x] += weight * in[inAt + x * stride];
    }

    WeightGradients backward(INDArray x, float[] weights, INDArray outputGradient, INDArray gradient) {
        Taps taps = new Taps(x.shape());
        int channels = (int) x.size(1);
        double[] ofKernel = new double[weights.length];
        double[] ofBias = new double[channels];
        planes.forEach(x, outputGradient, gradient, (c, in, above, below) -> {
            float[] products = new float[taps.outW];
            Arrays.fill(below, 0);
            for (int ky = 0; ky < kernel; ky++)
                for (int kx = 0; kx < kernel; kx++) {
                    int at = (ky * kernel + kx) * channels + c;
                    Arrays.fill(products, 0);
                    for (int oy = 0; oy < taps.outH; oy++) {
                        int row = taps.row(oy, ky);
                        if (row >= 0)
                            addBackward(in, below, row * taps.w + kx * dilation - taps.left, weights[at], above, oy * taps.outW,
                                    products, taps.from(kx), taps.to(kx));
                    }
                    ofKernel[at] += Sums.of(products);
                }
            ofBias[c] += Sums.of(above);
        });
        return new WeightGradients(floats(ofKernel), floats(ofBias));
    }

    /** Sums products into a row and not into one number: additions of floats may not be reordered, so that would not vectorise. */
    private void addBackward(float[] in, float[] inGradient, int inAt, float weight, float[] outGradient, int outAt,
            float[] products, int from, int to) {
        if (stride == 1) {
            for (int x = from; x < to; x++)
                products[x] += in[inAt + x] * outGradient[outAt + x];
            for (int x = from; x < to; x++)
                inGradient[inAt + x] += weight * outGradient[outAt + x];
        } else
            for (int x = from; x < to; x++) {
                products[x] += in[inAt + x * stride] * outGradient[outAt + x];
                inGradient[inAt + x * stride] += weight * outGradient[outAt + x];
            }
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++)
            result[i] = (float) values[i];
        return result;
    }
}
