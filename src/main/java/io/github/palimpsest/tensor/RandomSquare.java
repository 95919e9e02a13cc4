package io.github.palimpsest.tensor;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A square cut from an image at random, mirrored half of the time; where the image is smaller, the square goes beyond it.
 *
 * @param size in pixels
 * @param top row of the image that the square begins at, below 0 where the square is higher than the image
 * @param left column of the image that the square begins at, below 0 where the square is wider than the image
 * @param mirrored whether left and right are exchanged
 */
public record RandomSquare(int size, int top, int left, boolean mirrored) {

    /** Every place where the square lies in the image, or the image in the square, is as likely as another. */
    public static RandomSquare in(int height, int width, int size, SplittableRandom random) {
        return new RandomSquare(size, offset(height, size, random), offset(width, size, random), random.nextBoolean());
    }

    private static int offset(int length, int size, SplittableRandom random) {
        int room = length - size;
        return room >= 0 ? random.nextInt(room + 1) : -random.nextInt(-room + 1);
    }

    /** The image's row that is shown in a row of the square; perhaps outside of the image. */
    public int row(int y) {
        return y + top;
    }

    /** The image's column that is shown in a column of the square; perhaps outside of the image. */
    public int column(int x) {
        return (mirrored ? size - 1 - x : x) + left;
    }

    /**
     * What it shows of an image {@code C×H×W}, {@code C×size×size}.
     *
     * @param surroundings the value of each channel outside of the image
     */
    public Tensor of(Tensor image, List<Double> surroundings) {
        Tensor square = Tensor.zeros(image.size(0), size, size);
        for (int c = 0; c < image.size(0); c++) {
            float outside = surroundings.get(c).floatValue();
            for (int y = 0; y < size; y++)
                for (int x = 0; x < size; x++) {
                    boolean inside = row(y) >= 0 && row(y) < image.size(1) && column(x) >= 0 && column(x) < image.size(2);
                    square.data()[(c * size + y) * size + x] =
                            inside ? image.data()[(c * image.size(1) + row(y)) * image.size(2) + column(x)] : outside;
                }
        }
        return square;
    }
}
