package io.github.palimpsest.report;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/** The pictures of one image on its way to a segmentation, reduced to a size for looking at. */
final class MaskPanels {

    private static final int HATCH = 6;

    private final RunFolder run;
    private final String image;
    private final List<Integer> colours;
    private final int width;
    private final int height;
    private final int[] rgb;

    /**
     * @param image its name in the run
     * @param pixels {@code C×H×W}, 1 or 3 channels, 0..255
     * @param colours 0xRRGGBB of the labels, the background's first
     * @param longest side of the pictures at most, in pixels
     */
    MaskPanels(RunFolder run, String image, Tensor pixels, List<Integer> colours, int longest) {
        this.run = run;
        this.image = image;
        this.colours = colours;
        width = Reduction.width(pixels, longest);
        height = Reduction.height(pixels, longest);
        rgb = Reduction.colours(pixels, width, height);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    BufferedImage original() {
        return picture(rgb);
    }

    /** The background cue as heat over the image: dark is surely background; absent where the run has none. */
    Optional<BufferedImage> cue() {
        if (!Files.isRegularFile(run.background(image)))
            return Optional.empty();
        Tensor map = MapStack.read(run.background(image)).maps().slice(0);
        float[] cue = Resize.bilinear(map.reshape(1, map.size(0), map.size(1)), height, width).data();
        int[] shown = new int[rgb.length];
        for (int i = 0; i < shown.length; i++)
            shown[i] = Palette.mix(Palette.heat(cue[i]), .8, Palette.grey(rgb[i]));
        return Optional.of(picture(shown));
    }

    /** The first training mask; absent where the run has none. */
    Optional<BufferedImage> mask() {
        return overlay(run.mask(image));
    }

    /** What a pass, from 0, says of the image; absent where the run does not have it. */
    Optional<BufferedImage> prediction(int pass) {
        return overlay(run.prediction(pass, image));
    }

    /** Labels in their colours over the pale image, unlabelled pixels hatched. */
    private Optional<BufferedImage> overlay(Path file) {
        if (!Files.isRegularFile(file))
            return Optional.empty();
        LabelImage image = LabelImage.read(file);
        int[] labels = Reduction.labels(image.labels(), image.width(), image.height(), width, height);
        int[] shown = new int[rgb.length];
        for (int i = 0; i < shown.length; i++) {
            int pale = Palette.mix(0xFFFFFF, .4, Palette.grey(rgb[i]));
            if (labels[i] == LabelImage.UNLABELLED)
                shown[i] = (i % width + i / width) % HATCH < HATCH / 3 ? 0x555555 : Palette.mix(0xA0A0A0, .5, pale);
            else if (labels[i] == 0)
                shown[i] = pale;
            else
                shown[i] = Palette.mix(colour(labels[i]), isRim(i, labels) ? 1 : .62, pale);
        }
        return Optional.of(picture(shown));
    }

    private int colour(int label) {
        return label < colours.size() ? colours.get(label) : 0x808080;
    }

    private boolean isRim(int i, int[] labels) {
        int x = i % width;
        return x > 0 && labels[i - 1] != labels[i] || x < width - 1 && labels[i + 1] != labels[i]
                || i >= width && labels[i - width] != labels[i]
                || i + width < labels.length && labels[i + width] != labels[i];
    }

    private BufferedImage picture(int[] pixels) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, width, height, pixels, 0, width);
        return picture;
    }
}
