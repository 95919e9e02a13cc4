package io.github.palimpsest.network;

import java.util.ArrayList;
import java.util.List;

import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * One way of looking at an image: at a scale, perhaps mirrored. A class activation map is the mean over all views.
 *
 * @param scale factor of height and width, above 0
 * @param mirrored left to right
 */
public record View(double scale, boolean mirrored) {

    /** All views of the given scales, each mirrored too if wanted. */
    public static List<View> all(List<Double> scales, boolean mirrored) {
        List<View> views = new ArrayList<>();
        for (double scale : scales) {
            views.add(new View(scale, false));
            if (mirrored)
                views.add(new View(scale, true));
        }
        return views;
    }

    /** The image {@code C×H×W} as this view sees it. */
    public Tensor of(Tensor image) {
        Tensor scaled = scale == 1 ? image : Resize.bilinear(image, scaled(image.size(1)), scaled(image.size(2)));
        return mirrored ? Resize.flipped(scaled) : scaled;
    }

    private int scaled(int size) {
        return (int) Math.max(1, Math.round(scale * size));
    }

    /** A map of this view as a map of the image itself. */
    public Tensor undo(Tensor map) {
        return mirrored ? Resize.flipped(map) : map;
    }
}
