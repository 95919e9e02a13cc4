package io.github.palimpsest.network;

import io.github.palimpsest.engine.NetworkSpec;

/**
 * The part of a network that is shared: from pixels to features.
 *
 * @param backbone which architecture
 * @param spec one input {@code image} ({@code N×3×H×W}, preprocessed) and one output, the features
 * @param features the name of the output node
 * @param channels of the features
 * @param stride pixels of the input per cell of the features
 */
public record Trunk(Backbone backbone, NetworkSpec spec, String features, int channels, int stride) {

    /** Where else it can be read or cut. */
    public Taps taps() {
        return backbone.taps(stride);
    }

    /** Pixels of the input per cell of a node of the trunk. */
    public int strideOf(String node) {
        int product = 1;
        for (NetworkSpec.Node n = spec.nodes().get(node); n != null; n = spec.nodes().get(n.inputs().get(0)))
            product *= Activations.stride(n.operation());
        return product;
    }
}
