package io.github.palimpsest.engine.dl4j;

import java.util.Arrays;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

import io.github.palimpsest.tensor.Tensor;

/** The border between Java's memory and ND4J's. */
final class Native {

    private Native() {}

    /** A native copy, which the caller closes. */
    static INDArray of(Tensor tensor) {
        int[] shape = tensor.shape();
        return Nd4j.create(tensor.data(), Arrays.stream(shape).asLongStream().toArray(), 'c');
    }

    /** A Java copy. */
    static Tensor tensor(INDArray array) {
        return Tensor.of(read(array), Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray());
    }

    /** The values, row-major. */
    static float[] read(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        if (isPlain(array))
            pointer(array).get(values);
        else if (Backend.isGpu()) {
            try (Closing copy = new Closing(array.dup('c'))) {
                System.arraycopy(copy.array().data().asFloat(), 0, values, 0, values.length);
            }
        } else
            try (Closing copy = new Closing(array.dup('c'))) {
                pointer(copy.array()).get(values);
            }
        return values;
    }

    /** Sets the values, row-major. */
    static void write(float[] values, INDArray array) {
        if (values.length != array.length())
            throw new IllegalArgumentException(values.length + " values for an array of " + array.length());
        if (isPlain(array))
            pointer(array).put(values);
        else
            try (Closing copy = new Closing(Nd4j.create(values, array.shape(), 'c'))) {
                array.assign(copy.array());
            }
    }

    /** Whether the array's values lie in row-major order in memory that Java can reach. */
    static boolean isPlain(INDArray array) {
        return !Backend.isGpu() && array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array);
    }

    /** The first value of a plain array. */
    static FloatPointer pointer(INDArray array) {
        return new FloatPointer(array.data().addressPointer()).capacity(array.length());
    }

    /** Frees the memory of an array that is in no workspace. */
    static void close(INDArray array) {
        if (array != null && !array.wasClosed() && array.closeable())
            array.close();
    }

    private record Closing(INDArray array) implements AutoCloseable {
        @Override
        public void close() {
            Native.close(array);
        }
    }
}
