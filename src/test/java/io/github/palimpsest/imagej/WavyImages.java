package io.github.palimpsest.imagej;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import io.github.palimpsest.segmentation.model.SmallModel;
import io.github.palimpsest.tensor.Tensor;

/** Images of ImageJ's that show what {@link SmallModel#telling} finds. */
public final class WavyImages {

    public static final int HEIGHT = 40;
    public static final int WIDTH = 56;
    private static final int PLANE = HEIGHT * WIDTH;

    private WavyImages() {}

    /** One slice of 8, 16, 24 (RGB) or 32 bits; slices of other numbers look different. */
    public static ImageProcessor slice(int bits, int number) {
        Tensor waves = SmallModel.waves(HEIGHT, WIDTH);
        ImageProcessor pixels = switch (bits) {
            case 8 -> new ByteProcessor(WIDTH, HEIGHT);
            case 16 -> new ShortProcessor(WIDTH, HEIGHT);
            case 24 -> new ColorProcessor(WIDTH, HEIGHT);
            default -> new FloatProcessor(WIDTH, HEIGHT);
        };
        for (int i = 0; i < PLANE; i++) {
            int[] rgb = new int[3];
            for (int c = 0; c < 3; c++)
                rgb[c] = (int) waves.data()[(c + number) % 3 * PLANE + i] * 8 / (8 + number / 3);
            switch (bits) {
                case 8 -> pixels.set(i, rgb[0]);
                case 16 -> pixels.set(i, 1000 + 20 * rgb[0]);
                case 24 -> pixels.set(i, rgb[0] << 16 | rgb[1] << 8 | rgb[2]);
                default -> pixels.setf(i, rgb[0] / 100f - 1);
            }
        }
        return pixels;
    }

    /** A single image, calibrated. */
    public static ImagePlus single(int bits) {
        ImagePlus image = new ImagePlus("waves " + bits, slice(bits, 0));
        calibrate(image);
        return image;
    }

    /** A stack of so many planes, calibrated. */
    public static ImagePlus stack(int bits, int channels, int slices, int frames) {
        ImageStack stack = new ImageStack(WIDTH, HEIGHT);
        for (int i = 0; i < channels * slices * frames; i++)
            stack.addSlice("plane " + (i + 1), slice(bits, i));
        ImagePlus image = new ImagePlus("wavy stack.tif", stack);
        image.setDimensions(channels, slices, frames);
        image.setOpenAsHyperStack(frames > 1 || channels > 1);
        calibrate(image);
        return image;
    }

    private static void calibrate(ImagePlus image) {
        image.getCalibration().pixelWidth = 0.25;
        image.getCalibration().pixelHeight = 0.5;
        image.getCalibration().pixelDepth = 2;
        image.getCalibration().frameInterval = 30;
        image.getCalibration().setUnit("micron");
    }
}
