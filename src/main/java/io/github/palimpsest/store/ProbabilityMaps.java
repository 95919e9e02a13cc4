package io.github.palimpsest.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

import ij.io.FileInfo;
import ij.io.TiffDecoder;

/**
 * Maps of any classifier's making: a TIFF stack of one slice per label, as ImageJ or other programs write it,
 * uncompressed and of 8, 16 or 32 bits. What a {@link MapStack} writes is one of them.
 */
public final class ProbabilityMaps {

    private ProbabilityMaps() {}

    /**
     * Reads a stack. Whole numbers are divided by the greatest of their type, so that they lie in 0..1.
     *
     * @return the slices {@code L×H×W}; a slice without a label gets its number, from 1, as its label
     * @throws UserException if the file is absent, broken, compressed or something else, or its slices differ in size,
     * naming it
     */
    public static MapStack read(Path file) {
        byte[] bytes;
        try {
            if (Files.size(file) > Integer.MAX_VALUE - 8)
                throw new UserException("The maps " + file + " are larger than 2 GB: make the image smaller or cut "
                        + "it into tiles.");
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw FileProblem.reading(file, e);
        }
        List<FileInfo> slices = slices(file, bytes);
        int width = slices.get(0).width;
        int height = slices.get(0).height;
        if ((long) width * height * slices.size() > Integer.MAX_VALUE - 8)
            throw broken(file, null);
        float[] values = new float[width * height * slices.size()];
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            FileInfo slice = slices.get(i);
            if (slice.width != width || slice.height != height)
                throw new UserException("The slices of " + file + " differ in size: save maps of one size.");
            copy(file, slice, bytes, values, i * width * height);
            String label = slice.sliceLabels == null ? null : slice.sliceLabels[0];
            labels.add(label == null || label.isBlank() ? Integer.toString(i + 1) : label);
        }
        return new MapStack(labels, Tensor.of(values, slices.size(), height, width));
    }

    /** One for each slice, whether ImageJ keeps them all under one directory or each has its own. */
    private static List<FileInfo> slices(Path file, byte[] bytes) {
        FileInfo[] directories;
        try {
            TiffBounds.require(bytes);
            directories = new TiffDecoder(new ByteArrayInputStream(bytes), file.getFileName().toString()).getTiffInfo();
        } catch (IOException | RuntimeException e) {
            throw broken(file, e);
        }
        if (directories == null || directories.length == 0)
            throw broken(file, null);
        FileInfo first = directories[0];
        List<FileInfo> slices = new ArrayList<>();
        if (directories.length > 1) {
            String[] labels = first.sliceLabels;
            for (int i = 0; i < directories.length; i++)
                slices.add(labelled(directories[i], labels, i));
            return slices;
        }
        long step = (long) first.width * first.height * first.getBytesPerPixel() + first.getGap();
        for (int i = 0; i < Math.max(1, first.nImages); i++) {
            FileInfo slice = (FileInfo) first.clone();
            slice.longOffset = first.getOffset() + i * step;
            if (i > 0 || first.nImages > 1)
                slice.stripOffsets = null;
            if (slice.longOffset + step - first.getGap() > bytes.length)
                throw broken(file, null);
            slices.add(labelled(slice, first.sliceLabels, i));
        }
        return slices;
    }

    private static FileInfo labelled(FileInfo slice, String[] labels, int i) {
        slice.sliceLabels = labels == null || i >= labels.length ? null : new String[] {labels[i]};
        return slice;
    }

    private static void copy(Path file, FileInfo slice, byte[] bytes, float[] values, int at) {
        if (slice.compression > FileInfo.COMPRESSION_NONE)
            throw new UserException("The maps " + file + " are compressed: save them uncompressed, as ImageJ's "
                    + "File > Save As > Tiff does.");
        int size = slice.getBytesPerPixel();
        boolean known = slice.fileType == FileInfo.GRAY8 || slice.fileType == FileInfo.COLOR8
                || slice.fileType == FileInfo.GRAY16_UNSIGNED || slice.fileType == FileInfo.GRAY32_FLOAT;
        if (!known || slice.samplesPerPixel > 1)
            throw new UserException("The maps " + file + " are neither 8-bit, 16-bit nor 32-bit grey: convert them with"
                    + " ImageJ's Image > Type > 32-bit.");
        ByteBuffer pixels = contiguous(file, slice, bytes, slice.width * slice.height * size);
        for (int i = 0; i < slice.width * slice.height; i++)
            values[at + i] = switch (slice.fileType) {
                case FileInfo.GRAY32_FLOAT -> pixels.getFloat();
                case FileInfo.GRAY16_UNSIGNED -> (pixels.getShort() & 0xffff) / 65535f;
                default -> (pixels.get() & 0xff) / 255f;
            };
    }

    /** The bytes of a slice, whose strips may lie anywhere. */
    private static ByteBuffer contiguous(Path file, FileInfo slice, byte[] bytes, int length) {
        ByteBuffer pixels = ByteBuffer.allocate(length)
                .order(slice.intelByteOrder ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        try {
            if (slice.stripOffsets == null || slice.stripOffsets.length < 2 || slice.stripLengths == null) {
                pixels.put(bytes, (int) slice.getOffset(), length);
            } else {
                for (int i = 0; i < slice.stripOffsets.length && pixels.hasRemaining(); i++)
                    pixels.put(bytes, slice.stripOffsets[i], Math.min(slice.stripLengths[i], pixels.remaining()));
            }
        } catch (IndexOutOfBoundsException e) {
            throw broken(file, e);
        }
        if (pixels.hasRemaining())
            throw broken(file, null);
        return pixels.flip();
    }

    private static UserException broken(Path file, Exception cause) {
        return new UserException("The maps " + file + " are broken or no TIFF: save them again, as an uncompressed "
                + "TIFF stack with a slice for each label.", cause);
    }
}
