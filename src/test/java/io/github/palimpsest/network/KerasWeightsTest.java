package io.github.palimpsest.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.DepthwiseConvolution;
import io.github.palimpsest.engine.Operation.ReLU6;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * The two small files were written by h5py with the attributes and paths of Keras 1 (as the published VGG16 has them) and of
 * Keras 2; every tensor counts up in the file's own order.
 */
class KerasWeightsTest {

    @TempDir
    Path folder;

    @Test
    void readsTheLayoutOfKeras1() {
        NetworkSpec.Builder net = NetworkSpec.builder();
        NetworkSpec spec = net.outputs(net.add("block1_conv1", new Convolution(2, 3, 1, 1, true), net.input("image", 3)));
        Map<String, Tensor> weights = KerasWeights.read(resource("keras1.h5"), spec);
        assertEquals(List.of("block1_conv1/kernel", "block1_conv1/bias"), List.copyOf(weights.keySet()));
        assertEquals(Tensor.of(new float[] { 100, 101 }, 2), weights.get("block1_conv1/bias"));
        assertKernelCountsUpInKerasOrder(weights.get("block1_conv1/kernel"));
    }

    @Test
    void readsTheLayoutOfKeras2() {
        Map<String, Tensor> weights = KerasWeights.read(resource("keras2.h5"), keras2("Conv1", "bn_Conv1", "dw"));
        assertKernelCountsUpInKerasOrder(weights.get("Conv1/kernel"));
        assertArrayEquals(new float[] { 10, 11, 12, 13 }, weights.get("bn_Conv1/gamma").data());
        assertArrayEquals(new float[] { 20, 21, 22, 23 }, weights.get("bn_Conv1/beta").data());
        assertArrayEquals(new float[] { 30, 31, 32, 33 }, weights.get("bn_Conv1/mean").data());
        assertArrayEquals(new float[] { 40, 41, 42, 43 }, weights.get("bn_Conv1/variance").data());
        Tensor depthwise = weights.get("dw/kernel");
        assertTrue(depthwise.hasShape(4, 1, 3, 3));
        for (int channel = 0; channel < 4; channel++)
            for (int cell = 0; cell < 9; cell++)
                assertEquals(cell * 4 + channel, depthwise.data()[channel * 9 + cell]);
    }

    /** Keras itself loads by order; the published MobileNetV2 was first saved with other names than those of today. */
    @Test
    void layersUnderOtherNamesAreTakenInTheirOrder() {
        Map<String, Tensor> weights = KerasWeights.read(resource("keras2.h5"), keras2("first", "second", "third"));
        assertArrayEquals(new float[] { 30, 31, 32, 33 }, weights.get("second/mean").data());
        assertKernelCountsUpInKerasOrder(weights.get("first/kernel"));
    }

    @Test
    void readsAFullVgg16TensorByTensor() {
        Map<String, float[]> written = new LinkedHashMap<>();
        Path file = folder.resolve("vgg16_notop.h5");
        NetworkSpec spec = Backbone.VGG16.trunk(8).spec();
        KerasFileWriter.writeVgg16(file, spec, written);
        Map<String, Tensor> weights = KerasWeights.read(file, spec);
        assertEquals(List.copyOf(spec.weights().keySet()), List.copyOf(weights.keySet()));
        spec.weights().forEach((name, shape) -> {
            Tensor tensor = weights.get(name);
            assertArrayEquals(shape, tensor.shape(), name);
            float[] expected = written.get(name);
            if (shape.length == 1)
                assertArrayEquals(expected, tensor.data(), name);
            else
                assertSameKernel(expected, tensor, name);
        });
    }

    @Test
    void readsTheMobileNetOfKerasApplications() {
        Path file = SharedData.file("weights", "mobilenet_v2_1.0_224_no_top.h5");
        Map<String, Tensor> weights = KerasWeights.read(file, Backbone.MOBILENET_V2.trunk(16).spec());
        assertEquals(2_257_984, weights.values().stream().mapToInt(Tensor::length).sum());
    }

    @Test
    void aCutFileSaysHowMuchIsThere() throws Exception {
        byte[] whole = Files.readAllBytes(resource("keras2.h5"));
        NetworkSpec spec = keras2("Conv1", "bn_Conv1", "dw");
        for (int length : new int[] { 1, 8, 47, 48, 1000, whole.length - 1 }) {
            Path file = Files.write(folder.resolve("cut" + length + ".h5"), Arrays.copyOf(whole, length));
            String sentence = BadWeightFilesTest.sentence(file, spec);
            assertTrue(sentence.contains(length < 8 ? "is not an HDF5 file" : "is cut short: " + length + " bytes"), sentence);
        }
    }

    /** Whatever bytes are damaged, the answer is a tensor of the right shape or a sentence, never another exception. */
    @Test
    void damagedBytesNeverGiveAnythingButASentence() throws Exception {
        byte[] whole = Files.readAllBytes(resource("keras1.h5"));
        NetworkSpec.Builder net = NetworkSpec.builder();
        NetworkSpec spec = net.outputs(net.add("block1_conv1", new Convolution(2, 3, 1, 1, true), net.input("image", 3)));
        Path file = folder.resolve("damaged.h5");
        for (int i = 0; i < whole.length; i += 11) {
            byte[] damaged = whole.clone();
            damaged[i] ^= (byte) 0xff;
            Files.write(file, damaged);
            try {
                assertEquals(2, KerasWeights.read(file, spec).size());
            } catch (UserException e) {
                assertTrue(e.getMessage().contains("damaged.h5"));
            }
        }
    }

    static NetworkSpec keras2(String convolution, String batchNorm, String depthwise) {
        NetworkSpec.Builder net = NetworkSpec.builder();
        String x = net.add(convolution, new Convolution(4, 3, 2, 1, false), net.input("image", 3));
        x = net.add(batchNorm, new BatchNormalization(1e-3, 0.999), x);
        x = net.add("relu", new ReLU6(), x);
        return net.outputs(net.add(depthwise, new DepthwiseConvolution(3, 1, 1, false), x));
    }

    static Path resource(String name) {
        try {
            return Path.of(KerasWeightsTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertKernelCountsUpInKerasOrder(Tensor kernel) {
        float[] counted = new float[kernel.length()];
        for (int i = 0; i < counted.length; i++)
            counted[i] = i;
        assertSameKernel(counted, kernel, "kernel");
    }

    private static void assertSameKernel(float[] keras, Tensor ours, String name) {
        int outputs = ours.size(0);
        int inputs = ours.size(1);
        for (int o = 0; o < outputs; o++)
            for (int i = 0; i < inputs; i++)
                for (int y = 0; y < 3; y++)
                    for (int x = 0; x < 3; x++) {
                        float expected = keras[((y * 3 + x) * inputs + i) * outputs + o];
                        if (expected != ours.data()[((o * inputs + i) * 3 + y) * 3 + x])
                            throw new AssertionError(name + " differs at " + List.of(o, i, y, x));
                    }
    }
}
