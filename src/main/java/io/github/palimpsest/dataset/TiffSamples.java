package io.github.palimpsest.dataset;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import ij.io.FileInfo;
import ij.io.TiffDecoder;

import io.github.palimpsest.task.UserException;

/**
 * Reads TIFF files: uncompressed ones by ImageJ, others by ImageIO, which reads more kinds of them (tiles, JPEG) and
 * notices broken compressed data where ImageJ leaves black pixels.
 */
final class TiffSamples {

    private TiffSamples() {}

    static Samples read(Path file, long maxPixels) throws IOException {
        int images = TiffDirectories.count(file);
        if (images > 1)
            throw ImageReader.stack(file, images);
        FileInfo info = info(file);
        if (info == null)
            return ImageIoSamples.read(file, maxPixels);
        ImageReader.checkSize(file, info.width, info.height, maxPixels);
        if (info.nImages > 1) // ImageJ keeps large stacks under a single directory
            throw ImageReader.stack(file, info.nImages);
        requireGreyOrColour(file, info);
        return page(file, info, 0, maxPixels);
    }

    static void requireGreyOrColour(Path file, FileInfo info) {
        if (info.fileType == FileInfo.CMYK)
            throw new UserException("The image " + file + " is in CMYK, the colours of printing: convert it to RGB.");
        if (info.samplesPerPixel != 1 && info.samplesPerPixel != 3 && info.samplesPerPixel != 4)
            throw new UserException("The image " + file + " has " + info.samplesPerPixel
                    + " channels, but only grey and RGB images can be used: convert it to RGB or keep one channel.");
    }

    /**
     * Reads one of a file's images.
     *
     * @param info what ImageJ makes of its header
     * @param number from 0, among the file's directories
     */
    static Samples page(Path file, FileInfo info, int number, long maxPixels) throws IOException {
        return isPlain(info) ? samples(info, pixels(file, info)) : ImageIoSamples.page(file, number, maxPixels);
    }

    private static FileInfo info(Path file) {
        FileInfo[] pages = directories(file);
        return pages == null ? null : pages[0];
    }

    /** What ImageJ makes of the headers, at least one; null if it does not know this kind of TIFF. */
    static FileInfo[] directories(Path file) {
        try {
            FileInfo[] pages = new TiffDecoder(file.toAbsolutePath().getParent().toString() + "/",
                    file.getFileName().toString())
                    .getTiffInfo();
            return pages == null || pages.length == 0 ? null : pages;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /**
     * Whether the pixels lie in the file uncompressed and in order, which is what ImageJ's reader reads without
     * guessing.
     */
    private static boolean isPlain(FileInfo info) {
        if (info.compression > FileInfo.COMPRESSION_NONE || info.stripOffsets == null
                || info.fileType == FileInfo.BITMAP)
            return false;
        if (info.stripOffsets.length == 1)
            return true;
        if (info.stripLengths == null || info.stripLengths.length != info.stripOffsets.length)
            return false;
        long held = 0;
        for (int i = 0; i < info.stripOffsets.length; i++) {
            held += info.stripLengths[i];
            if (i > 0 && info.stripOffsets[i] < info.stripOffsets[i - 1] + info.stripLengths[i - 1])
                return false;
        }
        return held >= (long) info.width * info.height * info.getBytesPerPixel();
    }

    private static Object pixels(Path file, FileInfo info) throws IOException {
        try (EndNotingStream in = new EndNotingStream(new BufferedInputStream(Files.newInputStream(file)))) {
            Object pixels = new ij.io.ImageReader(info).readPixels(in);
            if (in.ended || pixels == null)
                throw new EOFException("the file ends before the last pixel");
            return pixels;
        }
    }

    /** Notes that more was asked for than there is, which ImageJ passes over. */
    private static final class EndNotingStream extends FilterInputStream {

        private boolean ended;

        EndNotingStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            ended |= value < 0;
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            ended |= count < 0;
            return count;
        }
    }

    private static Samples samples(FileInfo info, Object pixels) throws IOException {
        if (pixels instanceof byte[] indices)
            return new Samples(info.width, info.height, colors(indices, lut(info)), 255, false, false);
        if (pixels instanceof int[] rgb)
            return new Samples(info.width, info.height, colors(rgb), 255, false, false);
        if (pixels instanceof short[] grey)
            return new Samples(info.width, info.height, new float[][] {unsigned(grey)}, 65535, true,
                    info.whiteIsZero);
        if (pixels instanceof float[] grey)
            return new Samples(info.width, info.height, new float[][] {grey}, 1, true, info.whiteIsZero);
        if (pixels instanceof Object[] planes && planes.length == 3)
            return new Samples(info.width, info.height,
                    new float[][] {unsigned((short[]) planes[0]), unsigned((short[]) planes[1]),
                    unsigned((short[]) planes[2])}, 65535, true, false);
        throw new IOException("its pixels are of a kind that ImageJ does not know");
    }

    private static byte[][] lut(FileInfo info) {
        if (info.lutSize > 0)
            return new byte[][] {info.reds, info.greens, info.blues};
        byte[] ramp = new byte[256];
        for (int i = 0; i < 256; i++)
            ramp[i] = (byte) (info.whiteIsZero ? 255 - i : i);
        return new byte[][] {ramp, ramp, ramp};
    }

    static float[][] colors(byte[] indices, byte[][] lut) {
        float[][] channels = new float[3][indices.length];
        for (int c = 0; c < 3; c++)
            for (int i = 0; i < indices.length; i++) {
                int index = indices[i] & 0xff;
                channels[c][i] = index < lut[c].length ? lut[c][index] & 0xff : 0;
            }
        return channels;
    }

    static float[][] colors(int[] rgb) {
        float[][] channels = new float[3][rgb.length];
        for (int c = 0; c < 3; c++)
            for (int i = 0; i < rgb.length; i++)
                channels[c][i] = rgb[i] >> 16 - 8 * c & 0xff;
        return channels;
    }

    static float[] unsigned(short[] values) {
        float[] channel = new float[values.length];
        for (int i = 0; i < values.length; i++)
            channel[i] = values[i] & 0xffff;
        return channel;
    }
}
