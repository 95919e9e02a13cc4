package io.github.palimpsest.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeTest {

    @ParameterizedTest
    @CsvSource({"1,1,5,7", "3,4,3,4", "3,4,12,16", "3,4,10,9", "13,17,5,4", "20,1,3,6", "1,9,4,3", "7,5,100,2", "5,5,1,1",
            "41,26,213,320"})
    void bilinearIsTheFormulaAtEveryPixel(int h, int w, int newH, int newW) {
        Tensor image = random(3, h, w);
        Tensor resized = Resize.bilinear(image, newH, newW);
        assertArrayEquals(new int[] {3, newH, newW}, resized.shape());
        for (int c = 0; c < 3; c++)
            for (int y = 0; y < newH; y++)
                for (int x = 0; x < newW; x++)
                    assertEquals(sampled(image, c, (y + 0.5) * h / newH - 0.5, (x + 0.5) * w / newW - 0.5),
                            resized.data()[(c * newH + y) * newW + x], 1e-5);
    }

    @Test
    void twoPixelsAreResizedAsPyTorchResizesThem() {
        Tensor resized = Resize.bilinear(Tensor.of(new float[] {0, 1}, 1, 1, 2), 1, 4);
        assertArrayEquals(new float[] {0, 0.25f, 0.75f, 1}, resized.data());
    }

    @Test
    void aConstantStaysExactlyConstant() {
        Tensor image = Tensor.zeros(2, 5, 7);
        Arrays.fill(image.data(), 0.1f);
        for (float value : Resize.bilinear(image, 33, 19).data())
            assertEquals(0.1f, value);
    }

    @Test
    void theSameSizeGivesAnEqualCopy() {
        Tensor image = random(2, 4, 5);
        Tensor resized = Resize.bilinear(image, 4, 5);
        assertEquals(image, resized);
        assertNotSame(image.data(), resized.data());
    }

    @Test
    void flippingExchangesLeftAndRightAndTwiceIsNothing() {
        Tensor image = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 2, 3);
        assertArrayEquals(new float[] {3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10}, Resize.flipped(image).data());
        assertEquals(image, Resize.flipped(Resize.flipped(image)));
        assertEquals(0, Resize.flipped(Tensor.zeros(2, 3, 0)).length());
    }

    @Test
    void whatIsNoImageIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Resize.bilinear(Tensor.zeros(3, 4), 2, 2));
        assertThrows(IllegalArgumentException.class, () -> Resize.bilinear(Tensor.zeros(1, 0, 4), 2, 2));
        assertThrows(IllegalArgumentException.class, () -> Resize.bilinear(Tensor.zeros(1, 4, 4), 0, 2));
        assertThrows(IllegalArgumentException.class, () -> Resize.flipped(Tensor.zeros(4)));
    }

    private static double sampled(Tensor image, int c, double y, double x) {
        double sum = 0;
        for (int dy = 0; dy <= 1; dy++)
            for (int dx = 0; dx <= 1; dx++) {
                int row = (int) Math.floor(y) + dy;
                int column = (int) Math.floor(x) + dx;
                double weight = (1 - Math.abs(y - row)) * (1 - Math.abs(x - column));
                sum += weight * pixel(image, c, row, column);
            }
        return sum;
    }

    private static float pixel(Tensor image, int c, int row, int column) {
        int y = Math.max(0, Math.min(image.size(1) - 1, row));
        int x = Math.max(0, Math.min(image.size(2) - 1, column));
        return image.data()[(c * image.size(1) + y) * image.size(2) + x];
    }

    private static Tensor random(int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        Random random = new Random(7);
        for (int i = 0; i < tensor.length(); i++)
            tensor.data()[i] = (float) random.nextGaussian();
        return tensor;
    }

    @Test
    void aWindowIsARectangleOfTheWhole() {
        Tensor image = random(2, 7, 11);
        Tensor whole = Resize.bilinear(image, 19, 23);
        Tensor window = Resize.window(image, 19, 23, 4, 6, 9, 5);
        for (int c = 0; c < 2; c++)
            for (int y = 0; y < 9; y++)
                for (int x = 0; x < 5; x++)
                    assertEquals(whole.data()[(c * 19 + 4 + y) * 23 + 6 + x], window.data()[(c * 9 + y) * 5 + x]);
        assertThrows(IllegalArgumentException.class, () -> Resize.window(image, 19, 23, 11, 6, 9, 5));
        assertThrows(IllegalArgumentException.class, () -> Resize.window(image, 19, 23, 0, 0, 0, 5));
    }
}
