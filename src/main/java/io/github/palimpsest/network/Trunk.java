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
public record Trunk(Backbone backbone, NetworkSpec spec, String features, int channels, int stride) {}
