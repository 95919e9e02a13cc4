package io.github.palimpsest.view;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

import io.github.palimpsest.report.Palette;
import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Calibration;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.UserException;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.plugin.filter.ThresholdToSelection;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;

/**
 * The layers of one image as a hyperstack of ImageJ 1.x: a channel per layer, a slice per tag, a frame per round. The values
 * are the layers' own, so that they can be measured; slices are labelled with what they are. On the first channel, the image
 * in grey as the round saw it, lies an overlay: the round's activation map as heat, and the outline of what it mined. Needs
 * no screen.
 */
public final class RoundsHyperstack {

    /** Weaker heat than this part of the most would veil the image and say nothing. */
    private static final double FAINT = .15;

    private final RunLayers layers;
    private final ImageRecord image;
    private final List<String> tags;
    private final List<Shown> channels = new ArrayList<>();

    /** A layer with its way to its values and its colours. */
    private record Shown(String title, List<String> tags, BiFunction<String, Integer, float[]> source, LUT table)
            implements LayerStack.Channel {

        @Override
        public String label(int tag, int round) {
            return title + (tags.isEmpty() ? "" : ", " + tags.get(tag)) + ", round " + (round + 1);
        }

        @Override
        public float[] values(int tag, int round) {
            return source.apply(tags.isEmpty() ? null : tags.get(tag), round + 1);
        }
    }

    private RoundsHyperstack(RunLayers layers, String name) {
        this.layers = layers;
        this.image = layers.image(name);
        this.tags = image.tags();
        int[] labels = LayerColours.labels(layers.record().tags().size());
        add("Image before the round", (tag, round) -> grey(layers.erasedColours(name, round - 1)), LayerColours.grey(), 255);
        if (layers.has(Layer.CAM, name)) {
            add(Layer.CAM.title(), (tag, round) -> layers.camValues(name, tag, round).clone(), LayerColours.heat(), highest());
            add(Layer.ACCUMULATED.title(), (tag, round) -> layers.accumulatedValues(name, tag, round).clone(),
                    LayerColours.heat(), 1);
            add(Layer.REGIONS.title(), (tag, round) -> upTo(round, layers.regionValues(name, tag)), LayerColours.rounds(), 255);
        }
        add("Erased by round", (tag, round) -> upTo(round, layers.erasedValues(name)), LayerColours.rounds(), 255);
        if (layers.has(Layer.BACKGROUND, name))
            add(Layer.BACKGROUND.title(), (tag, round) -> layers.backgroundValues(name).clone(), LayerColours.heat(), 1);
        for (Layer layer : List.of(Layer.MASK, Layer.PREDICTION, Layer.TRUTH))
            if (layers.has(layer, name))
                add(layer.title(), (tag, round) -> upTo(255, layers.labelValues(layer, name)), labels, 255);
    }

    private void add(String title, BiFunction<String, Integer, float[]> source, int[] colours, double highest) {
        channels.add(new Shown(title, tags, source, LayerColours.table(colours, 0, highest)));
    }

    /**
     * Makes the hyperstack of an image. The pixels stay on disk until they are looked at; all are read once here, so that a
     * damaged file is told now.
     *
     * @param opacity of the heat, 0..1; 0 leaves the overlay out
     * @throws UserException if the run has no such image or no finished round, or a file is missing or damaged
     */
    public static ImagePlus of(RunLayers layers, String image, double opacity) {
        layers.image(image);
        if (layers.rounds() == 0)
            throw new UserException("The run in " + layers.run().root() + " has finished no round yet: wait for the first.");
        return new RoundsHyperstack(layers, image).build(opacity);
    }

    /** What the hyperstack of an image is called, which may be open itself. */
    static String title(String image) {
        return image.replaceFirst("(?<=.)[.]\\w{1,4}$", "") + "-rounds";
    }

    private ImagePlus build(double opacity) {
        int slices = Math.max(1, tags.size());
        int frames = layers.rounds();
        for (Shown channel : channels)
            for (int tag = 0; tag < slices; tag++)
                for (int round = 0; round < frames; round++)
                    channel.values(tag, round);
        LayerStack stack = new LayerStack(image.width(), image.height(), channels, slices, frames);
        ImagePlus plain = new ImagePlus(title(image.name()), stack);
        plain.setDimensions(channels.size(), slices, frames);
        calibrate(plain, layers.calibration(image.name()));
        CompositeImage hyperstack = new CompositeImage(plain, CompositeImage.COLOR);
        hyperstack.setLuts(channels.stream().map(Shown::table).toArray(LUT[]::new));
        hyperstack.setOpenAsHyperStack(true);
        if (opacity > 0 && layers.has(Layer.CAM, image.name()))
            hyperstack.setOverlay(overlay(opacity));
        return hyperstack;
    }

    private Overlay overlay(double opacity) {
        Overlay overlay = new Overlay();
        for (int round = 1; round <= layers.rounds(); round++)
            for (int tag = 0; tag < tags.size(); tag++) {
                ImageRoi heat = new ImageRoi(0, 0, heat(layers.camValues(image.name(), tags.get(tag), round)));
                heat.setZeroTransparent(true);
                heat.setOpacity(opacity);
                place(overlay, heat, tag, round);
                Roi outline = outline(layers.regionValues(image.name(), tags.get(tag)), round);
                if (outline != null) {
                    outline.setStrokeColor(new Color(Palette.round(round)));
                    outline.setStroke(new BasicStroke(1.5f));
                    place(overlay, outline, tag, round);
                }
            }
        return overlay;
    }

    private static void place(Overlay overlay, Roi roi, int tag, int round) {
        roi.setPosition(1, tag + 1, round);
        overlay.add(roi);
    }

    private ImageProcessor heat(float[] map) {
        float max = 0;
        for (float value : map)
            max = Math.max(max, value);
        int[] colours = new int[map.length];
        for (int i = 0; i < map.length; i++)
            if (max > 0 && map[i] > FAINT * max)
                colours[i] = 0xFF000000 | Palette.heat(map[i] / max);
        return new ColorProcessor(image.width(), image.height(), colours);
    }

    /** What a round mined as a selection; null if it mined nothing. */
    private Roi outline(byte[] regions, int round) {
        ByteProcessor mined = new ByteProcessor(image.width(), image.height());
        for (int i = 0; i < regions.length; i++)
            mined.set(i, (regions[i] & 255) == round ? 255 : 0);
        mined.setThreshold(255, 255, ImageProcessor.NO_LUT_UPDATE);
        return new ThresholdToSelection().convert(mined);
    }

    private double highest() {
        float highest = 0;
        for (int round = 1; round <= layers.rounds(); round++)
            for (String tag : tags)
                for (float value : layers.camValues(image.name(), tag, round))
                    highest = Math.max(highest, value);
        return highest > 0 ? highest : 1;
    }

    private static float[] grey(int[] colours) {
        float[] grey = new float[colours.length];
        for (int i = 0; i < grey.length; i++)
            grey[i] = Palette.grey(colours[i]) & 255;
        return grey;
    }

    private static float[] upTo(int round, byte[] values) {
        float[] shown = new float[values.length];
        for (int i = 0; i < shown.length; i++)
            shown[i] = (values[i] & 255) <= round ? values[i] & 255 : 0;
        return shown;
    }

    private static void calibrate(ImagePlus image, Calibration calibration) {
        if (!calibration.isCalibrated())
            return;
        image.getCalibration().pixelWidth = calibration.pixelWidth();
        image.getCalibration().pixelHeight = calibration.pixelHeight();
        image.getCalibration().setUnit(calibration.unit());
    }

    /**
     * Shows a hyperstack; a macro without a screen gets it as its active image.
     *
     * @throws UserException if there is no screen and no macro, so that nobody would see it
     */
    public static void show(ImagePlus hyperstack) {
        if (GraphicsEnvironment.isHeadless() && !IJ.isMacro())
            throw new UserException("There is no screen to show the hyperstack on. Give output= a file to save it to, such as "
                    + "output=rounds.tif.");
        hyperstack.show();
    }

    /**
     * Saves a hyperstack with its overlay as a TIFF that ImageJ opens, through a temporary name.
     *
     * @throws UserException if it cannot be written, or its name is that of another kind of file
     */
    public static void save(ImagePlus hyperstack, Path file) {
        OutputName.require(file, "hyperstack", ".tif", ".tiff");
        AtomicFile.write(file, out -> {
            Path written = Files.createTempFile("hyperstack", ".tif");
            try {
                if (!new FileSaver(hyperstack).saveAsTiffStack(written.toString()))
                    throw new IOException("ImageJ could not save the stack");
                Files.copy(written, out);
            } finally {
                Files.deleteIfExists(written);
            }
        });
    }
}
