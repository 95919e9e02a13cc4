package io.github.palimpsest.tensor;

import java.util.Arrays;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Numbers with a shape: a {@code float[]} in row-major order (the last dimension is contiguous). Images are {@code C×H×W} and
 * batches of them {@code N×C×H×W} throughout the project. The data are shared, never copied, by {@link #data}, {@link #reshape}
 * and {@link #asImage}.
 */
public final class Tensor {

    private final float[] data;
    private final int[] shape;

    private Tensor(float[] data, int[] shape) {
        if (data.length != elements(shape))
            throw new IllegalArgumentException(data.length + " values do not fill the shape " + Arrays.toString(shape));
        this.data = data;
        this.shape = shape;
    }

    /** A tensor of zeros. */
    public static Tensor zeros(int... shape) {
        return new Tensor(new float[elements(shape)], shape.clone());
    }

    /**
     * A tensor over these very values.
     *
     * @throws IllegalArgumentException if they do not fill the shape
     */
    public static Tensor of(float[] data, int... shape) {
        return new Tensor(data, shape.clone());
    }

    /**
     * The number of elements of a shape.
     *
     * @throws IllegalArgumentException for a negative size, or more elements than an array can hold
     */
    public static int elements(int... shape) {
        long n = 1;
        for (int size : shape) {
            if (size < 0)
                throw new IllegalArgumentException("negative size in " + Arrays.toString(shape));
            n *= size;
            if (n > Integer.MAX_VALUE - 8)
                throw new IllegalArgumentException("too many elements in " + Arrays.toString(shape));
        }
        return (int) n;
    }

    /** The values themselves, row-major; writing to them changes the tensor. */
    public float[] data() {
        return data;
    }

    /** A copy of the shape. */
    public int[] shape() {
        return shape.clone();
    }

    /** The number of dimensions. */
    public int rank() {
        return shape.length;
    }

    /** The size of a dimension; negative dimensions count from the last, so {@code size(-1)} is the width of an image. */
    public int size(int dimension) {
        return shape[dimension < 0 ? shape.length + dimension : dimension];
    }

    /** The number of elements. */
    public int length() {
        return data.length;
    }

    /** Whether the shape is this one. */
    public boolean hasShape(int... expected) {
        return Arrays.equals(shape, expected);
    }

    /** The same values under another shape of as many elements. */
    public Tensor reshape(int... newShape) {
        return new Tensor(data, newShape.clone());
    }

    /** An independent copy. */
    public Tensor copy() {
        return new Tensor(data.clone(), shape);
    }

    /** A copy of one slice along the first dimension: the image {@code index} of a batch, or a channel of an image. */
    public Tensor slice(int index) {
        int[] rest = Arrays.copyOfRange(shape, 1, shape.length);
        int n = elements(rest);
        return new Tensor(Arrays.copyOfRange(data, index * n, (index + 1) * n), rest);
    }

    /** A view as an ImgLib2 image of the same memory; dimensions in ImgLib2's order, so {@code C×H×W} becomes X, Y, C. */
    public Img<FloatType> asImage() {
        long[] dimensions = new long[shape.length];
        for (int d = 0; d < shape.length; d++)
            dimensions[d] = shape[shape.length - 1 - d];
        return ArrayImgs.floats(data, dimensions);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that && Arrays.equals(shape, that.shape) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
