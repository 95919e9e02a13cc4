package io.github.palimpsest.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.AveragePooling;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.MaxPooling;
import io.github.palimpsest.network.SegmentationNetwork.Head;

class SegmentationNetworkTest {

    private static final int TAGS = 3;

    private static SegmentationNetwork mobileNet(Head head) {
        return new SegmentationNetwork(Backbone.MOBILENET_V2.trunk(16), head, TAGS);
    }

    @ParameterizedTest
    @CsvSource({ "MULTI_DEPTH, HEAD, block_12_add block_16_project_BN block_5_add",
        "MULTI_DEPTH, LAST, block_14_add block_12_add block_5_add", "MULTI_DEPTH, FULL, image",
        "LARGE_FOV, HEAD, out_relu", "LARGE_FOV, LAST, block_14_add", "LARGE_FOV, FULL, image" })
    void aTrainingBeginsWithWhatDoesNotLearn(Head head, Training training, String inputs) {
        SegmentationNetwork network = mobileNet(head);
        assertEquals(List.of(inputs.split(" ")), network.inputsOf(training));
        assertEquals(network.inputsOf(training), List.copyOf(network.trained(training).inputs().keySet()));
    }

    @Test
    void theLastBlocksMayBeginWithATapOfTheHead() {
        SegmentationNetwork network = new SegmentationNetwork(Backbone.VGG16.trunk(8), Head.MULTI_DEPTH, TAGS);
        assertEquals(List.of("block4_pool", "block3_conv3_relu"), network.inputsOf(Training.LAST));
    }

    @ParameterizedTest
    @EnumSource
    void everyPartNamesItsOutputs(Head head) {
        SegmentationNetwork network = mobileNet(head);
        assertEquals(List.of("segmentation", "tags"), network.whole().outputs());
        assertEquals(Map.of("image", 3), network.whole().inputs());
        for (Training training : Training.values())
            assertEquals(List.of("segmentation", "classification"), network.trained(training).outputs());
        assertEquals(List.of("tags"), network.tagHead().outputs());
        assertEquals(Map.of("out_relu", 1280), network.tagHead().inputs());
    }

    @Test
    void featuresAreThoseOfTheTrainingAndMoreEachOnce() {
        NetworkSpec features = mobileNet(Head.MULTI_DEPTH).features(Training.LAST, "out_relu", "block_12_add");
        assertEquals(List.of("block_14_add", "block_12_add", "block_5_add", "out_relu"), features.outputs());
        assertThrows(IllegalArgumentException.class, () -> mobileNet(Head.LARGE_FOV).features(Training.FULL));
    }

    @ParameterizedTest
    @EnumSource
    void theWeightsOfFeaturesAndOfWhatIsTrainedAreTheWholesWithoutOverlap(Head head) {
        SegmentationNetwork network = mobileNet(head);
        Map<String, int[]> full = network.trained(Training.FULL).weights();
        Set<String> trunk = network.trunk().spec().weights().keySet();
        for (Training training : List.of(Training.HEAD, Training.LAST)) {
            Map<String, int[]> features = network.features(training).weights();
            Map<String, int[]> trained = network.trained(training).weights();
            Set<String> both = new TreeSet<>(features.keySet());
            both.addAll(trained.keySet());
            assertEquals(features.size() + trained.size(), both.size());
            assertEquals(full.keySet(), both);
            assertTrue(trunk.containsAll(features.keySet()));
            trained.forEach((name, shape) -> assertArrayEquals(full.get(name), shape, name));
        }
    }

    @ParameterizedTest
    @CsvSource({ "MULTI_DEPTH, true", "LARGE_FOV, false" })
    void inAPretrainedNetworkNoBatchNormLearns(Head head, boolean standardised) {
        SegmentationNetwork network = mobileNet(head);
        Set<String> standards = standardised
            ? Set.of("head_standard_block_5_add", "head_standard_block_12_add", "head_standard_block_16_project_BN")
            : Set.of();
        assertEquals(standards, network.standardisations().keySet());
        assertEquals(standards, network.frozen(Training.HEAD));
        Set<String> last = new TreeSet<>(standards);
        for (String block : List.of("block_15", "block_16"))
            for (String part : List.of("expand", "depthwise", "project"))
                last.add(block + "_" + part + "_BN");
        if (head == Head.LARGE_FOV)
            last.add("Conv_1_bn");
        assertEquals(last, network.frozen(Training.LAST));
        // Three in each block, but two in the first, and one at either end; the 1280 features are the larger head's
        // alone.
        int all = 3 * 16 + 2 + 1 + standards.size() + (head == Head.LARGE_FOV ? 1 : 0);
        assertEquals(all, network.frozen(Training.FULL).size());
    }

    @Test
    void aNetworkFromScratchLearnsItsBatchNorm() {
        SegmentationNetwork network = new SegmentationNetwork(Backbone.SMALL.trunk(4), Head.MULTI_DEPTH, TAGS);
        assertEquals(network.standardisations().keySet(), network.frozen(Training.FULL));
        assertEquals(
            Map.of("head_standard_relu2", "relu2", "head_standard_relu3", "relu3", "head_standard_relu4", "relu4"),
            network.standardisations());
        assertTrue(network.frozen(Training.LAST).contains("bn4"));
    }

    @ParameterizedTest
    @EnumSource
    void newNodesAreThoseOfTheHeadInEveryTraining(Head head) {
        SegmentationNetwork network = mobileNet(head);
        assertTrue(network.newNodes().containsAll(List.of("segmentation", "classification")));
        assertFalse(network.newNodes().contains("tags"));
        for (Training training : Training.values())
            assertTrue(network.trained(training).nodes().keySet().containsAll(network.newNodes()));
        assertTrue(network.newNodes().stream().noneMatch(network.trunk().spec().nodes()::containsKey));
    }

    @Test
    void outputsBeginWithZeros() {
        Map<String, int[]> whole = mobileNet(Head.MULTI_DEPTH).whole().weights();
        mobileNet(Head.MULTI_DEPTH).initialWeights().forEach((name, tensor) -> {
            assertTrue(Arrays.equals(new float[tensor.length()], tensor.data()), name);
            if (whole.containsKey(name))
                assertArrayEquals(whole.get(name), tensor.shape(), name);
        });
        assertEquals(Set.of("segmentation/kernel", "segmentation/bias", "classification/kernel", "classification/bias",
            "tags/kernel", "tags/bias"), mobileNet(Head.MULTI_DEPTH).initialWeights().keySet());
    }

    @Test
    void theLargeFieldOfViewIsThatOfDeepLab() {
        NetworkSpec spec = new SegmentationNetwork(Backbone.VGG16.trunk(8), Head.LARGE_FOV, 20).whole();
        assertEquals(new MaxPooling(3, 1), spec.nodes().get("block5_pool").operation());
        assertEquals(new AveragePooling(3, 1), spec.nodes().get("block5_average").operation());
        assertEquals(List.of("block5_average"), spec.nodes().get("fc6").inputs());
        assertEquals(new Convolution(1024, 3, 1, 12, true), spec.nodes().get("fc6").operation());
        assertEquals(new Convolution(1024, 1, 1, 1, true), spec.nodes().get("fc7").operation());
        assertEquals(21, spec.channels("segmentation"));
        assertEquals(List.of("out_relu"), mobileNet(Head.LARGE_FOV).whole().nodes().get("fc6").inputs());
    }

    @Test
    void aHeadForNoTagIsTheCallersMistake() {
        assertThrows(IllegalArgumentException.class,
            () -> new SegmentationNetwork(Backbone.SMALL.trunk(4), Head.MULTI_DEPTH, 0));
    }
}
