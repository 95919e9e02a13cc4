package io.github.palimpsest.network;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.Dropout;
import io.github.palimpsest.engine.Operation.MaxPooling;
import io.github.palimpsest.engine.Operation.ReLU;

/**
 * The head that turns features into class activation maps (Zhou et al., CVPR 2016): one map per tag, in the tags' order, whose
 * mean over all cells is the tag's score. The mean is taken outside the network, since the maps are wanted as well.
 */
public final class CamHead {

    /** The output node: {@code N×tags×H×W}, before any ReLU and before pooling. */
    public static final String MAPS = "cam";

    /** What lies between features and maps. */
    public enum Kind {
        /** Nothing: a 1×1 convolution with bias. Little to learn, so it suits a frozen trunk. */
        LINEAR,
        /**
         * The head of adversarial erasing (Wei et al., CVPR 2017): two convolutions of 3×3 to 1024 channels with ReLU
         * ({@code cam_conv1}, {@code cam_conv2}), dropout of one half, then the 1×1 convolution. On VGG16 its last pool, 3×3 of
         * stride 1, comes before.
         */
        CONVOLUTIONAL
    }

    private static final int HIDDEN_CHANNELS = 1024;

    private CamHead() {}

    /** The trunk with a head for so many tags; its one output is {@link #MAPS}. */
    public static NetworkSpec append(Trunk trunk, Kind kind, int tags) {
        if (tags < 1)
            throw new IllegalArgumentException("a head needs at least one tag, not " + tags);
        NetworkSpec.Builder net = trunk.spec().extend();
        String x = trunk.features();
        if (kind == Kind.CONVOLUTIONAL) {
            if (trunk.backbone() == Backbone.VGG16)
                x = net.add(Vgg16.LAST_POOL, new MaxPooling(3, 1), x);
            for (String name : new String[] { "cam_conv1", "cam_conv2" }) {
                x = net.add(name, new Convolution(HIDDEN_CHANNELS, 3, 1, 1, true), x);
                x = net.add(name + "_relu", new ReLU(), x);
            }
            x = net.add("cam_dropout", new Dropout(0.5), x);
        }
        return net.outputs(net.add(MAPS, new Convolution(tags, 1, 1, 1, true), x));
    }
}
