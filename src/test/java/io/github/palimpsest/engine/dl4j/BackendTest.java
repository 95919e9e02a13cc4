package io.github.palimpsest.engine.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.Engine.Compilation;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.EngineSettings.Device;
import io.github.palimpsest.engine.EngineStatus;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Optimizer.Sgd;
import io.github.palimpsest.engine.RandomTensors;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

class BackendTest {

    private static final Engine ENGINE = TestEngine.get();

    @Test
    void convolutionsGoToOneDnn() {
        TrainedGraph graph = new GraphCompiler(TrainingTest.spec(), Compilation.trainable(1, 1), new Phase())
                .compile(List.of("image"), List.of(TrainingTest.spec().nodes().get("conv")), List.of("conv"));
        assertInstanceOf(MKLDNNConvHelper.class, graph.getLayer("conv").getHelper());
        graph.close();
        assertTrue(OneDnn.isInUse());
        assertTrue(ENGINE.status().accelerated());
        // Its own mark: nothing else refuses to dilate.
        try (INDArray x = Nd4j.ones(DataType.FLOAT, 1, 2, 6, 6);
                INDArray kernel = Nd4j.ones(DataType.FLOAT, 3, 3, 2, 1);
                INDArray y = Nd4j.zeros(DataType.FLOAT, 1, 2, 6, 6)) {
            DynamicCustomOp dilated = DynamicCustomOp.builder("depthwise_conv2d").addInputs(x, kernel).addOutputs(y)
                    .addIntegerArguments(3, 3, 1, 1, 0, 0, 2, 2, 1, 0).build();
            assertThrows(RuntimeException.class, () -> Nd4j.exec(dilated));
        }
    }

    @Test
    void gpuWithoutOneIsASentenceAndNotAFallback() {
        CudaDevice device = CudaDevice.find();
        if (device.usable())
            return;
        UserException e = assertThrows(UserException.class, () -> Engines.start(new EngineSettings(Device.GPU, 1, 1L << 30)));
        assertTrue(e.getMessage().startsWith("The GPU was asked for, but "), e.getMessage());
        assertTrue(e.getMessage().contains("3.7 to 8.6"), e.getMessage());
        assertTrue(e.getMessage().contains("Maven profile \"cuda\""), e.getMessage());
    }

    @Test
    void capabilitiesWithMachineCodeAreSupported() {
        for (int[] good : new int[][] { { 3, 7 }, { 5, 2 }, { 7, 5 }, { 8, 0 }, { 8, 6 }, { 8, 9 } })
            assertTrue(CudaDevice.supports(good[0], good[1]));
        for (int[] bad : new int[][] { { 3, 5 }, { 8, 7 }, { 9, 0 }, { 10, 0 }, { 12, 0 } })
            assertFalse(CudaDevice.supports(bad[0], bad[1]));
    }

    @Test
    void theStatusSaysWhatItRunsOn() {
        EngineStatus status = ENGINE.status();
        assertEquals("Deeplearning4j", status.engine());
        assertEquals("CPU", status.device());
        assertTrue(status.sentence().contains("1.0.0-M2.1"), status.sentence());
        assertTrue(status.sentence().contains("oneDNN is in use"), status.sentence());
    }

    @Test
    void theOtherBackendIsHidden() throws Exception {
        ClassLoader own = BackendTest.class.getClassLoader();
        String service = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";
        assertTrue(new BackendClassLoader(own, "org.nd4j.linalg.cpu.nativecpu.CpuBackend").getResources(service)
                .hasMoreElements());
        assertFalse(new BackendClassLoader(own, "org.nd4j.linalg.jcublas.JCublasBackend").getResources(service)
                .hasMoreElements() && !CudaDevice.find().usable());
    }

    @Test
    void twoThreadsWithANetworkEachGetWhatOneGets() throws Exception {
        List<Map<String, Tensor>> serial = new ArrayList<>();
        for (int seed = 0; seed < 2; seed++)
            serial.add(trained(seed));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Map<String, Tensor>>> parallel = new ArrayList<>();
            for (int seed = 0; seed < 2; seed++) {
                int own = seed;
                parallel.add(threads.submit(() -> trained(own)));
            }
            for (int seed = 0; seed < 2; seed++)
                assertEquals(serial.get(seed), parallel.get(seed).get());
        } finally {
            threads.shutdown();
        }
    }

    private static Map<String, Tensor> trained(int seed) {
        try (Network network = ENGINE.compile(TrainingTest.spec(), Compilation.trainable(seed, 1))) {
            TrainingTest.train(network, 0, 20, new Sgd(0.01, 0.9, 1e-4));
            Map<String, Tensor> result = network.weights();
            result.put("output", network.forward(TrainingTest.image(100), false));
            return result;
        }
    }

    @Test
    void nativeMemoryStaysFlat() {
        NetworkSpec spec = TrainingTest.spec();
        Tensor image = RandomTensors.normal(1, 2, 3, 128, 128);
        try (Network trained = ENGINE.compile(spec, new Compilation(1, Set.of("conv"), 1));
                Network used = ENGINE.compile(spec, Compilation.inference(spec, 1))) {
            long least = Long.MAX_VALUE;
            long before = 0;
            for (int i = 0; i <= 250; i++) {
                if (i % 50 == 0) {
                    System.gc();
                    long now = Pointer.physicalBytes();
                    // The first steps fill pools. Java's own heap may grow now and then, but a leak grows all the time.
                    if (i > 50)
                        least = Math.min(least, now - before);
                    before = now;
                }
                trained.backward(Map.of("mean", trained.forward(image, true)));
                trained.step(new Sgd(0.01, 0.9, 0), Map.of());
                used.forward(image, false);
            }
            // One step's values are 5 MB, so that a leak of even a tenth of them would be 25 in fifty steps.
            assertTrue(least < 15L << 20, "at least " + least + " bytes more in every fifty steps");
        }
    }
}
