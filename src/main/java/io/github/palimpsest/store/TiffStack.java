package io.github.palimpsest.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.github.palimpsest.task.UserException;

import ij.Prefs;
import ij.io.FileInfo;
import ij.io.TiffDecoder;
import ij.io.TiffEncoder;

/**
 * A stack of labelled slices as ImageJ's own uncompressed TIFF.
 *
 * @param labels one for each slice
 * @param width in pixels
 * @param height in pixels
 * @param type of the pixels, of {@link FileInfo}
 * @param bytes of the whole file, in its byte order
 * @param first where the first slice begins
 * @param step from the beginning of one slice to that of the next
 */
record TiffStack(List<String> labels, int width, int height, int type, ByteBuffer bytes, int first, int step) {

    /**
     * Writes slices through a temporary name.
     *
     * @param slices an array of primitives for each label
     * @param brightest the value that is shown white
     */
    static void write(Path file, List<String> labels, int width, int height, int type, Object[] slices,
            double brightest) {
        if (labels.isEmpty())
            throw new IllegalArgumentException("a stack without slices cannot be written: " + file);
        if (labels.size() != slices.length)
            throw new IllegalArgumentException(labels.size() + " labels for " + slices.length + " slices: " + file);
        if (labels.stream().anyMatch(String::isEmpty))
            throw new IllegalArgumentException("a slice without a label: " + file);
        if (width < 1 || height < 1 || width > 0xffff || height > 0xffff)
            throw new IllegalArgumentException("no TIFF is " + width + "×" + height + ": " + file);
        FileInfo info = new FileInfo();
        info.fileType = type;
        info.width = width;
        info.height = height;
        info.nImages = slices.length;
        info.pixels = slices.length == 1 ? slices[0] : slices;
        info.sliceLabels = labels.toArray(String[]::new);
        // Not the version of this ImageJ: another one must write the same bytes.
        info.description = "ImageJ=1.54p\nimages=" + slices.length + "\nslices=" + slices.length
                + "\nloop=false\nmin=0.0\nmax=" + brightest + "\n";
        TiffEncoder encoder = bigEndianEncoder(info);
        AtomicFile.write(file, encoder::write);
    }

    // The byte order is a preference of ImageJ's user, which the encoder looks up once, here; the bytes of a run must
    // not hang on it. Big endian also is the only order in which ImageJ's decoder reads back the labels of every
    // script.
    static synchronized TiffEncoder bigEndianEncoder(FileInfo info) {
        boolean preferred = Prefs.intelByteOrder;
        try {
            Prefs.intelByteOrder = false;
            return new TiffEncoder(info);
        } finally {
            Prefs.intelByteOrder = preferred;
        }
    }

    /**
     * Reads what {@link #write} wrote, or what ImageJ made of it.
     *
     * @param types of pixels that will do
     * @throws UserException if the file is absent, truncated, or something else
     */
    static TiffStack read(Path file, int... types) {
        byte[] bytes;
        try {
            if (Files.size(file) > Integer.MAX_VALUE - 8)
                throw foreign(file, null);
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw FileProblem.reading(file, e);
        }
        FileInfo info;
        try {
            TiffBounds.require(bytes);
            info = new TiffDecoder(new ByteArrayInputStream(bytes), file.getFileName().toString()).getTiffInfo()[0];
        } catch (IOException | RuntimeException e) {
            throw foreign(file, e);
        }
        boolean asked = Arrays.stream(types).anyMatch(type -> type == info.fileType);
        if (!asked || info.compression > FileInfo.COMPRESSION_NONE || info.nImages < 1 || info.width < 1
                || info.height < 1 || info.sliceLabels == null || info.sliceLabels.length < info.nImages)
            throw foreign(file, null);
        List<String> labels = Arrays.asList(info.sliceLabels).subList(0, info.nImages);
        if (labels.contains(null))
            throw foreign(file, null);
        long slice = (long) info.width * info.height * info.getBytesPerPixel();
        long step = slice + info.getGap();
        long first = info.getOffset();
        if (first < 8 || step < slice || step > bytes.length
                || first + step * (info.nImages - 1) + slice > bytes.length)
            throw foreign(file, null);
        ByteBuffer buffer = ByteBuffer.wrap(bytes)
                .order(info.intelByteOrder ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return new TiffStack(List.copyOf(labels), info.width, info.height, info.fileType, buffer, (int) first,
                (int) step);
    }

    private static UserException foreign(Path file, Exception cause) {
        return new UserException(file
                + " is damaged or was not written by Palimpsest. If it is a map of a round, in a folder named cam, delete it and run "
                + "the same command again; otherwise begin the run anew in another output.", cause);
    }
}
