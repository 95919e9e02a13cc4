package io.github.palimpsest.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * Reads PNG, JPEG, GIF, BMP and TIFF files as RGB tensors. The kind of file is told by its content, not by its name.
 * <ul>
 * <li>8-bit grey, indexed and RGB images give the colours that ImageJ shows, so with lookup tables (also inverted)
 * applied; grey is repeated in the three channels.
 * <li>16- and 32-bit images are brought to 0..255 by a {@link Normalization}; lookup tables other than an inverted one,
 * display ranges and calibrations are not used.
 * <li>Alpha is dropped and the orientation noted by cameras (EXIF) is not applied, both as in ImageJ.
 * <li>Stacks, hyperstacks, multi-channel images and animations are refused.
 * </ul>
 * Uncompressed TIFF goes through ImageJ's own reader. The other kinds go through ImageIO, on which ImageJ relies for
 * most of them too, because ImageJ's openers print to the console about broken files, keep their errors in static
 * fields that threads would share, and give half-read JPEG and TIFF files padded with grey or black without a word.
 */
public final class ImageReader {

    /** How the sentence about a lack of memory begins. */
    static final String NO_MEMORY = "There is not enough memory";

    private ImageReader() {}

    /** Reads an image with {@link ReadSettings#DEFAULT}. @throws UserException if it cannot be read */
    public static Tensor read(Path file) {
        return read(file, ReadSettings.DEFAULT);
    }

    /**
     * Reads an image.
     *
     * @return {@code 3×H×W}, red, green, blue, 0..255
     * @throws UserException with a sentence that names the file, if it is missing, no image, broken, cut short, a stack
     * or too         large
     */
    public static Tensor read(Path file, ReadSettings settings) {
        return reading(file, () -> samples(file, settings.maxPixels()).toTensor(settings.normalization()));
    }

    /**
     * Reads a grey image whose values count as they are: maps of probabilities, saliency and the like. 8- and 16-bit
     * values are divided by the largest that their type has, 32-bit ones are left as they are. Colours are refused.
     *
     * @return {@code 1×H×W}; 0..1 unless the file is of floating point, whose values are not looked at
     * @throws UserException as {@link #read(Path)} does, and if the image has colours
     */
    public static Tensor fractions(Path file) {
        return reading(file, () -> {
            Tensor fractions = samples(file, ReadSettings.DEFAULT.maxPixels()).toFractions();
            if (fractions == null)
                throw new UserException("The image " + file + " has colours, but only the values of a grey image can"
                        + " be used here: save it as grey (Image > Type > 8-bit, 16-bit or 32-bit).");
            return fractions;
        });
    }

    private static Samples samples(Path file, long maxPixels) throws IOException {
        return isTiff(file) ? TiffSamples.read(file, maxPixels) : ImageIoSamples.read(file, maxPixels);
    }

    /**
     * An image's size, from its header alone; the pixels behind it may still be broken.
     *
     * @throws UserException if the header cannot be read
     */
    public static ImageSize size(Path file) {
        return reading(file, () -> ImageIoSamples.size(file));
    }

    interface Reading<T> {
        T run() throws IOException;
    }

    /** Turns every way in which decoders fail on broken files into a sentence. */
    static <T> T reading(Path file, Reading<T> reading) {
        if (!Files.exists(file))
            throw new UserException("The image " + file + " does not exist: check its name.");
        if (Files.isDirectory(file))
            throw new UserException(file + " is a folder, not an image: remove it or rename it.");
        try {
            if (Files.size(file) == 0)
                throw new UserException("The image " + file + " is empty (0 bytes): copy it again or remove it.");
            return reading.run();
        } catch (UserException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // decoders of broken files run over array bounds and the like
            throw new UserException("The image " + file + " is broken or cut short (" + reason(e)
                    + "): save it again or remove it.", e);
        } catch (OutOfMemoryError e) {
            throw new UserException(NO_MEMORY + " to read the image " + file
                    + ": give Java more memory, or make the image smaller.", e);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause)
            cause = cause.getCause();
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName()
                : message.strip().replaceAll("[.\\s]+$", "");
    }

    static boolean isTiff(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] magic = in.readNBytes(4);
            return magic.length == 4 && (magic[0] == 'I' && magic[1] == 'I' && magic[2] == 42 && magic[3] == 0
                    || magic[0] == 'M' && magic[1] == 'M' && magic[2] == 0 && magic[3] == 42);
        }
    }

    static void checkSize(Path file, long width, long height, long maxPixels) {
        if (width < 1 || height < 1)
            throw new UserException("The image " + file + " is broken (its header says " + width + "×" + height
                    + " pixels): save it again or remove it.");
        if (width * height > maxPixels)
            throw new UserException("The image " + file + " has " + width + "×" + height
                    + " pixels by its header, more than the limit of "
                    + maxPixels + ": make it smaller or cut it into tiles.");
    }

    static UserException stack(Path file, long images) {
        return new UserException("The image " + file + " is a stack of " + images
                + " images, and only single images can be used: save the slices as files of their own (Image > Stacks"
                + " > Stack to Images).");
    }
}
