package io.github.palimpsest.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import io.github.palimpsest.tensor.Tensor;

/** Tensors of random numbers, the same for the same seed. */
public final class RandomTensors {

    private RandomTensors() {}

    /** Standard normal values. */
    public static Tensor normal(long seed, int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        Random random = new Random(seed);
        for (int i = 0; i < tensor.length(); i++)
            tensor.data()[i] = (float) random.nextGaussian();
        return tensor;
    }

    /** Values for every weight of a network; variances positive, gammas around 1. */
    public static Map<String, Tensor> weights(NetworkSpec spec, long seed) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        spec.weights().forEach((name, shape) -> {
            Tensor tensor = normal(seed ^ name.hashCode(), shape);
            for (int i = 0; i < tensor.length(); i++) {
                float value = tensor.data()[i];
                if (name.endsWith("/variance"))
                    tensor.data()[i] = 0.5f + value * value;
                else if (name.endsWith("/gamma"))
                    tensor.data()[i] = 1 + 0.3f * value;
                else
                    tensor.data()[i] = 0.5f * value;
            }
            weights.put(name, tensor);
        });
        return weights;
    }
}
