package io.github.palimpsest.erasing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.engine.RandomTensors;
import io.github.palimpsest.network.View;
import io.github.palimpsest.tensor.Tensor;

/** Views and score maps against the plainest loops. */
class ViewTest {

    private static final List<View> VIEWS = View.all(List.of(1.0, 1.5), true);

    /** What bilinear interpolation with half-pixel centres gives at one place of a slice. */
    private static double bilinear(Tensor maps, int t, int y, int x, int height, int width) {
        double v = clamp((y + 0.5) * maps.size(1) / height - 0.5, maps.size(1));
        double u = clamp((x + 0.5) * maps.size(2) / width - 0.5, maps.size(2));
        int top = (int) v;
        int left = (int) u;
        double sum = 0;
        for (int j = top; j <= Math.min(top + 1, maps.size(1) - 1); j++)
            for (int i = left; i <= Math.min(left + 1, maps.size(2) - 1); i++)
                sum += (1 - Math.abs(v - j)) * (1 - Math.abs(u - i))
                        * Math.max(0, maps.data()[(t * maps.size(1) + j) * maps.size(2) + i]);
        return sum;
    }

    private static double clamp(double place, int size) {
        return Math.max(0, Math.min(size - 1, place));
    }

    @Test
    void everyScaleIsLookedAtAndMirroredIfWanted() {
        assertEquals(List.of(new View(1, false), new View(1, true), new View(1.5, false), new View(1.5, true)), VIEWS);
        assertEquals(List.of(new View(2, false), new View(0.5, false)), View.all(List.of(2.0, 0.5), false));
    }

    @Test
    void aViewHasTheScaledSizeAndMirrorsLeftToRight() {
        Tensor image = Tensor.of(new float[] { 1, 2, 3, 4, 5, 6 }, 1, 2, 3);
        assertEquals(image, new View(1, false).of(image));
        assertArrayEquals(new float[] { 3, 2, 1, 6, 5, 4 }, new View(1, true).of(image).data());
        assertArrayEquals(new int[] { 1, 3, 5 }, new View(1.5, false).of(image).shape());
        assertArrayEquals(new int[] { 1, 1, 1 }, new View(0.1, true).of(image).shape(), "never less than a pixel");
        assertEquals(image, new View(1, true).undo(new View(1, true).of(image)));
    }

    @Test
    void theActivationIsTheMeanOverViewsOfWhatIsAboveZeroAtTheFinestSize() {
        List<Tensor> maps = List.of(RandomTensors.normal(1, 2, 4, 5), RandomTensors.normal(2, 2, 4, 5),
                RandomTensors.normal(3, 2, 6, 8), RandomTensors.normal(4, 2, 6, 8));
        Tensor activation = ScoreMaps.activation(maps, VIEWS);
        assertArrayEquals(new int[] { 2, 6, 8 }, activation.shape());
        for (int t = 0; t < 2; t++)
            for (int y = 0; y < 6; y++)
                for (int x = 0; x < 8; x++) {
                    double sum = 0;
                    for (int v = 0; v < 4; v++)
                        sum += bilinear(maps.get(v), t, y, VIEWS.get(v).mirrored() ? 7 - x : x, 6, 8);
                    assertEquals(sum / 4, activation.data()[(t * 6 + y) * 8 + x], 1e-5);
                }
    }

    @Test
    void normalisedMapsReachOneOrAreZero() {
        Tensor maps = Tensor.of(new float[] { 4, -1, 2, 0, -3, -1, -2, -5, 0, 0, 0, 0 }, 3, 2, 2);
        assertArrayEquals(new float[] { 1, 0, 0.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, ScoreMaps.normalised(maps).data());
        assertEquals(4, maps.data()[0], "the maps themselves stay");
    }

    @Test
    void tagsAreSelectedInTheirOrderAndPooledToTheirMeans() {
        Tensor maps = Tensor.of(new float[] { 1, 2, 3, 4, 5, 9 }, 3, 1, 2);
        assertArrayEquals(new float[] { 5, 9, 1, 2 }, ScoreMaps.select(maps, List.of(2, 0)).data());
        assertArrayEquals(new double[] { 1.5, 3.5, 7 }, ScoreMaps.pooled(maps));
    }
}
