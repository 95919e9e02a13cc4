package io.github.palimpsest.segmentation.masks;

import java.util.Arrays;
import java.util.BitSet;

import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.LabelStack;

/**
 * The paper's way to a mask (Wei et al., CVPR 2017): mined pixels get their tag, pixels that are surely background are
 * background. Where two tags mined, or a tag mined what surely is background, and everywhere else nothing is said.
 */
final class PaperMask {

    private PaperMask() {}

    /**
     * One label for every pixel.
     *
     * @param regions mined, one slice per tag of the image, 0 = not mined
     * @param labels of these tags
     * @param surelyBackground row-major
     */
    static byte[] of(LabelStack regions, byte[] labels, BitSet surelyBackground) {
        byte[] mask = new byte[regions.width() * regions.height()];
        Arrays.fill(mask, (byte) LabelImage.UNLABELLED);
        for (int i = 0; i < mask.length; i++) {
            int mined = 0;
            byte label = 0;
            for (int k = 0; k < labels.length; k++)
                if (regions.slices().get(k)[i] != 0) {
                    mined++;
                    label = labels[k];
                }
            if (mined == 0 && surelyBackground.get(i))
                mask[i] = 0;
            else if (mined == 1 && !surelyBackground.get(i))
                mask[i] = label;
        }
        return mask;
    }
}
