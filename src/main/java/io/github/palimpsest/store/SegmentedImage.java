package io.github.palimpsest.store;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.nio.file.Path;
import java.util.List;


import ij.io.FileInfo;

/**
 * A finished segmentation, one label for every pixel. With up to 255 labels a pixel takes 8 bits, from 256 labels on
 * 16.
 *
 * @param width in pixels
 * @param height in pixels
 * @param labels row-major, unsigned; 0 is background
 * @param count of the labels that there may be, background included, at most 65536
 */
public record SegmentedImage(int width, int height, short[] labels, int count) {

    /**
     * The most labels, background included, that fit into 8 bits: 255 stands for pixels without any label elsewhere.
     */
    public static final int MOST_IN_A_BYTE = 255;

    /** @throws IllegalArgumentException if there are not as many labels as pixels */
    public SegmentedImage {
        if (labels.length != width * height)
            throw new IllegalArgumentException(labels.length + " labels for " + width + "×" + height + " pixels");
    }

    /** Whether labels are written in 16 bits. */
    public boolean isWide() {
        return count > MOST_IN_A_BYTE;
    }

    /**
     * Writes it as a PNG through a temporary name: 8 bits with a palette, or 16 bits of grey. The same content always
     * gives the same bytes.
     *
     * @param colours 0xRRGGBB of the labels from 0
     * @throws io.github.palimpsest.task.UserException if it cannot be written, naming the file
     */
    public void writePng(Path file, List<Integer> colours) {
        if (!isWide()) {
            new LabelImage(width, height, bytes()).write(file, colours);
            return;
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
        System.arraycopy(labels, 0, ((DataBufferUShort) image.getRaster().getDataBuffer()).getData(), 0, labels.length);
        PngFile.write(file, image);
    }

    /**
     * Writes it as a TIFF that ImageJ opens with its colours and calibration, through a temporary name. The same
     * content always gives the same bytes.
     *
     * @throws io.github.palimpsest.task.UserException if it cannot be written, naming the file
     */
    public void writeTiff(Path file, List<Integer> colours, Calibration calibration) {
        FileInfo info = new FileInfo();
        info.width = width;
        info.height = height;
        info.nImages = 1;
        if (isWide()) {
            info.fileType = FileInfo.GRAY16_UNSIGNED;
            info.pixels = labels;
        } else {
            info.fileType = FileInfo.COLOR8;
            info.pixels = bytes();
            info.lutSize = 256;
            info.reds = channel(colours, 16);
            info.greens = channel(colours, 8);
            info.blues = channel(colours, 0);
        }
        calibration.describe(info);
        // Not the version of this ImageJ: another one must write the same bytes.
        info.description = "ImageJ=1.54p\n" + calibration.descriptionLine() + "min=0.0\nmax="
                + (isWide() ? count - 1 : 255) + ".0\n";
        AtomicFile.write(file, TiffStack.bigEndianEncoder(info)::write);
    }

    private static byte[] channel(List<Integer> colours, int shift) {
        byte[] channel = new byte[256];
        for (int label = 0; label < 256; label++)
            channel[label] = (byte) (label < colours.size() ? colours.get(label) >> shift : 128);
        return channel;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[labels.length];
        for (int i = 0; i < bytes.length; i++)
            bytes[i] = (byte) labels[i];
        return bytes;
    }
}
