package io.github.palimpsest.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.Dropout;
import io.github.palimpsest.engine.Operation.MaxPooling;

class CamHeadTest {

    @ParameterizedTest
    @EnumSource
    void theLinearHeadAddsOneConvolutionAndNothingElse(Backbone backbone) {
        Trunk trunk = backbone.trunk(backbone.defaultOutputStride());
        NetworkSpec spec = CamHead.append(trunk, CamHead.Kind.LINEAR, 15);
        assertEquals(List.of("cam"), spec.outputs());
        assertEquals(trunk.spec().nodes().size() + 1, spec.nodes().size());
        assertArrayEquals(new int[] { 15, trunk.channels(), 1, 1 }, spec.weights().get("cam/kernel"));
        assertArrayEquals(new int[] { 15 }, spec.weights().get("cam/bias"));
    }

    @Test
    void theConvolutionalHeadIsThatOfThePaper() {
        NetworkSpec spec = CamHead.append(Backbone.VGG16.trunk(8), CamHead.Kind.CONVOLUTIONAL, 20);
        List<String> names = new ArrayList<>(spec.nodes().keySet());
        assertEquals(List.of("block5_pool", "cam_conv1", "cam_conv1_relu", "cam_conv2", "cam_conv2_relu", "cam_dropout", "cam"),
            names.subList(names.indexOf("block5_conv3_relu") + 1, names.size()));
        assertEquals(new MaxPooling(3, 1), spec.nodes().get("block5_pool").operation());
        assertEquals(new Dropout(0.5), spec.nodes().get("cam_dropout").operation());
        Map<String, int[]> weights = spec.weights();
        assertArrayEquals(new int[] { 1024, 512, 3, 3 }, weights.get("cam_conv1/kernel"));
        assertArrayEquals(new int[] { 1024, 1024, 3, 3 }, weights.get("cam_conv2/kernel"));
        assertArrayEquals(new int[] { 20, 1024, 1, 1 }, weights.get("cam/kernel"));
    }

    @Test
    void onlyVggHasAPoolBeforeItsConvolutionalHead() {
        NetworkSpec spec = CamHead.append(Backbone.MOBILENET_V2.trunk(16), CamHead.Kind.CONVOLUTIONAL, 3);
        assertEquals(List.of("out_relu"), spec.nodes().get("cam_conv1").inputs());
    }

    @Test
    void theTrunkStaysAsItWas() {
        Trunk trunk = Backbone.SMALL.trunk(4);
        NetworkSpec spec = CamHead.append(trunk, CamHead.Kind.LINEAR, 2);
        assertTrue(spec.nodes().entrySet().containsAll(trunk.spec().nodes().entrySet()));
        assertEquals(List.of(trunk.features()), trunk.spec().outputs());
    }

    @Test
    void aHeadForNoTagIsTheCallersMistake() {
        Trunk trunk = Backbone.SMALL.trunk(4);
        assertThrows(IllegalArgumentException.class, () -> CamHead.append(trunk, CamHead.Kind.LINEAR, 0));
    }
}
