package io.github.palimpsest.view;

import java.util.Map;

/**
 * Which layers are seen, and how strongly.
 *
 * @param opacities of the layers that are switched on, 0..1
 */
record LayerStyle(Map<Layer, Double> opacities) {

    LayerStyle {
        opacities = Map.copyOf(opacities);
    }

    /** What a viewer begins with: the image, and where the classifier looks. */
    static LayerStyle initial() {
        return new LayerStyle(Map.of(Layer.ORIGINAL, 1.0, Layer.CAM, .6));
    }

    /** The opacity, 0 where the layer is switched off. */
    double opacity(Layer layer) {
        return opacities.getOrDefault(layer, 0.0);
    }

    boolean isOn(Layer layer) {
        return opacities.containsKey(layer);
    }
}
