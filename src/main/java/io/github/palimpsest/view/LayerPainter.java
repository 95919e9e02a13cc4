package io.github.palimpsest.view;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;

import io.github.palimpsest.report.Palette;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.UserException;

/** The layers of an image laid over each other, in the image's own pixels. */
final class LayerPainter {

    private static final int PAPER = 0xFDFCF9;
    private static final int HATCH = 6;

    private final RunLayers layers;
    private final ImageRecord image;
    private final int[] shown;

    private LayerPainter(RunLayers layers, ImageRecord image) {
        this.layers = layers;
        this.image = image;
        shown = new int[image.width() * image.height()];
        Arrays.fill(shown, PAPER);
    }

    /**
     * Paints.
     *
     * @param tag whose layers are shown; null for an image without tags
     * @param round whose layers are shown; 0 if there is none yet
     * @param style which layers, and how strongly
     * @param preview what would be mined, or null; it is tinted in the round's colour
     * @param tint how strongly, 0..1
     * @param problems gets a sentence for each layer that could not be painted
     */
    static BufferedImage paint(RunLayers layers, String name, String tag, int round, LayerStyle style, MiningPreview preview,
            double tint, Consumer<String> problems) {
        ImageRecord image = layers.image(name);
        LayerPainter painter = new LayerPainter(layers, image);
        for (Layer layer : Layer.values())
            if (style.opacity(layer) > 0 && layers.has(layer, name) && (tag != null || !layer.isOfATag()))
                try {
                    painter.add(layer, tag, round, style.opacity(layer));
                } catch (UserException e) {
                    problems.accept(e.getMessage());
                }
        if (preview != null && tint > 0)
            painter.tint(preview.mined(), preview.erased(), Palette.round(round), tint);
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, image.width(), image.height(), painter.shown, 0, image.width());
        return picture;
    }

    private void add(Layer layer, String tag, int round, double opacity) {
        String name = image.name();
        switch (layer) {
            case ORIGINAL -> colours(layers.colours(name), opacity);
            case ERASED -> colours(layers.erasedColours(name, round), opacity);
            case BACKGROUND -> heat(layers.backgroundValues(name), opacity);
            case CAM -> heat(layers.camValues(name, tag, round), opacity);
            case ACCUMULATED -> heat(layers.accumulatedValues(name, tag, round), opacity);
            case REGIONS -> rounds(layers.regionValues(name, tag), opacity);
            case MASK, PREDICTION, TRUTH -> labels(layers.labelValues(layer, name), opacity);
        }
    }

    private void colours(int[] colours, double opacity) {
        for (int i = 0; i < shown.length; i++)
            shown[i] = Palette.mix(colours[i], opacity, shown[i]);
    }

    /** The image stays visible where there is little heat. */
    private void heat(float[] map, double opacity) {
        float max = 0;
        for (float value : map)
            max = Math.max(max, value);
        for (int i = 0; i < shown.length; i++) {
            double heat = max > 0 ? Math.max(0, map[i]) / max : 0;
            shown[i] = Palette.mix(Palette.heat(heat), opacity * (.15 + .85 * Math.min(1, 2 * heat)), shown[i]);
        }
    }

    private void rounds(byte[] rounds, double opacity) {
        for (int i = 0; i < shown.length; i++)
            if (rounds[i] != 0)
                shown[i] = Palette.mix(Palette.round(rounds[i] & 255), opacity, shown[i]);
    }

    private void labels(byte[] labels, double opacity) {
        int[] colours = LayerColours.labels(layers.record().tags().size());
        for (int i = 0; i < shown.length; i++) {
            int label = labels[i] & 255;
            if (label == LabelImage.UNLABELLED)
                hatch(i, LayerColours.UNLABELLED, opacity);
            else if (label != 0)
                shown[i] = Palette.mix(colours[label], opacity, shown[i]);
        }
    }

    /** What is mined for the tag is tinted, what is erased for other tags of the image hatched. */
    private void tint(BitSet mined, BitSet erased, int colour, double tint) {
        for (int i = 0; i < shown.length; i++)
            if (mined.get(i))
                shown[i] = Palette.mix(colour, tint, shown[i]);
            else if (erased.get(i))
                hatch(i, colour, tint);
    }

    private void hatch(int i, int colour, double opacity) {
        boolean stroke = (i % image.width() + i / image.width()) % HATCH < HATCH / 3;
        shown[i] = Palette.mix(colour, stroke ? opacity : opacity / 4, shown[i]);
    }
}
