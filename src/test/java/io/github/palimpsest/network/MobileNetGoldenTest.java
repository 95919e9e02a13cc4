package io.github.palimpsest.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.store.Safetensors;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Tensor;

/**
 * Features of the pretrained MobileNetV2 as an independent framework computes them from the same file: the architecture, the
 * weights, the scaling of pixels and the engine together.
 */
class MobileNetGoldenTest {

    /** Of the largest feature: single precision over 53 convolutions; about 1e-5 was measured. */
    private static final float TOLERANCE = 1e-4f;

    @ParameterizedTest
    @CsvSource({ "32, 0", "32, 1", "16, 0", "16, 1" })
    void givesTheFeaturesOfAnotherFramework(int stride, int image) {
        Path weights = SharedData.file("weights", "mobilenet_v2_1.0_224_no_top.h5");
        Map<String, Tensor> golden = Safetensors
            .read(SharedData.file("golden", "mobilenet_v2_stride" + stride + ".safetensors")).tensors();
        Tensor expected = golden.get("features" + image);
        Trunk trunk = Backbone.MOBILENET_V2.trunk(stride);
        Engine engine = Engines.start(new EngineSettings(EngineSettings.Device.CPU, 2, 4L << 30));
        Tensor features;
        try (Network network = engine.compile(trunk.spec(), Engine.Compilation.inference(trunk.spec(), 1))) {
            network.setWeights(new WeightsSource(trunk.backbone(), weights.toString()).load(Progress.silent()));
            features = network.forward(trunk.backbone().preprocess(golden.get("image" + image)), false);
        }
        assertArrayEquals(expected.shape(), features.shape());
        float largest = largest(expected.data());
        assertArrayEquals(expected.data(), features.data(), TOLERANCE * largest);
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values)
            largest = Math.max(largest, value);
        return largest;
    }
}
