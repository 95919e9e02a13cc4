package io.github.palimpsest.segmentation.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.palimpsest.tensor.Tensor;

/**
 * A trained segmentation network with everything that applying it needs: trunk, segmentation head and tag head. Its
 * file is a zip of {@code model.json} and {@code weights.safetensors}; nothing in it is ever executed.
 *
 * @param description what the weights are of
 * @param weights of every node of {@link io.github.palimpsest.network.SegmentationNetwork#whole()}, by name
 */
public record SegmentationModel(ModelDescription description, Map<String, Tensor> weights) {

    public SegmentationModel {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    /**
     * Writes it through a temporary name; the same model always gives the same bytes.
     *
     * @throws IllegalArgumentException if the weights are not those of the described network
     * @throws io.github.palimpsest.task.UserException if it cannot be written, naming the file
     */
    public void write(Path file) {
        ModelFile.write(file, this);
    }

    /**
     * Opens a file, from wherever it comes: everything that it claims is checked before memory is set aside for it.
     *
     * @throws io.github.palimpsest.task.UserException if there is no such file, it is no model, damaged, or of a later
     *             version than this program, in a sentence that names it
     */
    public static SegmentationModel open(Path file) {
        return ModelFile.open(file);
    }

    /**
     * Reads what is in a file without its weights, which takes no time.
     *
     * @throws io.github.palimpsest.task.UserException as {@link #open} does, but for what is wrong with the weights
     */
    public static ModelDescription describe(Path file) {
        return ModelFile.describe(file);
    }
}
