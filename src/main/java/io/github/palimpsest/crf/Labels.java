package io.github.palimpsest.crf;

import io.github.palimpsest.tensor.Tensor;

/** What marginals decide. */
public final class Labels {

    private Labels() {}

    /**
     * The most likely label of each pixel; the first of equals.
     *
     * @param marginals {@code L×H×W}, at most 256 labels
     * @return row-major, unsigned
     */
    public static byte[] argmax(Tensor marginals) {
        int labels = marginals.size(0);
        int pixels = marginals.size(1) * marginals.size(2);
        if (labels > 256)
            throw new IllegalArgumentException(labels + " labels do not fit into bytes");
        float[] values = marginals.data();
        byte[] result = new byte[pixels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            int best = pixel;
            for (int i = pixel; i < values.length; i += pixels)
                if (values[i] > values[best])
                    best = i;
            result[pixel] = (byte) (best / pixels);
        }
        return result;
    }
}
