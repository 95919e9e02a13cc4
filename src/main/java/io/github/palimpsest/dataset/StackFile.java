package io.github.palimpsest.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

import ij.io.FileInfo;
import ij.io.FileOpener;

import io.github.palimpsest.store.StackShape;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * A TIFF of several images, of ImageJ's or of other programs, one of which is read at a time. Each is read as
 * {@link ImageReader} reads a file of its own; the channels of a hyperstack become one image, by their colours.
 */
public final class StackFile {

    private final Path file;
    private final ReadSettings settings;
    private final FileInfo[] pages;
    private final StackShape shape;
    private final int channels;

    private StackFile(Path file, ReadSettings settings, FileInfo[] pages, int channels, StackShape shape) {
        this.file = file;
        this.settings = settings;
        this.pages = pages;
        this.channels = channels;
        this.shape = shape;
    }

    /**
     * Opens a file that may be a stack; no pixel is read.
     *
     * @return null if it is a single image, or no TIFF
     * @throws UserException if it cannot be read: see {@link ImageReader#read(Path)}
     */
    public static StackFile open(Path file, ReadSettings settings) {
        return ImageReader.reading(file, () -> ImageReader.isTiff(file) ? opened(file, settings) : null);
    }

    private static StackFile opened(Path file, ReadSettings settings) throws IOException {
        int directories = TiffDirectories.count(file);
        FileInfo[] found = TiffSamples.directories(file);
        if (found == null || directories < 2 && found[0].nImages < 2)
            return null;
        FileInfo first = found[0];
        ImageReader.checkSize(file, first.width, first.height, settings.maxPixels());
        TiffSamples.requireGreyOrColour(file, first);
        FileInfo[] pages = first.nImages > 1 ? inOne(file, first) : found;
        for (FileInfo page : pages)
            if (page.width != first.width || page.height != first.height || page.fileType != first.fileType)
                throw new UserException("The images in the stack " + file + " differ in size or type: save them as "
                        + "files of their own (Image > Stacks > Stack to Images).");
        Properties description = new FileOpener(first).decodeDescriptionString(first);
        int channels = count(description, "channels");
        int slices = count(description, "slices");
        int frames = count(description, "frames");
        if ((long) channels * slices * frames != pages.length) {
            channels = 1;
            slices = pages.length;
            frames = 1;
        }
        if (channels > 1 && first.samplesPerPixel > 1)
            throw new UserException("The stack " + file + " has channels of colours: convert it to RGB.");
        if (channels > 1)
            for (FileInfo page : pages)
                removeTable(page);
        return new StackFile(file, settings, pages, channels, new StackShape(first.width, first.height, 1, slices,
                frames, first.pixelDepth, number(description, "finterval")));
    }

    /** ImageJ's own kind of stack, whose images all lie under one directory. */
    private static FileInfo[] inOne(Path file, FileInfo first) throws IOException {
        if (first.compression > FileInfo.COMPRESSION_NONE)
            throw new IOException("its stack is compressed in a way that only ImageJ can read");
        long bytes = (long) first.width * first.height * first.getBytesPerPixel();
        FileInfo[] pages = new FileInfo[first.nImages];
        for (int i = 0; i < pages.length; i++) {
            pages[i] = (FileInfo) first.clone();
            pages[i].nImages = 1;
            pages[i].longOffset = first.getOffset() + i * (bytes + first.getGap());
            pages[i].stripOffsets = new int[1];
            pages[i].stripLengths = null;
        }
        if (pages[pages.length - 1].longOffset + bytes > Files.size(file))
            throw new IOException("the file ends before the last pixel");
        return pages;
    }

    /** The one table that a directory has is that of whichever channel was looked at when the file was saved. */
    private static void removeTable(FileInfo page) {
        page.lutSize = 0;
        if (page.fileType == FileInfo.COLOR8)
            page.fileType = FileInfo.GRAY8;
        page.whiteIsZero &= page.channelLuts == null;
    }

    private static double number(Properties description, String key) {
        try {
            return description == null ? 0 : Double.parseDouble(description.getProperty(key, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static int count(Properties description, String key) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, number(description, key)));
    }

    /** Width and height, and how many slices and frames there are; channels are one image. */
    public StackShape shape() {
        return shape;
    }

    /**
     * Reads an image.
     *
     * @param index from 0 to {@code shape().images() - 1}: slice by slice, frame after frame
     * @return {@code 3×H×W}, red, green, blue, 0..255
     * @throws UserException if it cannot be read, naming the file
     */
    public Tensor read(int index) {
        return ImageReader.reading(file, () -> {
            if (channels == 1)
                return page(index).toTensor(settings.normalization());
            List<Samples> planes = new ArrayList<>();
            for (int channel = 0; channel < channels; channel++)
                planes.add(page(index * channels + channel));
            return ChannelColours.mixed(planes, tables(), settings.normalization());
        });
    }

    private Samples page(int number) throws IOException {
        return TiffSamples.page(file, pages[number], number, settings.maxPixels());
    }

    private List<byte[][]> tables() {
        byte[][] luts = pages[0].channelLuts;
        if (luts == null || luts.length < channels || Arrays.stream(luts).anyMatch(lut -> lut.length != 768))
            return null;
        return Arrays.stream(luts).limit(channels).map(lut -> new byte[][] {Arrays.copyOfRange(lut, 0, 256),
                Arrays.copyOfRange(lut, 256, 512), Arrays.copyOfRange(lut, 512, 768)}).toList();
    }
}
