package io.github.palimpsest.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class RandomSquareTest {

    /** Two channels, 10·row + column and the same plus 100. */
    private static Tensor image(int height, int width) {
        Tensor image = Tensor.zeros(2, height, width);
        for (int i = 0; i < image.length(); i++)
            image.data()[i] = 100 * (i / (height * width)) + 10 * (i / width % height) + i % width;
        return image;
    }

    @Test
    void everyPlaceIsDrawnAboutEquallyOften() {
        SplittableRandom random = new SplittableRandom(5);
        Map<List<Integer>, Integer> drawn = new HashMap<>();
        for (int draw = 0; draw < 6000; draw++) {
            RandomSquare square = RandomSquare.in(5, 2, 4, random);
            drawn.merge(List.of(square.top(), square.left(), square.mirrored() ? 1 : 0), 1, Integer::sum);
        }
        Set<List<Integer>> places = new HashSet<>();
        for (int top = 0; top <= 1; top++)
            for (int left = -2; left <= 0; left++)
                for (int mirrored = 0; mirrored <= 1; mirrored++)
                    places.add(List.of(top, left, mirrored));
        assertEquals(places, drawn.keySet());
        // 500 expected of each; four standard deviations are 86.
        drawn.values().forEach(n -> assertEquals(500, n, 86));
    }

    @Test
    void whatLiesBeyondTheImageIsTheSurroundings() {
        Tensor shown = new RandomSquare(3, 1, -1, false).of(image(3, 2), List.of(-1.0, -2.0));
        assertEquals(Tensor.of(new float[] {-1, 10, 11, -1, 20, 21, -1, -1, -1, -2, 110, 111, -2, 120, 121, -2, -2, -2}, 2, 3, 3),
                shown);
    }

    @Test
    void aMirroredSquareShowsTheSameFromRightToLeft() {
        Tensor shown = new RandomSquare(2, 1, 2, true).of(image(4, 5), List.of(0.0, 0.0));
        assertEquals(Tensor.of(new float[] {13, 12, 23, 22, 113, 112, 123, 122}, 2, 2, 2), shown);
    }
}
