package io.github.palimpsest.background;

import io.github.palimpsest.tensor.Tensor;

/**
 * A picture whose background is looked for.
 *
 * @param name of the image, relative to its folder with forward slashes
 * @param rgb {@code 3×H×W}, 0..255
 * @param maps {@code T×h×w}, 0..1, where each of the image's tags was found, at any resolution; null without tags
 */
public record Scene(String name, Tensor rgb, Tensor maps) {

    /** @throws IllegalArgumentException if there are no pixels, or tensors of other shapes */
    public Scene {
        if (rgb.rank() != 3 || rgb.size(0) != 3 || rgb.length() == 0)
            throw new IllegalArgumentException(name + ": not 3×H×W: " + rgb);
        if (maps != null && (maps.rank() != 3 || maps.size(1) < 1 || maps.size(2) < 1))
            throw new IllegalArgumentException(name + ": not T×h×w: " + maps);
    }

    /** In pixels. */
    public int height() {
        return rgb.size(1);
    }

    /** In pixels. */
    public int width() {
        return rgb.size(2);
    }

    /** Whether there are maps of tags. */
    boolean hasMaps() {
        return maps != null && maps.size(0) > 0;
    }

    /** At each of the maps' places the largest response of any tag: {@code 1×h×w}. */
    Tensor response() {
        Tensor largest = maps.slice(0);
        int n = largest.length();
        for (int tag = 1; tag < maps.size(0); tag++)
            for (int i = 0; i < n; i++)
                largest.data()[i] = Math.max(largest.data()[i], maps.data()[tag * n + i]);
        return largest.reshape(1, maps.size(1), maps.size(2));
    }
}
