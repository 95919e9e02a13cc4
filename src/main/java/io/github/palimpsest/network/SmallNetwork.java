package io.github.palimpsest.network;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.ReLU;

/**
 * Six convolutions of 3×3, each with batch norm and ReLU, from 16 to 64 channels: about 100,000 weights. A cell of its features
 * sees 43×43 pixels, a cell or nucleus with its surroundings.
 */
final class SmallNetwork {

    private static final int[] CHANNELS = { 16, 32, 32, 48, 64, 64 };
    private static final int[] STRIDES = { 2, 1, 2, 1, 2, 1 };

    // Training from scratch takes few steps, so the running statistics must follow faster than Keras' 0.99.
    private static final BatchNormalization BATCH_NORM = new BatchNormalization(1e-3, 0.9);

    private SmallNetwork() {}

    static NetworkSpec spec(int outputStride) {
        NetworkSpec.Builder net = NetworkSpec.builder();
        String x = net.input("image", 3);
        int reached = 1;
        int dilation = 1;
        for (int i = 0; i < CHANNELS.length; i++) {
            boolean kept = reached * STRIDES[i] <= outputStride;
            int layer = i + 1;
            x = net.add("conv" + layer, new Convolution(CHANNELS[i], 3, kept ? STRIDES[i] : 1, dilation, false), x);
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
