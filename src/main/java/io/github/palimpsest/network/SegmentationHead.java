package io.github.palimpsest.network;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.Addition;
import io.github.palimpsest.engine.Operation.AveragePooling;
import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.engine.Operation.Concatenation;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.DepthwiseConvolution;
import io.github.palimpsest.engine.Operation.Dropout;
import io.github.palimpsest.engine.Operation.GlobalAveragePooling;
import io.github.palimpsest.engine.Operation.GlobalContext;
import io.github.palimpsest.engine.Operation.MaxPooling;
import io.github.palimpsest.engine.Operation.ReLU;
import io.github.palimpsest.engine.Operation.ResizeLike;

/** Adds the layers of a {@link SegmentationNetwork} to a trunk. */
final class SegmentationHead {

    private static final int LARGE_FOV_CHANNELS = 1024;
    private static final int LARGE_FOV_DILATION = 12;
    private static final int DEEP_CHANNELS = 128;
    private static final int FINE_CHANNELS = 96;

    // The variance of a standardised channel comes from the data; this only keeps a silent channel silent.
    private static final BatchNormalization STANDARDISATION = new BatchNormalization(1e-5, 0.99);

    private final NetworkSpec.Builder net;
    private final Trunk trunk;
    private final int tags;

    private SegmentationHead(Trunk trunk, int tags) {
        this.trunk = trunk;
        this.tags = tags;
        net = trunk.spec().extend();
    }

    /** The trunk with a head and all three outputs. */
    static NetworkSpec append(Trunk trunk, SegmentationNetwork.Head kind, int tags) {
        SegmentationHead head = new SegmentationHead(trunk, tags);
        if (kind == SegmentationNetwork.Head.LARGE_FOV)
            head.largeFov();
        else
            head.multiDepth();
        head.pooled(SegmentationNetwork.TAGS, trunk.features());
        return head.net.outputs(SegmentationNetwork.SEGMENTATION, SegmentationNetwork.CLASSIFICATION,
            SegmentationNetwork.TAGS);
    }

    /** The node that standardises a tap. */
    static String standardisation(String tap) {
        return "head_standard_" + tap;
    }

    private void largeFov() {
        pooled(SegmentationNetwork.CLASSIFICATION, trunk.features());
        String x = trunk.features();
        if (trunk.backbone() == Backbone.VGG16) {
            x = net.add(Vgg16.LAST_POOL, new MaxPooling(3, 1), x);
            x = net.add(Vgg16.LAST_AVERAGE, new AveragePooling(3, 1), x);
        }
        x = rectified("fc6", new Convolution(LARGE_FOV_CHANNELS, 3, 1, LARGE_FOV_DILATION, true), x);
        x = net.add("fc6_dropout", new Dropout(0.5), x);
        x = rectified("fc7", pointwise(LARGE_FOV_CHANNELS), x);
        segmentation(net.add("fc7_dropout", new Dropout(0.5), x));
    }

    private void multiDepth() {
        Taps taps = trunk.taps();
        String[] deep = taps.deep().stream().map(this::standardised).toArray(String[]::new);
        String shallow = standardised(taps.shallow());
        String joined = net.add("head_deep", new Concatenation(), deep);
        pooled(SegmentationNetwork.CLASSIFICATION, joined);
        String x = surroundings(rectified("head_reduce", pointwise(DEEP_CHANNELS), joined));
        x = net.add("head_dropout", new Dropout(0.1), x);
        x = net.add("head_up", new ResizeLike(), x, shallow);
        x = net.add("head_joined", new Concatenation(), x, shallow);
        segmentation(borders(rectified("head_fine", pointwise(FINE_CHANNELS), x)));
    }

    /** What each cell sees beside it, farther off, and in the whole image, added to what it is itself. */
    private String surroundings(String x) {
        String near = net.add("head_near", new DepthwiseConvolution(3, 1, 1, true), x);
        String farther = net.add("head_farther", new DepthwiseConvolution(3, 1, 3, true), x);
        String far = net.add("head_far", new DepthwiseConvolution(3, 1, 6, true), x);
        String context = net.add("head_mean", new GlobalContext(), x);
        context = net.add("head_context", pointwise(DEEP_CHANNELS), context);
        return rectifiedSum("head_surroundings", x, near, farther, far, context);
    }

    private String borders(String x) {
        String beside = net.add("head_beside", new DepthwiseConvolution(3, 1, 1, true), x);
        return rectifiedSum("head_borders", x, net.add("head_mixed", pointwise(FINE_CHANNELS), beside));
    }

    private void segmentation(String from) {
        net.add(SegmentationNetwork.SEGMENTATION, pointwise(tags + 1), from);
    }

    /** One number per tag from the mean over all cells. */
    private void pooled(String name, String from) {
        net.add(name, pointwise(tags), net.add(name + "_mean", new GlobalAveragePooling(), from));
    }

    private String standardised(String tap) {
        return net.add(standardisation(tap), STANDARDISATION, tap);
    }

    private String rectified(String name, Convolution convolution, String from) {
        return net.add(name + "_relu", new ReLU(), net.add(name, convolution, from));
    }

    private String rectifiedSum(String name, String... summands) {
        return net.add(name + "_relu", new ReLU(), net.add(name, new Addition(), summands));
    }

    private static Convolution pointwise(int filters) {
        return new Convolution(filters, 1, 1, 1, true);
    }
}
