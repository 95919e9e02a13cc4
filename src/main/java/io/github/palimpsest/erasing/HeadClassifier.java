package io.github.palimpsest.erasing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.tensor.Tensor;

/**
 * A linear head on a frozen trunk's features: a 1×1 convolution to one map per tag.
 *
 * @param kernel {@code T×C}
 * @param bias {@code T}
 */
record HeadClassifier(Tensor kernel, Tensor bias) {

    /** Under these names it is a layer {@code cam} of a network. */
    static final String KERNEL = "cam/kernel";
    static final String BIAS = "cam/bias";

    Map<String, Tensor> weights() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put(KERNEL, kernel.reshape(kernel.size(0), kernel.size(1), 1, 1));
        weights.put(BIAS, bias);
        return weights;
    }

    static HeadClassifier of(Map<String, Tensor> weights) {
        Tensor kernel = weights.get(KERNEL);
        return new HeadClassifier(kernel.reshape(kernel.size(0), kernel.size(1)), weights.get(BIAS));
    }

    /**
     * The maps of some tags, {@code tags×h×w}, from features {@code C×h×w}: what each cell adds to the tag's score. The bias is
     * left out, as in Zhou et al. 2016: it says how rare a tag is, not where it is, and would eat the flanks of the map.
     */
    Tensor maps(Tensor features, List<Integer> tags) {
        int channels = features.size(0);
        int cells = features.size(1) * features.size(2);
        Tensor maps = Tensor.zeros(tags.size(), features.size(1), features.size(2));
        float[] sums = new float[cells];
        for (int k = 0; k < tags.size(); k++) {
            int tag = tags.get(k);
            Arrays.fill(sums, 0);
            for (int c = 0; c < channels; c++) {
                float weight = kernel.data()[tag * channels + c];
                int from = c * cells;
                for (int u = 0; u < cells; u++)
                    sums[u] += weight * features.data()[from + u];
            }
            System.arraycopy(sums, 0, maps.data(), k * cells, cells);
        }
        return maps;
    }
}
