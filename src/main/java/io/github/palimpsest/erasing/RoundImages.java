package io.github.palimpsest.erasing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.tensor.Tensor;

/**
 * The images as one round sees them: what earlier rounds erased has the mean colour of the training set.
 *
 * @param mean red, green and blue, 0..255
 * @param round from 1
 */
record RoundImages(RunFolder run, List<Double> mean, int round) {

    /** The image, {@code 3×H×W}, RGB 0..255. */
    Tensor read(TaggedImage image) {
        Tensor rgb = ImageReader.read(image.file());
        Path erased = run.erased(image.name());
        if (round > 1 && Files.exists(erased))
            fill(rgb, LabelStack.read(erased).slices().get(0));
        return rgb;
    }

    private void fill(Tensor rgb, byte[] erased) {
        for (int i = 0; i < erased.length; i++) {
            int by = erased[i] & 0xff;
            if (by > 0 && by < round)
                for (int c = 0; c < 3; c++)
                    rgb.data()[c * erased.length + i] = mean.get(c).floatValue();
        }
    }
}
