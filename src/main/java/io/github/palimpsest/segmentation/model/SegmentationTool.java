package io.github.palimpsest.segmentation.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import io.github.palimpsest.dataset.Normalization;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * A model to apply to ImgLib2 images from other programs and scripts:
 *
 * <pre>
 * try (SegmentationTool tool = SegmentationTool.open(Path.of("model.palimpsest"))) {
 *     Img&lt;UnsignedShortType&gt; labels = tool.segment(image).labels();
 * }
 * </pre>
 *
 * Not safe for use by several threads at once.
 */
public final class SegmentationTool implements AutoCloseable {

    private static final long MEMORY = 2L << 30;

    private final Segmenter segmenter;

    private SegmentationTool(Segmenter segmenter) {
        this.segmenter = segmenter;
    }

    /**
     * What a model says of an image.
     *
     * @param labels X, Y: 0 background, 1.. the tags in the order of {@link SegmentationTool#tags}
     * @param probabilities X, Y, label: 0..1, in the order of {@code shown}; a view of plain memory
     * @param shown the names of the labels that were taken into account, {@code background} first
     * @param confidences of all of the model's tags that the image shows them somewhere, 0..1
     */
    public record Result(Img<UnsignedShortType> labels, Img<FloatType> probabilities, List<String> shown,
            List<Float> confidences) {}

    /**
     * Opens a model on all of the processor's cores, or on a GPU where one works.
     *
     * @throws UserException if it cannot be opened, in a sentence
     */
    public static SegmentationTool open(Path model) {
        int threads = Runtime.getRuntime().availableProcessors();
        return open(model, new EngineSettings(EngineSettings.Device.AUTO, threads, MEMORY), Progress.silent());
    }

    /** Opens a model on an engine of these settings; the progress is told of warnings and can cancel. */
    public static SegmentationTool open(Path model, EngineSettings engine, Progress progress) {
        SegmentationModel opened = SegmentationModel.open(model);
        return new SegmentationTool(
                new Segmenter(opened, Engines.start(engine), 1, engine.threads(), Limits.DEFAULT, progress));
    }

    /** The model's tags; label 1 is the first. */
    public List<String> tags() {
        return segmenter.model().description().tags();
    }

    /**
     * {@link #segment(RandomAccessibleInterval, Segmenter.Options)} with the tags that the model finds, refined by the
     * CRF.
     */
    public Result segment(RandomAccessibleInterval<? extends NumericType<?>> image) {
        return segment(image, Segmenter.Options.DEFAULT);
    }

    /** Segments an image that is known to show these tags and no others. */
    public Result segment(RandomAccessibleInterval<? extends NumericType<?>> image, Set<String> tags) {
        return segment(image, new Segmenter.Options(Optional.of(tags), true));
    }

    /**
     * Segments an image.
     *
     * @param image X, Y of grey values or of {@link ARGBType}, or X, Y, C with one or three channels. Bytes are taken
     *             as they are; other types are brought to 0..255 as the model's {@link Normalization} says.
     * @throws UserException if the image has other dimensions, or one of the given tags is none of the model's
     */
    public Result segment(RandomAccessibleInterval<? extends NumericType<?>> image, Segmenter.Options options) {
        Segmentation found = segmenter.segment(rgb(image), options, 0);
        List<String> names = found.shown().stream().map(label -> label == 0 ? "background" : tags().get(label - 1))
                .toList();
        List<Float> confidences = new ArrayList<>();
        for (float confidence : found.confidences())
            confidences.add(confidence);
        return new Result(ArrayImgs.unsignedShorts(found.labels(), found.width(), found.height()),
                found.probabilities().asImage(), names, List.copyOf(confidences));
    }

    private Tensor rgb(RandomAccessibleInterval<? extends NumericType<?>> image) {
        int dimensions = image.numDimensions();
        long channels = dimensions == 3 ? image.dimension(2) : 1;
        if (dimensions != 2 && dimensions != 3 || channels != 1 && channels != 3)
            throw new UserException("The image has " + dimensions + " dimensions and " + channels
                    + " channels, but a grey image "
                    + "(X, Y), a colour image (ARGB) or three channels (X, Y, C) are needed: take a slice of it.");
        if (image.dimension(0) < 1 || image.dimension(1) < 1
                || image.dimension(0) * image.dimension(1) > Integer.MAX_VALUE / 8)
            throw new UserException("The image is " + image.dimension(0) + "×" + image.dimension(1)
                    + ", which is empty or too large: cut it into tiles.");
        int width = (int) image.dimension(0);
        int height = (int) image.dimension(1);
        NumericType<?> type = Views.iterable(image).firstElement();
        if (type instanceof ARGBType)
            return colours(image, height, width);
        if (!(type instanceof RealType))
            throw new UserException("Pixels of the type " + type.getClass().getSimpleName()
                    + " cannot be segmented: convert the image to grey values or ARGB.");
        float[][] planes = new float[(int) channels][width * height];
        Cursor<? extends NumericType<?>> pixels = Views.flatIterable(image).cursor();
        for (float[] plane : planes)
            for (int i = 0; i < plane.length; i++)
                plane[i] = ((RealType<?>) pixels.next()).getRealFloat();
        if (!(type instanceof UnsignedByteType))
            segmenter.model().description().normalization().apply(planes);
        float[] rgb = new float[3 * width * height];
        for (int c = 0; c < 3; c++)
            System.arraycopy(planes[planes.length == 1 ? 0 : c], 0, rgb, c * width * height, width * height);
        return Tensor.of(rgb, 3, height, width);
    }

    private static Tensor colours(RandomAccessibleInterval<? extends NumericType<?>> image, int height, int width) {
        int plane = width * height;
        float[] rgb = new float[3 * plane];
        Cursor<? extends NumericType<?>> pixels = Views.flatIterable(image).cursor();
        for (int i = 0; i < plane; i++) {
            int argb = ((ARGBType) pixels.next()).get();
            rgb[i] = ARGBType.red(argb);
            rgb[plane + i] = ARGBType.green(argb);
            rgb[2 * plane + i] = ARGBType.blue(argb);
        }
        return Tensor.of(rgb, 3, height, width);
    }

    @Override
    public void close() {
        segmenter.close();
    }
}
