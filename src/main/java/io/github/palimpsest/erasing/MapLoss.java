package io.github.palimpsest.erasing;

import java.util.List;

import io.github.palimpsest.tensor.Tensor;

/**
 * The classification loss of a batch of score maps, for training a whole network: for each image the sum over tags of the pooled
 * score's loss, plus {@code denseNegatives} times the sum over absent tags of the mean over cells of the cell's loss.
 *
 * @param value summed over the images
 * @param gradient of the value at the maps, {@code N×T×h×w}
 */
record MapLoss(double value, Tensor gradient) {

    /**
     * @param maps scores before any ReLU, {@code N×T×h×w}
     * @param tags the tags of each image
     * @param denseNegatives weight of the dense negatives, 0 = none
     */
    static MapLoss of(Tensor maps, List<List<Integer>> tags, TagLoss loss, double denseNegatives) {
        int n = maps.size(0);
        int t = maps.size(1);
        int cells = maps.size(2) * maps.size(3);
        float[] z = maps.data();
        float[] gradient = new float[z.length];
        double value = 0;
        for (int image = 0; image < n; image++) {
            for (int tag = 0; tag < t; tag++) {
                int from = (image * t + tag) * cells;
                boolean tagged = tags.get(image).contains(tag);
                double pooled = ScoreMaps.mean(z, from, cells);
                value += loss.pooled(pooled, tagged);
                double slope = loss.pooledSlope(pooled, tagged) / cells;
                boolean dense = !tagged && denseNegatives > 0;
                for (int i = from; i < from + cells; i++) {
                    double g = slope;
                    if (dense) {
                        value += denseNegatives * loss.negativeCell(z[i]) / cells;
                        g += denseNegatives * loss.negativeCellSlope(z[i]) / cells;
                    }
                    gradient[i] = (float) g;
                }
            }
        }
        return new MapLoss(value, Tensor.of(gradient, maps.shape()));
    }
}
