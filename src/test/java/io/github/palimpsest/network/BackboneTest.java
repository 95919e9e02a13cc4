package io.github.palimpsest.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.DepthwiseConvolution;
import io.github.palimpsest.engine.Operation.MaxPooling;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

class BackboneTest {

    /** As Keras' {@code count_params()} gives them without top. */
    @ParameterizedTest
    @CsvSource({ "mobilenet_v2, 2257984", "vgg16, 14714688" })
    void hasAsManyParametersAsPublished(String name, long published) {
        Backbone backbone = Backbone.named(name);
        for (int stride : backbone.outputStrides())
            assertEquals(published, parameters(backbone.trunk(stride).spec()));
    }

    @ParameterizedTest
    @EnumSource
    void givesFeaturesAtEveryStrideItLists(Backbone backbone) {
        for (int stride : backbone.outputStrides()) {
            Trunk trunk = backbone.trunk(stride);
            assertEquals(stride, trunk.stride());
            assertEquals(Map.of("image", 3), trunk.spec().inputs());
            assertEquals(List.of(trunk.features()), trunk.spec().outputs());
            assertEquals(stride, productOfStrides(trunk.spec()));
        }
        assertEquals(true, backbone.outputStrides().contains(backbone.defaultOutputStride()));
    }

    @ParameterizedTest
    @CsvSource({ "SMALL, 64", "MOBILENET_V2, 1280", "VGG16, 512" })
    void hasTheChannelsOfItsLastLayer(Backbone backbone, int channels) {
        assertEquals(channels, backbone.trunk(backbone.defaultOutputStride()).channels());
    }

    @ParameterizedTest
    @EnumSource
    void hasTheSameWeightsAtEveryStride(Backbone backbone) {
        List<Integer> strides = backbone.outputStrides();
        Map<String, int[]> coarse = backbone.trunk(strides.get(0)).spec().weights();
        for (int stride : strides) {
            Map<String, int[]> weights = backbone.trunk(stride).spec().weights();
            assertEquals(List.copyOf(coarse.keySet()), List.copyOf(weights.keySet()));
            coarse.forEach((name, shape) -> assertArrayEquals(shape, weights.get(name), name));
        }
    }

    @ParameterizedTest
    @CsvSource({ "32, 1 1 1 1", "16, 1 1 1 2", "8, 1 2 2 4" })
    void mobileNetDilatesWhatComesAfterAStrideTakenAway(int stride, String dilations) {
        Map<String, Integer> found = dilations(Backbone.MOBILENET_V2.trunk(stride).spec());
        assertEquals(dilations, found.get("block_6_depthwise") + " " + found.get("block_7_depthwise") + " "
            + found.get("block_13_depthwise") + " " + found.get("block_14_depthwise"));
        assertEquals(found.get("block_14_depthwise"), found.get("block_16_depthwise"));
    }

    @ParameterizedTest
    @CsvSource({ "16, 1, 2", "8, 2, 1" })
    void vggHasDilationInBlockFiveOnlyWhereItsFourthPoolKeepsTheSize(int stride, int dilation, int poolStride) {
        NetworkSpec spec = Backbone.VGG16.trunk(stride).spec();
        assertEquals(new MaxPooling(3, poolStride), spec.nodes().get("block4_pool").operation());
        for (Map.Entry<String, Integer> layer : dilations(spec).entrySet())
            assertEquals(layer.getKey().startsWith("block5") ? dilation : 1, layer.getValue(), layer.getKey());
    }

    @Test
    void unknownNamesAndStridesGetASentence() {
        assertEquals("There is no network named \"resnet\": choose one of small, mobilenet_v2, vgg16.",
            assertThrows(UserException.class, () -> Backbone.named("resnet")).getMessage());
        assertEquals("vgg16 has no output stride 32: choose one of 16, 8.",
            assertThrows(UserException.class, () -> Backbone.VGG16.trunk(32)).getMessage());
        for (Backbone backbone : Backbone.values())
            assertEquals(backbone, Backbone.named(backbone.terminalName()));
    }

    @Test
    void mobileNetTakesPixelsFromMinusOneToOne() {
        Tensor rgb = Tensor.of(new float[] { 0, 127.5f, 255 }, 3, 1, 1);
        Tensor scaled = Backbone.MOBILENET_V2.preprocess(rgb);
        assertEquals(Tensor.of(new float[] { -1, 0, 1 }, 3, 1, 1), scaled);
        assertEquals(scaled, Backbone.SMALL.preprocess(rgb));
        assertEquals(255, rgb.data()[2], "the pixels themselves stay");
    }

    @Test
    void vggTakesBlueGreenRedLessTheMeanOfImageNet() {
        Tensor rgb = Tensor.of(new float[] { 200, 100, 50, 0, 0, 0 }, 2, 3, 1, 1);
        assertArrayEquals(new float[] { 50 - 103.939f, 100 - 116.779f, 200 - 123.68f, -103.939f, -116.779f, -123.68f },
            Backbone.VGG16.preprocess(rgb).data(), 1e-4f);
    }

    @Test
    void greyPixelsAreTheCallersMistake() {
        Tensor grey = Tensor.zeros(1, 4, 4);
        assertThrows(IllegalArgumentException.class, () -> Backbone.VGG16.preprocess(grey));
    }

    private static long parameters(NetworkSpec spec) {
        return spec.weights().values().stream().mapToLong(Tensor::elements).sum();
    }

    private static int productOfStrides(NetworkSpec spec) {
        int product = 1;
        for (NetworkSpec.Node node : spec.nodes().values()) {
            Operation operation = node.operation();
            if (operation instanceof Convolution c)
                product *= c.stride();
            else if (operation instanceof DepthwiseConvolution d)
                product *= d.stride();
            else if (operation instanceof MaxPooling p)
                product *= p.stride();
        }
        return product;
    }

    private static Map<String, Integer> dilations(NetworkSpec spec) {
        Map<String, Integer> dilations = new TreeMap<>();
        spec.nodes().forEach((name, node) -> {
            if (node.operation() instanceof Convolution c)
                dilations.put(name, c.dilation());
            else if (node.operation() instanceof DepthwiseConvolution d)
                dilations.put(name, d.dilation());
        });
        return dilations;
    }
}
