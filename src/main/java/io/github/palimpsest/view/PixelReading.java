package io.github.palimpsest.view;

import java.util.ArrayList;
import java.util.List;

import io.github.palimpsest.store.RunRecord.ImageRecord;

/**
 * What the rounds say of one pixel.
 *
 * @param x from the left, from 0
 * @param y from the top, from 0
 * @param erasedBy the round that erased it, 0 for none
 * @param tags of the image, each with what it says
 */
public record PixelReading(int x, int y, int erasedBy, List<OfTag> tags) {

    /**
     * What is known of the pixel for one tag.
     *
     * @param tag its name
     * @param minedBy the round that mined it for the tag, 0 for none
     * @param scores activations, round by round
     * @param shares the same as shares of each map's own maximum, 0..1
     */
    public record OfTag(String tag, int minedBy, List<Double> scores, List<Double> shares) {}

    /**
     * Reads it.
     *
     * @throws io.github.palimpsest.task.UserException if the run has no such image, or a file of it is missing or damaged
     * @throws IndexOutOfBoundsException if the pixel is outside of the image
     */
    public static PixelReading of(RunLayers layers, String image, int x, int y) {
        ImageRecord known = layers.image(image);
        if (x < 0 || y < 0 || x >= known.width() || y >= known.height())
            throw new IndexOutOfBoundsException(x + ", " + y + " is not in " + known.width() + "×" + known.height());
        int at = y * known.width() + x;
        List<OfTag> tags = new ArrayList<>();
        for (String tag : layers.rounds() == 0 ? List.<String>of() : known.tags()) {
            List<Double> scores = new ArrayList<>();
            List<Double> shares = new ArrayList<>();
            for (int round = 1; round <= layers.rounds(); round++) {
                float[] map = layers.camValues(image, tag, round);
                float max = 0;
                for (float value : map)
                    max = Math.max(max, value);
                scores.add((double) map[at]);
                shares.add(max > 0 ? Math.max(0, map[at]) / (double) max : 0);
            }
            tags.add(new OfTag(tag, layers.regionValues(image, tag)[at] & 255, scores, shares));
        }
        return new PixelReading(x, y, layers.erasedValues(image)[at] & 255, tags);
    }
}
