package io.github.palimpsest.network;

import java.util.List;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.Addition;
import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.DepthwiseConvolution;
import io.github.palimpsest.engine.Operation.ReLU6;

/**
 * MobileNetV2 (Sandler et al., CVPR 2018, table 2), width 1.0, with the names, epsilon and momentum of Keras Applications. A
 * stride beyond the output stride becomes 1, and the depthwise convolutions <em>after</em> that one are dilated by it, as in
 * DeepLabv3.
 */
final class MobileNetV2 {

    /** Expansion, channels, blocks, stride of the first block: one row per stage of the paper's table 2. */
    private static final int[][] STAGES = {
        { 1, 16, 1, 1 }, { 6, 24, 2, 2 }, { 6, 32, 3, 2 }, { 6, 64, 4, 2 }, { 6, 96, 3, 1 }, { 6, 160, 3, 2 }, { 6, 320, 1, 1 } };

    private static final BatchNormalization BATCH_NORM = new BatchNormalization(1e-3, 0.999);

    private final NetworkSpec.Builder net = NetworkSpec.builder();

    private MobileNetV2() {}

    static NetworkSpec spec(int outputStride) {
        return new MobileNetV2().build(outputStride);
    }

    static Taps taps(int outputStride) {
        String shallow = switch (outputStride) {
            case 8 -> "block_2_add";
            case 16 -> "block_5_add";
            default -> "block_12_add";
        };
        // At stride 32 block 12 is still at 16, and block 15 is what is left beside the last.
        String inner = outputStride == 32 ? "block_15_add" : "block_12_add";
        return new Taps(List.of(inner, "block_16_project_BN"), shallow, "block_14_add", "block_12_add");
    }

    private NetworkSpec build(int outputStride) {
        String x = net.input("image", 3);
        x = convolution("Conv1", "bn_Conv1", 32, 3, 2, x);
        x = net.add("Conv1_relu", new ReLU6(), x);
        int in = 32;
        int block = 0;
        int reached = 2;
        int dilation = 1;
        for (int[] stage : STAGES)
            for (int i = 0; i < stage[2]; i++, block++) {
                int stride = i == 0 ? stage[3] : 1;
                boolean kept = reached * stride <= outputStride;
                x = invertedResidual(block, stage[0] * in, stage[1], kept ? stride : 1, dilation, i > 0, x);
                if (kept)
                    reached *= stride;
                else
                    dilation *= stride;
                in = stage[1];
            }
        x = convolution("Conv_1", "Conv_1_bn", 1280, 1, 1, x);
        return net.outputs(net.add("out_relu", new ReLU6(), x));
    }

    private String invertedResidual(int block, int expanded, int channels, int stride, int dilation, boolean residual,
        String input) {
        String prefix = block == 0 ? "expanded_conv" : "block_" + block;
        String x = input;
        if (block > 0) {
            x = convolution(prefix + "_expand", prefix + "_expand_BN", expanded, 1, 1, x);
            x = net.add(prefix + "_expand_relu", new ReLU6(), x);
        }
        x = net.add(prefix + "_depthwise", new DepthwiseConvolution(3, stride, dilation, false), x);
        x = net.add(prefix + "_depthwise_BN", BATCH_NORM, x);
        x = net.add(prefix + "_depthwise_relu", new ReLU6(), x);
        x = convolution(prefix + "_project", prefix + "_project_BN", channels, 1, 1, x);
        return residual ? net.add(prefix + "_add", new Addition(), input, x) : x;
    }

    private String convolution(String name, String batchNorm, int filters, int kernel, int stride, String input) {
        String x = net.add(name, new Convolution(filters, kernel, stride, 1, false), input);
        return net.add(batchNorm, BATCH_NORM, x);
    }
}
