package io.github.palimpsest.segmentation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.store.LabelImage;

/** How much a network contradicts the masks that it learnt from, where both say something. */
final class Change {

    private final List<String> tags;
    private final long[] labelled;
    private final long[] changed;

    Change(List<String> tags) {
        this.tags = tags;
        this.labelled = new long[tags.size() + 1];
        this.changed = new long[tags.size() + 1];
    }

    void add(LabelImage mask, LabelImage prediction) {
        for (int i = 0; i < mask.labels().length; i++) {
            int was = mask.labels()[i] & 0xff;
            int is = prediction.labels()[i] & 0xff;
            if (was == LabelImage.UNLABELLED || is == LabelImage.UNLABELLED)
                continue;
            labelled[was]++;
            if (was != is)
                changed[was]++;
        }
    }

    /** Of all pixels, 0..1. */
    double share() {
        long all = 0;
        long other = 0;
        for (int label = 0; label < labelled.length; label++) {
            all += labelled[label];
            other += changed[label];
        }
        return all == 0 ? 0 : (double) other / all;
    }

    /** Of the pixels that the masks give to the background and to each tag, 0..1; those with no pixels are left out. */
    Map<String, Double> byTag() {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int label = 0; label < labelled.length; label++)
            if (labelled[label] > 0)
                shares.put(label == 0 ? "background" : tags.get(label - 1), (double) changed[label] / labelled[label]);
        return shares;
    }
}
