package io.github.palimpsest.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.task.UserException;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;

/** Each bad weight file and the sentence that it gets. */
class BadWeightFilesTest {

    private static final NetworkSpec SPEC = KerasWeightsTest.keras2("Conv1", "bn_Conv1", "dw");
    private static final float[] FOUR = { 1, 2, 3, 4 };

    @TempDir
    Path folder;

    /** Makes a bad file. */
    @FunctionalInterface
    interface Making {
        void at(Path file) throws IOException;
    }

    static Stream<Arguments> files() {
        return Stream.of(
            bad("does not exist", file -> {}),
            bad("is a folder", file -> Files.createDirectory(file)),
            bad("is empty", file -> Files.createFile(file)),
            bad("is not an HDF5 file", file -> Files.writeString(file, "<html>Please log in to the network.</html>")),
            bad("is a safetensors file, not HDF5", file -> Files.write(file, safetensors())),
            bad("is HDF5, but not weights as Keras 1 and 2 write them: it has no attribute layer_names", file -> {
                try (WritableHdfFile hdf = HdfFile.write(file)) {
                    hdf.putDataset("something", FOUR);
                }
            }),
            bad("is damaged: it lists a layer Conv1 and does not have it", file -> {
                try (WritableHdfFile hdf = HdfFile.write(file)) {
                    hdf.putAttribute("layer_names", new String[] { "Conv1" });
                    hdf.putDataset("other", FOUR);
                }
            }),
            bad("is damaged: it lists a tensor Conv1/kernel:0 and does not have it", file -> {
                try (WritableHdfFile hdf = HdfFile.write(file)) {
                    hdf.putAttribute("layer_names", new String[] { "Conv1" });
                    hdf.putGroup("Conv1").putAttribute("weight_names", new String[] { "Conv1/kernel:0" });
                }
            }),
            bad("is damaged: its attribute layer_names is not a list of names", file -> {
                try (WritableHdfFile hdf = HdfFile.write(file)) {
                    hdf.putAttribute("layer_names", new int[] { 3 });
                    hdf.putDataset("other", FOUR);
                }
            }),
            bad("is damaged: it lists the layer Conv1 or one of its tensors twice",
                good().tensor("Conv1", "kernel_1:0", new float[3][3][3][4])::write),
            bad("is not of this network or not whole: it lacks dw/kernel", file -> convolutionAndBatchNorm().write(file)),
            bad("is not of this network or not whole: it lacks Conv1/kernel, bn_Conv1/gamma, bn_Conv1/beta, bn_Conv1/mean, "
                + "bn_Conv1/variance, dw/kernel", new KerasFileWriter().tensor("dense", "kernel:0", new float[2][2])::write),
            bad("has more than this network: fc1/kernel, fc1/bias, predictions/kernel. If it was saved with the classifier on "
                + "top, take the one without, whose name ends in no_top.h5 or notop.h5",
                good().tensor("fc1", "fc1_W_1:0", new float[4][9]).tensor("fc1", "fc1_b_1:0", new float[9])
                    .tensor("predictions", "predictions_W_1:0", new float[9][5])::write),
            bad("has more than this network: Conv1/bias. If it was saved with the classifier on top, take the one without, "
                + "whose name ends in no_top.h5 or notop.h5", good().tensor("Conv1", "bias:0", FOUR)::write),
            bad("does not fit this network: kernel:0 is 3×3×3×8 and should be 3×3×3×4",
                batchNorm(new KerasFileWriter().tensor("Conv1", "kernel:0", new float[3][3][3][8]))
                    .tensor("dw", "depthwise_kernel:0", new float[3][3][4][1])::write),
            bad("does not fit this network: depthwise_kernel:0 is 3×3×1×4 and should be 3×3×4×1",
                convolutionAndBatchNorm().tensor("dw", "depthwise_kernel:0", new float[3][3][1][4])::write),
            bad("does not fit: depthwise_kernel:0 has double values where 32-bit floats are expected",
                convolutionAndBatchNorm().tensor("dw", "depthwise_kernel:0", new double[3][3][4][1])::write),
            bad("is damaged: depthwise_kernel:0 has values that are not numbers",
                convolutionAndBatchNorm().tensor("dw", "depthwise_kernel:0", notNumbers())::write));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aBadFileGetsASentence(String fault, Making making) throws IOException {
        Path file = folder.resolve("weights.h5");
        making.at(file);
        assertEquals("The weight file " + file + " " + fault
            + ". Give weights= a Keras weight file (.h5) of this network without its top, or use weights=none.",
            sentence(file, SPEC));
    }

    static String sentence(Path file, NetworkSpec spec) {
        return assertThrows(UserException.class, () -> KerasWeights.read(file, spec)).getMessage();
    }

    private static Arguments bad(String fault, Making making) {
        return Arguments.of(fault, making);
    }

    private static KerasFileWriter good() {
        return convolutionAndBatchNorm().tensor("dw", "depthwise_kernel:0", new float[3][3][4][1]);
    }

    private static KerasFileWriter convolutionAndBatchNorm() {
        return batchNorm(new KerasFileWriter().tensor("Conv1", "kernel:0", new float[3][3][3][4]));
    }

    private static KerasFileWriter batchNorm(KerasFileWriter writer) {
        for (String name : new String[] { "gamma:0", "beta:0", "moving_mean:0", "moving_variance:0" })
            writer.tensor("bn_Conv1", name, FOUR);
        return writer;
    }

    private static float[][][][] notNumbers() {
        float[][][][] kernel = new float[3][3][4][1];
        kernel[1][1][2][0] = Float.NaN;
        return kernel;
    }

    private static byte[] safetensors() {
        byte[] header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\":[0,32]}}".getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + header.length + 32).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header)
            .array();
    }
}
