package io.github.palimpsest.network;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * The architectures that images are read by. The nodes of those that Keras Applications publishes weights for bear the names of
 * Keras' layers, so that {@link KerasWeights} finds each weight by its name.
 */
public enum Backbone {

    /** A small network for the sample and for tests; trained from scratch. 64 channels. */
    SMALL(SmallNetwork::spec, SmallNetwork::taps, PixelScaling.PLUS_MINUS_ONE, null, 4, 4, 2),
    /** MobileNetV2 (Sandler et al. 2018), width 1.0, up to {@code Conv_1} and its ReLU6: 1280 channels. */
    MOBILENET_V2(MobileNetV2::spec, MobileNetV2::taps, PixelScaling.PLUS_MINUS_ONE, new PublishedWeights(
        "mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5", ""), 16, 32, 16, 8),
    /**
     * VGG16 (Simonyan &amp; Zisserman 2015), up to {@code block5_conv3} and its ReLU: 512 channels. Its pools take 3×3 windows,
     * as in the DeepLab layout that adversarial erasing was published with, where Keras' own take 2×2; weights are not affected.
     */
    VGG16(Vgg16::spec, Vgg16::taps, PixelScaling.CAFFE, new PublishedWeights(
        "vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5", "6d6bbae143d832006294945121d1f1fc"), 8, 16, 8);

    private final IntFunction<NetworkSpec> architecture;
    private final IntFunction<Taps> taps;
    private final PixelScaling scaling;
    private final PublishedWeights published;
    private final int defaultStride;
    private final List<Integer> strides;

    Backbone(IntFunction<NetworkSpec> architecture, IntFunction<Taps> taps, PixelScaling scaling, PublishedWeights published,
        int defaultStride, Integer... strides) {
        this.architecture = architecture;
        this.taps = taps;
        this.scaling = scaling;
        this.published = published;
        this.defaultStride = defaultStride;
        this.strides = List.of(strides);
    }

    /**
     * The architecture of this name: {@code small}, {@code mobilenet_v2} or {@code vgg16}.
     *
     * @throws UserException for another name, naming those that exist
     */
    public static Backbone named(String name) {
        for (Backbone backbone : values())
            if (backbone.terminalName().equals(name))
                return backbone;
        throw new UserException("There is no network named \"" + name + "\": choose one of "
            + Arrays.stream(values()).map(Backbone::terminalName).collect(Collectors.joining(", ")) + ".");
    }

    /** The name in settings and files: {@code small}, {@code mobilenet_v2}, {@code vgg16}. */
    public String terminalName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The strides that {@link #trunk} knows, coarsest first. */
    public List<Integer> outputStrides() {
        return strides;
    }

    /** The stride that serves most images. */
    public int defaultOutputStride() {
        return defaultStride;
    }

    /**
     * The trunk at an output stride: 32, 16 or 8 for MobileNetV2, 16 or 8 for VGG16, 4 or 2 for the small network. The weights
     * are the same at every stride: where a stride is taken away, the convolutions after it are dilated instead.
     *
     * @throws UserException for another stride, naming those that exist
     */
    public Trunk trunk(int outputStride) {
        if (!strides.contains(outputStride))
            throw new UserException(terminalName() + " has no output stride " + outputStride + ": choose one of "
                + strides.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".");
        NetworkSpec spec = architecture.apply(outputStride);
        String features = spec.outputs().get(0);
        return new Trunk(this, spec, features, spec.channels(features), outputStride);
    }

    /** Where the trunk of an output stride can be read or cut. */
    Taps taps(int outputStride) {
        return taps.apply(outputStride);
    }

    /** What Keras Applications publishes for it, trained on ImageNet. */
    Optional<PublishedWeights> published() {
        return Optional.ofNullable(published);
    }

    /** The name of how pixels are prepared, such as {@code plus_minus_one}, by which a model file says it. */
    public String pixelScaling() {
        return scaling.name().toLowerCase(Locale.ROOT);
    }

    /** What the architecture expects of {@code 3×H×W} or {@code N×3×H×W} RGB pixels of 0..255; a new tensor. */
    public Tensor preprocess(Tensor rgb) {
        return scaling.apply(rgb);
    }
}
