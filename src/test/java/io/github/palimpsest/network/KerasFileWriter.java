package io.github.palimpsest.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.palimpsest.engine.NetworkSpec;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;

/** Writes files in Keras' layout: layers in order, each a group with its tensors as nested Java arrays. */
final class KerasFileWriter {

    private final Map<String, Map<String, Object>> layers = new LinkedHashMap<>();

    /** Adds a tensor, such as {@code float[3][3][64][64]}, to a layer. */
    KerasFileWriter tensor(String layer, String name, Object values) {
        layers.computeIfAbsent(layer, l -> new LinkedHashMap<>()).put(name, values);
        return this;
    }

    void write(Path file) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            hdf.putAttribute("layer_names", layers.keySet().toArray(String[]::new));
            layers.forEach((layer, tensors) -> {
                WritableGroup group = hdf.putGroup(layer);
                if (!tensors.isEmpty())
                    group.putAttribute("weight_names", tensors.keySet().toArray(String[]::new));
                tensors.forEach(group::putDataset);
            });
        }
    }

    /** The published VGG16's layers, pools and tensor names (those of Keras 1), full size, with random values. */
    static void writeVgg16(Path file, NetworkSpec spec, Map<String, float[]> valuesByOurName) {
        Random random = new Random(1);
        KerasFileWriter writer = new KerasFileWriter();
        writer.layers.put("input_1", Map.of());
        List<String> names = new ArrayList<>(spec.weights().keySet());
        for (String name : names) {
            int[] shape = spec.weights().get(name);
            String layer = name.substring(0, name.indexOf('/'));
            int rows = shape.length == 1 ? 1 : 9 * shape[1];
            float[] values = new float[rows * shape[0]];
            for (int i = 0; i < values.length; i++)
                values[i] = random.nextFloat();
            valuesByOurName.put(name, values);
            if (shape.length == 1)
                writer.tensor(layer, layer + "_b_1:0", values);
            else
                writer.tensor(layer, layer + "_W_1:0", kernel(values, shape[1], shape[0]));
            if (spec.nodes().containsKey(layer.substring(0, 6) + "_pool"))
                writer.layers.putIfAbsent(layer.substring(0, 6) + "_pool", Map.of());
        }
        writer.write(file);
    }

    static float[][][][] kernel(float[] values, int inputs, int outputs) {
        float[][][][] kernel = new float[3][3][inputs][outputs];
        int from = 0;
        for (float[][][] row : kernel)
            for (float[][] cell : row)
                for (float[] input : cell) {
                    System.arraycopy(values, from, input, 0, outputs);
                    from += outputs;
                }
        return kernel;
    }
}
