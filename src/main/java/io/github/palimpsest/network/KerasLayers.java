package io.github.palimpsest.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.palimpsest.task.UserException;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.message.DataLayout;

/**
 * The layers of a Keras weight file: the root's attribute {@code layer_names} lists groups, and each group's attribute
 * {@code weight_names} its tensors by their paths from the group. A whole model saved by Keras has the same below
 * {@code model_weights}.
 */
final class KerasLayers {

    /** No network of ours comes near; a longer list is damage. */
    private static final int MOST_NAMES = 10_000;

    private KerasLayers() {}

    /**
     * A tensor in the file.
     *
     * @param weight what it is: kernel, bias, gamma, beta, mean or variance; the file's own word where it is none of these
     * @param path where it is, for messages
     */
    record Stored(String weight, String path, Dataset dataset) {

        int[] shape() {
            return dataset.getDimensions();
        }

        /** The values in the file's order. */
        float[] read() {
            return (float[]) dataset.getDataFlat();
        }
    }

    /**
     * Gives the layers that have tensors, in the file's order, to a reader while the file is open.
     *
     * @throws UserException if it is not such a file, or is damaged, naming it
     */
    static <T> T with(Path file, Function<Map<String, List<Stored>>, T> reader) {
        Hdf5Envelope.check(file);
        try (HdfFile hdf = new HdfFile(file)) {
            return reader.apply(layers(file, hdf));
        } catch (UserException e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever an HDF5 reader meets in damaged bytes: its own exceptions as well as those of buffers and arrays.
            throw Hdf5Envelope.bad(file, "is damaged (" + Hdf5Envelope.reason(e) + ")", e);
        }
    }

    private static Map<String, List<Stored>> layers(Path file, HdfFile hdf) {
        Node below = hdf.getChildren().get("model_weights");
        Group root = below instanceof Group group ? group : hdf;
        if (root.getAttribute("layer_names") == null)
            throw Hdf5Envelope.bad(file,
                "is HDF5, but not weights as Keras 1 and 2 write them: it has no attribute layer_names", null);
        Map<String, List<Stored>> layers = new LinkedHashMap<>();
        for (String layer : names(file, root.getAttribute("layer_names"))) {
            if (!(root.getChild(layer) instanceof Group group))
                throw Hdf5Envelope.bad(file, "is damaged: it lists a layer " + layer + " and does not have it", null);
            List<Stored> tensors = new ArrayList<>();
            Attribute weights = group.getAttribute("weight_names");
            if (weights != null)
                for (String path : names(file, weights))
                    tensors.add(stored(file, group, path));
            boolean twice = tensors.stream().map(Stored::weight).distinct().count() < tensors.size();
            if (twice || !tensors.isEmpty() && layers.put(layer, tensors) != null)
                throw Hdf5Envelope.bad(file, "is damaged: it lists the layer " + layer + " or one of its tensors twice", null);
        }
        return layers;
    }

    private static Stored stored(Path file, Group layer, String path) {
        Node node = layer;
        for (String step : path.split("/"))
            node = node instanceof Group group ? group.getChild(step) : null;
        if (!(node instanceof Dataset dataset))
            throw Hdf5Envelope.bad(file, "is damaged: it lists a tensor " + path + " and does not have it", null);
        if (dataset.getJavaType() != float.class)
            throw Hdf5Envelope.bad(file, "does not fit: " + path + " has " + dataset.getJavaType().getSimpleName()
                + " values where 32-bit floats are expected", null);
        // Damage can make a small tensor claim gigabytes, which would be allocated before they are missed.
        long bytes = Float.BYTES * dataset.getSize();
        if (dataset.getDataLayout() != DataLayout.CONTIGUOUS || dataset.getSizeInBytes() != bytes
            || dataset.getStorageInBytes() != bytes)
            throw Hdf5Envelope.bad(file, "is damaged, or not as Keras wrote it: " + path + " is not stored in one piece", null);
        return new Stored(weight(path), path, dataset);
    }

    /**
     * Keras 2 ends its paths in {@code kernel:0}, {@code depthwise_kernel:0}, {@code moving_mean:0} and so on; Keras 1, which
     * the published VGG16 is from, in {@code block1_conv1_W_1:0} and {@code block1_conv1_b_1:0}.
     */
    private static String weight(String path) {
        String word = path.substring(path.lastIndexOf('/') + 1).replaceFirst(":\\d+$", "").replaceFirst("_\\d+$", "");
        if (word.equals("depthwise_kernel") || word.endsWith("_W"))
            return "kernel";
        if (word.endsWith("_b"))
            return "bias";
        return switch (word) {
            case "moving_mean" -> "mean";
            case "moving_variance" -> "variance";
            default -> word;
        };
    }

    private static List<String> names(Path file, Attribute attribute) {
        // Layers without weights have an empty list, of numbers, not of texts.
        if (attribute.getSize() == 0 || attribute.isEmpty())
            return List.of();
        if (attribute.getSize() > MOST_NAMES)
            throw Hdf5Envelope.bad(file, "is damaged: its attribute " + attribute.getName() + " is too long", null);
        if (!(attribute.getData() instanceof String[] names))
            throw Hdf5Envelope.bad(file, "is damaged: its attribute " + attribute.getName() + " is not a list of names", null);
        return Arrays.asList(names);
    }
}
