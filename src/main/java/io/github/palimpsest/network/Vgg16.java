package io.github.palimpsest.network;

import java.util.List;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.MaxPooling;
import io.github.palimpsest.engine.Operation.ReLU;

/**
 * VGG16 (Simonyan &amp; Zisserman, ICLR 2015) in the layout of DeepLab-LargeFOV, which adversarial erasing was published with:
 * max pools of 3×3, not the 2×2 of the original and of Keras, and none of stride 2 beyond the output stride; where the fourth
 * has stride 1, block 5 has dilation 2.
 */
final class Vgg16 {

    private static final int[] CONVOLUTIONS = { 2, 2, 3, 3, 3 };
    private static final int[] CHANNELS = { 64, 128, 256, 512, 512 };

    /** The pool after the trunk; in this layout it has stride 1 and belongs to the convolutional head. */
    static final String LAST_POOL = "block5_pool";

    /** The average pool after that one, in DeepLab-LargeFOV. */
    static final String LAST_AVERAGE = "block5_average";

    private Vgg16() {}

    /** Block 4 is read behind its pool, which is at the trunk's stride whether it shrinks or not. */
    static Taps taps(int outputStride) {
        String shallow = outputStride == 8 ? "block3_conv3_relu" : "block4_conv3_relu";
        return new Taps(List.of("block4_pool", "block5_conv3_relu"), shallow, "block4_pool", "block4_pool");
    }

    static NetworkSpec spec(int outputStride) {
        NetworkSpec.Builder net = NetworkSpec.builder();
        String x = net.input("image", 3);
        int stride = 1;
        int dilation = 1;
        for (int block = 1; block <= CHANNELS.length; block++) {
            for (int i = 1; i <= CONVOLUTIONS[block - 1]; i++) {
                String name = "block" + block + "_conv" + i;
                x = net.add(name, new Convolution(CHANNELS[block - 1], 3, 1, dilation, true), x);
                x = net.add(name + "_relu", new ReLU(), x);
            }
            if (block < CHANNELS.length) {
                boolean shrinks = stride < outputStride;
                x = net.add("block" + block + "_pool", new MaxPooling(3, shrinks ? 2 : 1), x);
                if (shrinks)
                    stride *= 2;
                else
                    dilation *= 2;
            }
        }
        return net.outputs(x);
    }
}
