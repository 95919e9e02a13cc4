package io.github.palimpsest.erasing;

import java.util.BitSet;

/** The exact squared Euclidean distance transform in linear time (Felzenszwalb & Huttenlocher 2012). */
final class SquaredDistance {

    private SquaredDistance() {}

    /** For every pixel the squared distance, in pixels, to the nearest pixel of the region; infinite if it is empty. */
    static double[] to(BitSet region, int width, int height) {
        double[] distance = new double[width * height];
        for (int i = 0; i < distance.length; i++)
            distance[i] = region.get(i) ? 0 : Double.POSITIVE_INFINITY;
        LowerEnvelope envelope = new LowerEnvelope(Math.max(width, height));
        for (int x = 0; x < width; x++)
            envelope.transform(distance, x, width, height);
        for (int y = 0; y < height; y++)
            envelope.transform(distance, y * width, 1, width);
        return distance;
    }

    /** The lower envelope of the parabolas that stand on the finite values of one line. */
    private static final class LowerEnvelope {

        private final double[] line;
        private final int[] vertex;
        private final double[] start;

        LowerEnvelope(int longest) {
            line = new double[longest];
            vertex = new int[longest];
            start = new double[longest + 1];
        }

        void transform(double[] values, int from, int step, int n) {
            for (int i = 0; i < n; i++)
                line[i] = values[from + i * step];
            int parabolas = 0;
            for (int q = 0; q < n; q++) {
                if (line[q] == Double.POSITIVE_INFINITY)
                    continue;
                double begin = Double.NEGATIVE_INFINITY;
                while (parabolas > 0) {
                    begin = crossing(vertex[parabolas - 1], q);
                    if (begin > start[parabolas - 1])
                        break;
                    parabolas--;
                    begin = Double.NEGATIVE_INFINITY;
                }
                vertex[parabolas] = q;
                start[parabolas++] = begin;
            }
            if (parabolas == 0)
                return;
            start[parabolas] = Double.POSITIVE_INFINITY;
            for (int i = 0, k = 0; i < n; i++) {
                while (start[k + 1] < i)
                    k++;
                double d = i - vertex[k];
                values[from + i * step] = d * d + line[vertex[k]];
            }
        }

        /** Where the parabola at {@code q} goes below that at {@code p < q}. */
        private double crossing(int p, int q) {
            return (line[q] + (double) q * q - line[p] - (double) p * p) / (2.0 * (q - p));
        }
    }
}
