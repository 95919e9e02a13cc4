package io.github.palimpsest.erasing;

import java.util.List;

import io.github.palimpsest.network.View;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/** What is done with a classifier's maps of scores, {@code T×h×w}, on their way to class activation maps. */
public final class ScoreMaps {

    private ScoreMaps() {}

    /** The mean of a stretch of values, summed in double precision. */
    static double mean(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++)
            sum += values[i];
        return sum / count;
    }

    /** The pooled score of each tag: the mean of its map. */
    static double[] pooled(Tensor maps) {
        int cells = maps.size(1) * maps.size(2);
        double[] pooled = new double[maps.size(0)];
        for (int t = 0; t < pooled.length; t++)
            pooled[t] = mean(maps.data(), t * cells, cells);
        return pooled;
    }

    /**
     * The class activation maps of an image from the score maps of its views: each is cut off below 0, mirrored back and
     * brought to the finest view's size; the result is their mean.
     */
    static Tensor activation(List<Tensor> maps, List<View> views) {
        int height = maps.stream().mapToInt(m -> m.size(1)).max().orElseThrow();
        int width = maps.stream().mapToInt(m -> m.size(2)).max().orElseThrow();
        Tensor sum = Tensor.zeros(maps.get(0).size(0), height, width);
        for (int v = 0; v < maps.size(); v++) {
            Tensor map = views.get(v).undo(Resize.bilinear(rectified(maps.get(v)), height, width));
            for (int i = 0; i < sum.length(); i++)
                sum.data()[i] += map.data()[i] / maps.size();
        }
        return sum;
    }

    private static Tensor rectified(Tensor map) {
        Tensor result = map.copy();
        for (int i = 0; i < result.length(); i++)
            result.data()[i] = Math.max(0, result.data()[i]);
        return result;
    }

    /** Each map divided by its own maximum, 0..1; a map that is nowhere above 0 becomes 0. */
    public static Tensor normalised(Tensor maps) {
        Tensor result = maps.copy();
        int cells = maps.size(1) * maps.size(2);
        for (int t = 0; t < maps.size(0); t++) {
            float max = 0;
            for (int i = t * cells; i < (t + 1) * cells; i++)
                max = Math.max(max, result.data()[i]);
            for (int i = t * cells; i < (t + 1) * cells; i++)
                result.data()[i] = max > 0 ? Math.max(0, result.data()[i]) / max : 0;
        }
        return result;
    }

    /** The maps of some tags. */
    static Tensor select(Tensor maps, List<Integer> tags) {
        int cells = maps.size(1) * maps.size(2);
        Tensor selected = Tensor.zeros(tags.size(), maps.size(1), maps.size(2));
        for (int k = 0; k < tags.size(); k++)
            System.arraycopy(maps.data(), tags.get(k) * cells, selected.data(), k * cells, cells);
        return selected;
    }
}
