package io.github.palimpsest.segmentation.masks;

import java.util.Locale;

import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * A tag within another one, such as face within body ({@link io.github.palimpsest.dataset.TagCompany#isWithin}), and what tells
 * the two apart.
 *
 * @param part its number among the run's tags
 * @param whole the number of the tag that the part's images have too
 * @param groups of features, the second one the part's; null where features do not tell the two apart
 * @param withPart share of the second group among the cells of images that have both tags, 0..1
 * @param withoutPart the same of images that have the whole alone
 */
record PartOfWhole(int part, int whole, TwoMeans groups, double withPart, double withoutPart) {

    /** From this value of a map of which the maximum is 1, a cell is of its core. */
    static final float CORE = .5f;

    boolean isTold() {
        return groups != null;
    }

    /**
     * Parts two maps: what either shows goes to the one that the features speak for. Without them, the core of the part's map is
     * its own, and what is around it the whole's: right more often than not, and a network that is trained on it learns what is
     * more often right.
     *
     * @param features {@code C×h×w}; not asked for unless they tell
     * @param maps {@code T×h×w}, 0..1; changed in place
     * @param partMap where the part's map is among them
     * @param wholeMap where the whole's map is
     */
    void part(Tensor features, Tensor maps, int partMap, int wholeMap) {
        int cells = maps.size(1) * maps.size(2);
        float[] beyond = isTold() ? beyond(features, maps.size(1), maps.size(2)) : null;
        for (int i = 0; i < cells; i++) {
            int ofPart = partMap * cells + i;
            int ofWhole = wholeMap * cells + i;
            boolean isPart = beyond == null ? maps.data()[ofPart] >= CORE : beyond[i] > 0;
            float both = Math.max(maps.data()[ofPart], maps.data()[ofWhole]);
            maps.data()[ofPart] = isPart ? both : 0;
            maps.data()[ofWhole] = isPart ? 0 : both;
        }
    }

    /**
     * Parts what was mined: a pixel that either tag has goes to the one that the features speak for. Without them, both keep it.
     *
     * @param features {@code C×h×w}
     * @param regions of the image; changed in place
     * @param partSlice where the part's slice is among them
     * @param wholeSlice where the whole's slice is
     */
    void part(Tensor features, LabelStack regions, int partSlice, int wholeSlice) {
        if (!isTold())
            return;
        byte[] ofPart = regions.slices().get(partSlice);
        byte[] ofWhole = regions.slices().get(wholeSlice);
        float[] beyond = beyond(features, regions.height(), regions.width());
        for (int i = 0; i < beyond.length; i++) {
            byte round = earlier(ofPart[i], ofWhole[i]);
            ofPart[i] = beyond[i] > 0 ? round : 0;
            ofWhole[i] = beyond[i] > 0 ? 0 : round;
        }
    }

    /** The earlier of two rounds, of which 0 is none. */
    private static byte earlier(byte a, byte b) {
        if (a == 0 || b == 0)
            return (byte) (a | b);
        return (a & 0xff) < (b & 0xff) ? a : b;
    }

    private float[] beyond(Tensor features, int rows, int columns) {
        int cells = features.size(1) * features.size(2);
        Tensor beyond = Tensor.zeros(1, features.size(1), features.size(2));
        for (int i = 0; i < cells; i++)
            beyond.data()[i] = (float) groups.beyond(features.data(), i, cells);
        return Resize.bilinear(beyond, rows, columns).data();
    }

    /** What was found, for the user. */
    String sentence(String partName, String wholeName) {
        String why = "All images of " + partName + " show " + wholeName + " too, so their maps show the same; ";
        if (!isTold())
            return why + "features do not tell the two apart, so the core of " + partName + "'s maps is taken for it and the rest for "
                    + wholeName + ".";
        return String.format(Locale.ROOT, "%stheir features fall into two groups, of which one has %.0f %% of the cells where both are, "
                + "but %.0f %% where only %s is: that is taken for %s.", why, 100 * withPart, 100 * withoutPart, wholeName, partName);
    }
}
