package io.github.palimpsest.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.palimpsest.engine.NetworkSpec;

class TapsTest {

    @ParameterizedTest
    @CsvSource({ "MOBILENET_V2, 32, 160 320, 96, 16", "MOBILENET_V2, 16, 96 320, 32, 8",
        "MOBILENET_V2, 8, 96 320, 24, 4", "VGG16, 16, 512 512, 512, 8", "VGG16, 8, 512 512, 256, 4",
        "SMALL, 4, 48 64, 24, 2", "SMALL, 2, 48 64, 24, 2" })
    void deepTapsHaveTheTrunksStrideAndTheShallowOneIsFiner(Backbone backbone, int stride, String deep, int shallow,
        int shallowStride) {
        Trunk trunk = backbone.trunk(stride);
        Taps taps = trunk.taps();
        List<String> channels = new ArrayList<>();
        for (String tap : taps.deep()) {
            channels.add(String.valueOf(trunk.spec().channels(tap)));
            assertEquals(stride, trunk.strideOf(tap), tap);
        }
        assertEquals(deep, String.join(" ", channels));
        assertEquals(shallow, trunk.spec().channels(taps.shallow()));
        assertEquals(shallowStride, trunk.strideOf(taps.shallow()));
    }

    @ParameterizedTest
    @EnumSource
    void theStrideOfANodeIsThatOfTheWholeTrunkAtItsEnd(Backbone backbone) {
        for (int stride : backbone.outputStrides()) {
            Trunk trunk = backbone.trunk(stride);
            assertEquals(stride, trunk.strideOf(trunk.features()));
            assertEquals(1, trunk.strideOf("image"));
        }
    }

    /** So the features of the mask criterion cost nothing where those for the head are computed. */
    @ParameterizedTest
    @EnumSource
    void theMiddleIsAmongTheOtherTaps(Backbone backbone) {
        for (int stride : backbone.outputStrides()) {
            Taps taps = backbone.trunk(stride).taps();
            assertTrue(taps.deep().contains(taps.middle()) || taps.shallow().equals(taps.middle()), taps.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLastBlocksCanBeComputedFromTheirFirstNodeAlone(Backbone backbone) {
        for (int stride : backbone.outputStrides()) {
            Trunk trunk = backbone.trunk(stride);
            NetworkSpec last = trunk.spec().part(List.of(trunk.taps().lastBlocks()), List.of(trunk.features()));
            assertEquals(1, last.inputs().size());
            assertTrue(last.weights().size() < trunk.spec().weights().size());
        }
    }
}
