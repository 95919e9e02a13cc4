package io.github.palimpsest.segmentation;

import io.github.palimpsest.tensor.Tensor;

/**
 * Tells an image's tags from its pooled features by one linear function for each tag.
 *
 * @param kernel {@code T×C×1×1}, as a 1×1 convolution takes it
 * @param bias {@code T}
 */
public record TagHead(Tensor kernel, Tensor bias) {

    /**
     * The logit of every tag.
     *
     * @param pooled the mean over an image's cells, of C channels
     */
    public float[] logits(float[] pooled) {
        float[] logits = new float[bias.length()];
        for (int t = 0; t < logits.length; t++) {
            double z = bias.data()[t];
            for (int c = 0; c < pooled.length; c++)
                z += (double) kernel.data()[t * pooled.length + c] * pooled[c];
            logits[t] = (float) z;
        }
        return logits;
    }
}
