package io.github.palimpsest.dataset;

import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ImageProcessor;

import io.github.palimpsest.store.StackShape;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * An image or stack that is open in ImageJ, one slice of which is read at a time, as {@link ImageReader} and
 * {@link StackFile} read the same from a file. Nothing of it is changed: not its pixels, and not what is shown of it. What is
 * read are the slices that it had when this was made, whatever other slices it gets meanwhile.
 */
public final class OpenImage {

    private final String title;
    private final ImageStack stack;
    private final ReadSettings settings;
    private final StackShape shape;
    private final int channels;
    private final List<byte[][]> tables;
    private final boolean inverted;
    private boolean gaps;

    /** @throws UserException if it has no pixels, or too many in a slice */
    public OpenImage(ImagePlus image, ReadSettings settings) {
        this.title = image.getTitle();
        this.settings = settings;
        if (image.getProcessor() == null || image.getWidth() < 1 || image.getHeight() < 1)
            throw new UserException("The image " + image.getTitle() + " has no pixels: open another one.");
        if ((long) image.getWidth() * image.getHeight() > settings.maxPixels())
            throw new UserException("The image " + image.getTitle() + " has " + image.getWidth() + "×"
                    + image.getHeight() + " pixels, more than the limit of " + settings.maxPixels()
                    + ": make it smaller or cut it into tiles.");
        stack = image.getStack();
        channels = image.getNChannels();
        Calibration calibration = image.getCalibration();
        shape = new StackShape(image.getWidth(), image.getHeight(), 1, image.getNSlices(), image.getNFrames(),
                calibration.pixelDepth, calibration.frameInterval);
        inverted = channels == 1 && image.isInvertedLut();
        tables = tables(image, channels);
    }

    /** Those of the channels, or of an image of bytes; null where none is used, nor written to a file. */
    private static List<byte[][]> tables(ImagePlus image, int channels) {
        if (channels > 1)
            return image instanceof CompositeImage composite && composite.getMode() != IJ.GRAYSCALE
                    ? Arrays.stream(composite.getLuts()).map(OpenImage::table).toList() : null;
        // Not the table of what is shown, in which the display range is.
        return image.getBitDepth() == 8 ? Collections.singletonList(table((IndexColorModel) image
                .getProcessor().getColorModel())) : null;
    }

    private static byte[][] table(IndexColorModel colours) {
        // Of fewer colours than 256, those that are not there are black.
        byte[][] table = new byte[3][256];
        for (int i = 0; i < Math.min(256, colours.getMapSize()); i++) {
            table[0][i] = (byte) colours.getRed(i);
            table[1][i] = (byte) colours.getGreen(i);
            table[2][i] = (byte) colours.getBlue(i);
        }
        return table;
    }

    /** Width and height, and how many slices and frames there are; channels are one image. */
    public StackShape shape() {
        return shape;
    }

    /** How many channels each slice has. */
    public int channels() {
        return channels;
    }

    /** The values of a channel's plane, which are the image's own; slice and channel count from 0. */
    public ImageProcessor values(int index, int channel) {
        return stack.getProcessor(plane(index, channel));
    }

    /** The label of the plane that a slice begins with; null if it has none. */
    public String label(int index) {
        return stack.getSliceLabel(plane(index, 0));
    }

    /** The number of a plane in ImageJ's stack, from 1. */
    private int plane(int index, int channel) {
        return index * channels + channel + 1;
    }

    /** Whether any pixel read so far was infinite or not a number. */
    public boolean hasGaps() {
        return gaps;
    }

    /**
     * Reads a slice.
     *
     * @param index from 0 to {@code shape().images() - 1}: slice by slice, frame after frame
     * @return {@code 3×H×W}, red, green, blue, 0..255
     * @throws UserException if none of its pixels is a number
     */
    public Tensor read(int index) {
        List<Samples> planes = new ArrayList<>();
        boolean numbers = false;
        for (int channel = 0; channel < channels; channel++) {
            Samples samples = samples(values(index, channel).getPixels());
            planes.add(samples);
            numbers |= hasNumbers(samples);
        }
        if (!numbers)
            throw new UserException("The image " + title + (shape.images() > 1 ? " in slice " + (index + 1)
                    : "") + " has no pixel that is a number (all are NaN or infinite): nothing can be seen in it.");
        return channels == 1 ? planes.get(0).toTensor(settings.normalization())
                : ChannelColours.mixed(planes, tables, settings.normalization());
    }

    private boolean hasNumbers(Samples samples) {
        if (!samples.deep())
            return true;
        boolean numbers = false;
        for (float[] channel : samples.channels())
            for (float value : channel) {
                boolean number = Float.isFinite(value);
                numbers |= number;
                gaps |= !number;
            }
        return numbers;
    }

    private Samples samples(Object pixels) {
        int width = shape.width();
        int height = shape.height();
        if (pixels instanceof int[] rgb)
            return new Samples(width, height, TiffSamples.colors(rgb), 255, false, false);
        if (pixels instanceof short[] grey)
            return new Samples(width, height, new float[][] {TiffSamples.unsigned(grey)}, 65535, true, inverted);
        if (pixels instanceof float[] grey)
            return new Samples(width, height, new float[][] {grey.clone()}, 1, true, inverted);
        byte[] bytes = (byte[]) pixels;
        if (channels == 1)
            return new Samples(width, height, TiffSamples.colors(bytes, tables.get(0)), 255, false, false);
        float[] plane = new float[bytes.length];
        for (int i = 0; i < plane.length; i++)
            plane[i] = bytes[i] & 0xff;
        return new Samples(width, height, new float[][] {plane}, 255, false, false);
    }
}
