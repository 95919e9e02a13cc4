package io.github.palimpsest.segmentation.model;

import io.github.palimpsest.tensor.Tensor;

/** Puts maps of overlapping tiles together: where tiles overlap, the mean by their weights. */
final class Mosaic {

    private final int channels;
    private final int height;
    private final int width;
    private final float[] sum;
    private final float[] weights;

    Mosaic(int channels, int height, int width) {
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.sum = new float[Tensor.elements(channels, height, width)];
        this.weights = new float[height * width];
    }

    /** Adds the map {@code C×h×w} of a tile. */
    void add(Tensor map, Span down, Span across) {
        if (!map.hasShape(channels, down.length(), across.length()))
            throw new IllegalArgumentException(map + " for a tile of " + down.length() + "×" + across.length());
        float[] from = map.data();
        for (int y = 0; y < down.length(); y++) {
            double row = down.weight(down.start() + y);
            for (int x = 0; x < across.length(); x++) {
                float weight = (float) (row * across.weight(across.start() + x));
                int place = (down.start() + y) * width + across.start() + x;
                weights[place] += weight;
                for (int c = 0; c < channels; c++)
                    sum[c * height * width + place] += weight * from[(c * down.length() + y) * across.length() + x];
            }
        }
    }

    /** The whole, {@code C×H×W}, once every place was covered. */
    Tensor whole() {
        int plane = height * width;
        for (int c = 0; c < channels; c++)
            for (int i = 0; i < plane; i++)
                sum[c * plane + i] /= weights[i];
        return Tensor.of(sum, channels, height, width);
    }
}
