package io.github.palimpsest.background;

import java.util.SplittableRandom;

import io.github.palimpsest.tensor.Tensor;

/** Pictures for the tests, drawn from rectangles. */
final class Drawing {

    final int height;
    final int width;
    private final Tensor rgb;

    Drawing(int height, int width, int r, int g, int b) {
        this.height = height;
        this.width = width;
        rgb = Tensor.zeros(3, height, width);
        rectangle(0, 0, height, width, r, g, b);
    }

    /** A grey ground. */
    Drawing(int height, int width, int grey) {
        this(height, width, grey, grey, grey);
    }

    Drawing rectangle(int top, int left, int bottom, int right, int... colour) {
        for (int c = 0; c < 3; c++)
            for (int y = top; y < bottom; y++)
                for (int x = left; x < right; x++)
                    rgb.data()[(c * height + y) * width + x] = colour[colour.length == 3 ? c : 0];
        return this;
    }

    /** Adds so much at the right end, and proportionately less further left. */
    Drawing slope(int most) {
        for (int i = 0; i < rgb.length(); i++)
            rgb.data()[i] += (float) most * (i % width) / (width - 1);
        return this;
    }

    Drawing noise(double amplitude, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < rgb.length(); i++)
            rgb.data()[i] = (float) Math.max(0, Math.min(255,
                    rgb.data()[i] + amplitude * (2 * random.nextDouble() - 1)));
        return this;
    }

    Scene scene() {
        return new Scene("drawing.png", rgb, null);
    }

    Scene scene(Tensor maps) {
        return new Scene("drawing.png", rgb, maps);
    }

    /** The mean of a cue over a rectangle. */
    static double mean(Tensor cue, int top, int left, int bottom, int right) {
        double sum = 0;
        for (int y = top; y < bottom; y++)
            for (int x = left; x < right; x++)
                sum += cue.data()[y * cue.size(2) + x];
        return sum / ((bottom - top) * (right - left));
    }
}
