package io.github.palimpsest.engine.dl4j;

import java.util.stream.IntStream;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Own loops over native arrays: planes of one image and channel are copied to Java, computed, and copied back, all within the
 * processor's cache. That is several times faster than those of ND4J's operations that are not vectorised. CPU only.
 */
final class Planes {

    /** Computes one plane. {@code out}, if there is an output, starts with any values and is written back. */
    interface Loop {
        void compute(int channel, float[] first, float[] second, float[] out);
    }

    private final int threads;

    Planes(int threads) {
        this.threads = threads;
    }

    /**
     * Visits all planes: those of one channel in the images' order and by one thread, different channels by several. So whatever
     * a loop gathers for its channel needs no lock and is the same on every run.
     *
     * @param first N×C×H×W
     * @param second N×C and any size, or null
     * @param out N×C and any size, row-major, or null; it may be {@code first} or {@code second}
     */
    void forEach(INDArray first, INDArray second, INDArray out, Loop loop) {
        INDArray a = plain(first);
        INDArray b = second == null ? null : plain(second);
        int channels = (int) first.size(1);
        int parts = Math.min(threads, channels);
        if (parts == 1)
            visit(a, b, out, 0, channels, loop);
        else
            IntStream.range(0, parts).parallel().forEach(
                    part -> visit(a, b, out, channels * part / parts, channels * (part + 1) / parts, loop));
    }

    private static void visit(INDArray first, INDArray second, INDArray out, int from, int to, Loop loop) {
        float[] a = buffer(first);
        float[] b = buffer(second);
        float[] c = buffer(out);
        try (FloatPointer atA = Native.pointer(first); FloatPointer atB = pointer(second); FloatPointer atC = pointer(out)) {
            for (long n = 0; n < first.size(0); n++)
                for (int channel = from; channel < to; channel++) {
                    long plane = n * first.size(1) + channel;
                    atA.position(plane * a.length).get(a);
                    if (b != null)
                        atB.position(plane * b.length).get(b);
                    loop.compute(channel, a, b, c);
                    if (c != null)
                        atC.position(plane * c.length).put(c);
                }
        }
    }

    /**
     * As {@link #forEach} with one array in and one out, wherever they lie: all values come to Java at once, and go
     * back. For what a graphics card has no operation for.
     */
    static void throughJava(INDArray in, INDArray out, Loop loop) {
        float[] from = Native.read(in);
        float[] to = new float[Math.toIntExact(out.length())];
        float[] a = buffer(in);
        float[] c = buffer(out);
        for (int plane = 0; plane < in.size(0) * in.size(1); plane++) {
            System.arraycopy(from, plane * a.length, a, 0, a.length);
            loop.compute((int) (plane % in.size(1)), a, null, c);
            System.arraycopy(c, 0, to, plane * c.length, c.length);
        }
        Native.write(to, out);
    }

    private static float[] buffer(INDArray array) {
        return array == null ? null : new float[Math.toIntExact(array.size(2) * array.size(3))];
    }

    private static FloatPointer pointer(INDArray array) {
        return array == null ? null : Native.pointer(array);
    }

    /** The array itself, or a row-major copy in the current workspace. */
    private static INDArray plain(INDArray array) {
        return Native.isPlain(array) ? array : array.dup('c');
    }
}
