package io.github.palimpsest.network;

import java.util.List;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.ReLU;

/**
 * Three convolutions of 3×3 and one of 1×1, each with batch norm and ReLU, from 16 to 64 channels: about 18,000
 * weights. At its stride of 4 a cell of its features sees 11×11 pixels only: colours and textures, but no shapes.
 * So its maps are sharp: what is beside a vivid part does not share that part's score, and is found when the part
 * itself is gone.
 */
final class SmallNetwork {

    private static final int[] CHANNELS = { 16, 24, 48, 64 };
    private static final int[] KERNELS = { 3, 3, 3, 1 };
    private static final int[] STRIDES = { 2, 1, 2, 1 };

    // Training from scratch takes few steps, so the running statistics must follow faster than Keras' 0.99.
    private static final BatchNormalization BATCH_NORM = new BatchNormalization(1e-3, 0.9);

    private SmallNetwork() {}

    /** At stride 2 there is no finer layer, and the second one is read for being shallow. */
    static Taps taps(int outputStride) {
        return new Taps(List.of("relu3", "relu4"), "relu2", "relu3", "relu3");
    }

    static NetworkSpec spec(int outputStride) {
        NetworkSpec.Builder net = NetworkSpec.builder();
        String x = net.input("image", 3);
        int reached = 1;
        int dilation = 1;
        for (int i = 0; i < CHANNELS.length; i++) {
            boolean kept = reached * STRIDES[i] <= outputStride;
            int layer = i + 1;
            x = net.add("conv" + layer,
                new Convolution(CHANNELS[i], KERNELS[i], kept ? STRIDES[i] : 1, dilation, false), x);
            x = net.add("bn" + layer, BATCH_NORM, x);
            x = net.add("relu" + layer, new ReLU(), x);
            if (kept)
                reached *= STRIDES[i];
            else
                dilation *= STRIDES[i];
        }
        return net.outputs(x);
    }
}
