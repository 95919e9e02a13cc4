package io.github.palimpsest.network;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Tensor;

/**
 * A trunk with its pretrained weights.
 *
 * @param weights by name; empty where it is trained from scratch
 * @param identity a checksum of the weights, wherever they came from, or {@code none}
 */
public record PretrainedTrunk(Trunk trunk, Map<String, Tensor> weights, String identity) {

    /** @throws io.github.palimpsest.task.UserException if the weights cannot be had */
    public static PretrainedTrunk load(WeightsSource source, int stride, Progress progress) {
        Map<String, Tensor> weights = source.load(progress);
        return new PretrainedTrunk(source.backbone().trunk(stride), weights,
                weights.isEmpty() ? WeightsSource.NONE : "sha256:" + checksum(weights));
    }

    private static String checksum(Map<String, Tensor> weights) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            weights.forEach((name, tensor) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * tensor.length());
                bytes.asFloatBuffer().put(tensor.data());
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
