package io.github.palimpsest.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilinearTest {

    /** For any x and y, the product of the resized x and y is that of x and the transposed y. */
    @ParameterizedTest
    @CsvSource({ "5, 4, 10, 8", "20, 30, 40, 59", "9, 8, 3, 2", "1, 1, 4, 3", "7, 6, 1, 1", "3, 8, 5, 4", "4, 4, 4, 4" })
    void transposeIsTheTranspose(int oldHeight, int oldWidth, int height, int width) {
        Bilinear resizing = new Bilinear(oldHeight, oldWidth, height, width);
        float[] x = random(oldHeight * oldWidth, 1);
        float[] y = random(height * width, 2);
        float[] resized = new float[y.length];
        float[] transposed = random(x.length, 3);
        resizing.resize(x, 0, resized, 0);
        resizing.transpose(y, transposed);
        assertEquals(product(resized, y), product(x, transposed), 1e-4);
    }

    @Test
    void planesLieWhereTheyAreSaidToStart() {
        Bilinear resizing = new Bilinear(1, 2, 1, 4);
        float[] to = new float[6];
        resizing.resize(new float[] { 9, 9, 0, 4 }, 2, to, 1);
        assertArrayEquals(new float[] { 0, 0, 1, 3, 4, 0 }, to);
    }

    @Test
    void thereIsNoPlaneWithoutPixels() {
        assertThrows(IllegalArgumentException.class, () -> new Bilinear(0, 3, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> new Bilinear(2, 3, 2, 0));
    }

    private static float[] random(int n, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++)
            values[i] = (float) random.nextGaussian();
        return values;
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++)
            sum += (double) a[i] * b[i];
        return sum;
    }
}
