package io.github.palimpsest.view;

import java.awt.GraphicsEnvironment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

import io.github.palimpsest.report.Palette;
import io.github.palimpsest.task.UserException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * The layers of one image and tag as sources of BigDataViewer, which Fiji has and ImageJ 1.x has not; it is looked for when it
 * is wanted. Its sources add up, so at first only the image and one activation map are switched on.
 */
public final class BigDataViewer {

    private static final int WHITE = 0xFFFFFF;
    private static final int ACCUMULATED = 0xE69F00;

    private final Method show;
    private final Method options;

    /**
     * A source.
     *
     * @param colour of its highest values; what has colours itself keeps them
     */
    private record Source(String name, RandomAccessibleInterval<?> pixels, double highest, int colour, boolean on) {}

    private BigDataViewer(Method show, Method options) {
        this.show = show;
        this.options = options;
    }

    /**
     * Finds BigDataViewer.
     *
     * @throws UserException if it is not installed
     */
    static BigDataViewer find(ClassLoader loader) {
        try {
            Class<?> optionsType = Class.forName("bdv.util.BdvOptions", true, loader);
            Method show = Class.forName("bdv.util.BdvFunctions", true, loader).getMethod("show",
                    RandomAccessibleInterval.class, String.class, optionsType);
            return new BigDataViewer(show, Class.forName("bdv.util.Bdv", true, loader).getMethod("options"));
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new UserException("BigDataViewer is not installed here: it comes with Fiji. Use show_as=viewer or "
                    + "show_as=hyperstack, which work everywhere.", e);
        }
    }

    /**
     * Shows an image in a new window of BigDataViewer.
     *
     * @param round whose activation map is switched on
     * @throws UserException if BigDataViewer is not installed, there is no screen, or a file is missing or damaged
     */
    public static void show(RunLayers layers, Subject subject, int round) {
        if (GraphicsEnvironment.isHeadless())
            throw new UserException("BigDataViewer needs a screen, and there is none here. Use show_as=hyperstack or "
                    + "show_as=figure with output= a file.");
        find(BigDataViewer.class.getClassLoader()).show(layers, subject.image().name(), subject.tag().orElse(""), round);
    }

    void show(RunLayers layers, String image, String tag, int round) {
        open(sources(layers, image, tag, round));
    }

    private static List<Source> sources(RunLayers layers, String image, String tag, int round) {
        List<Source> sources = new ArrayList<>();
        layers.colours(image);
        sources.add(new Source(Layer.ORIGINAL.title(), layers.original(image), 255, WHITE, true));
        if (layers.has(Layer.CAM, image)) {
            for (int t = 1; t <= layers.rounds(); t++)
                sources.add(new Source(Layer.CAM.title() + ", " + tag + ", round " + t, layers.cam(image, tag, t),
                        highest(layers.camValues(image, tag, t)), Palette.round(t), t == round));
            sources.add(new Source(Layer.ACCUMULATED.title() + ", " + tag, layers.accumulated(image, tag), 1, ACCUMULATED,
                    false));
            layers.regionValues(image, tag);
            sources.add(coloured(Layer.REGIONS.title() + ", " + tag, layers.regions(image, tag), LayerColours.rounds()));
        }
        for (int t = 1; t <= layers.rounds(); t++) {
            layers.erasedColours(image, t);
            sources.add(new Source(Layer.ERASED.title() + ", round " + t, layers.erased(image, t), 255, WHITE, false));
        }
        if (layers.has(Layer.BACKGROUND, image)) {
            layers.backgroundValues(image);
            sources.add(new Source(Layer.BACKGROUND.title(), layers.background(image), 1, WHITE, false));
        }
        for (Layer layer : List.of(Layer.MASK, Layer.PREDICTION, Layer.TRUTH))
            if (layers.has(layer, image)) {
                layers.labelValues(layer, image);
                sources.add(coloured(layer.title(), switch (layer) {
                    case MASK -> layers.mask(image);
                    case PREDICTION -> layers.prediction(image);
                    default -> layers.truth(image);
                }, LayerColours.labels(layers.record().tags().size())));
            }
        return sources;
    }

    private static Source coloured(String name, RandomAccessibleInterval<UnsignedByteType> values, int[] colours) {
        return new Source(name, Converters.convert(values, (value, colour) -> colour.set(0xFF000000 | colours[value.get()]),
                new ARGBType()), 255, WHITE, false);
    }

    private static double highest(float[] map) {
        float highest = 0;
        for (float value : map)
            highest = Math.max(highest, value);
        return highest > 0 ? highest : 1;
    }

    private void open(List<Source> sources) {
        try {
            Object window = null;
            for (Source source : sources) {
                Object wanted = options.invoke(null);
                wanted = wanted.getClass().getMethod("is2D").invoke(wanted);
                if (window != null)
                    wanted = wanted.getClass().getMethod("addTo", options.getDeclaringClass()).invoke(wanted, window);
                Object shown = show.invoke(null, source.pixels(), source.name(), wanted);
                Class<?> type = show.getReturnType();
                type.getMethod("setDisplayRange", double.class, double.class).invoke(shown, 0.0, source.highest());
                type.getMethod("setColor", ARGBType.class).invoke(shown, new ARGBType(0xFF000000 | source.colour()));
                type.getMethod("setActive", boolean.class).invoke(shown, source.on());
                if (window == null)
                    window = shown;
            }
        } catch (InvocationTargetException e) {
            throw new UserException("BigDataViewer could not show the layers: " + e.getCause()
                    + ". Use show_as=viewer or show_as=hyperstack.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new UserException("This version of BigDataViewer is not known (" + e.getMessage()
                    + "). Use show_as=viewer or show_as=hyperstack.", e);
        }
    }
}
