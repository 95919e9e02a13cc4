package io.github.palimpsest.report;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/** The pictures of one image in a run, reduced to a size for looking at: as it was, where a round looks, what it erased. */
final class Panels {

    private static final int GREY = 0x808080;

    private final RunFolder run;
    private final String image;
    private final int mean;
    private final int width;
    private final int height;
    private final int[] rgb;
    private final int[] erasedBy;

    /**
     * @param pixels the image, {@code C×H×W} with 1 or 3 channels, 0..255
     * @param mean colour of the training images, RGB 0..255, that erased pixels get
     * @param longest side of the pictures at most, in pixels
     */
    Panels(RunFolder run, String image, Tensor pixels, List<Double> mean, int longest) {
        this.run = run;
        this.image = image;
        this.mean = colour(mean);
        this.width = Reduction.width(pixels, longest);
        this.height = Reduction.height(pixels, longest);
        this.rgb = Reduction.colours(pixels, width, height);
        this.erasedBy = Files.isRegularFile(run.erased(image))
                ? Reduction.labels(LabelStack.read(run.erased(image)), 0, width, height)
                : new int[rgb.length];
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

    /** A round's map of a tag as heat, over the image as that round saw it; absent where the run has no such map. */
    Optional<BufferedImage> attention(int round, String tag) {
        if (!Files.isRegularFile(run.cam(round, image)))
            return Optional.empty();
        MapStack stack = MapStack.read(run.cam(round, image));
        int slice = stack.labels().indexOf(tag);
        if (slice < 0)
            return Optional.empty();
        Tensor map = stack.maps().slice(slice);
        Tensor resized = Resize.bilinear(map.reshape(1, map.size(0), map.size(1)), height, width);
        float highest = 0;
        for (float value : resized.data())
            highest = Math.max(highest, value);
        int[] shown = withoutUpTo(round - 1);
        for (int i = 0; i < shown.length; i++) {
            double heat = highest > 0 ? resized.data()[i] / highest : 0;
            shown[i] = Palette.mix(Palette.heat(heat), .55 + .33 * heat, Palette.grey(shown[i]));
        }
        return Optional.of(picture(shown));
    }

    /** The image as a round leaves it to the next, with a line in the round's colour around what it erased itself. */
    BufferedImage erased(int round) {
        int[] shown = withoutUpTo(round);
        for (int i = 0; i < shown.length; i++)
            if (erasedBy[i] == round && touches(i, erasedBy, round))
                shown[i] = Palette.round(round);
        return picture(shown);
    }

    /** What has been mined for a tag, in the colours of the rounds; absent where the run has no such regions. */
    Optional<BufferedImage> mined(String tag) {
        if (!Files.isRegularFile(run.regions(image)))
            return Optional.empty();
        LabelStack stack = LabelStack.read(run.regions(image));
        int slice = stack.labels().indexOf(tag);
        if (slice < 0)
            return Optional.empty();
        int[] round = Reduction.labels(stack, slice, width, height);
        int[] shown = new int[rgb.length];
        for (int i = 0; i < shown.length; i++) {
            int faint = Palette.mix(0xFFFFFF, .4, Palette.grey(rgb[i]));
            boolean rim = round[i] > 0 && touches(i, round, round[i]);
            shown[i] = round[i] == 0 ? faint : Palette.mix(Palette.round(round[i]), rim ? 1 : .62, faint);
        }
        return Optional.of(picture(shown));
    }

    private int[] withoutUpTo(int round) {
        int[] shown = rgb.clone();
        for (int i = 0; i < shown.length; i++)
            if (erasedBy[i] > 0 && erasedBy[i] <= round)
                shown[i] = mean;
        return shown;
    }

    /** Whether a pixel has a neighbour that no round up to this one has taken. */
    private boolean touches(int i, int[] rounds, int round) {
        int x = i % width;
        return x > 0 && isOutside(rounds[i - 1], round) || x < width - 1 && isOutside(rounds[i + 1], round)
                || i >= width && isOutside(rounds[i - width], round)
                || i + width < rounds.length && isOutside(rounds[i + width], round);
    }

    private static boolean isOutside(int neighbour, int round) {
        return neighbour == 0 || neighbour > round;
    }

    private BufferedImage picture(int[] pixels) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, width, height, pixels, 0, width);
        return picture;
    }

    /** The colour of erased pixels as 0xRRGGBB; mid grey where a run has none. */
    private static int colour(List<Double> mean) {
        if (mean.size() != 3)
            return GREY;
        int colour = 0;
        for (double value : mean)
            colour = colour << 8 | (int) Math.max(0, Math.min(255, StrictMath.round(value)));
        return colour;
    }
}
