package io.github.palimpsest.dataset;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;

import javax.imageio.ImageIO;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

import io.github.palimpsest.task.UserException;

/** Reads images by ImageIO, strictly: what decoders only warn of, if pixels are lost, is an error here. */
final class ImageIoSamples {

    private ImageIoSamples() {}

    static ImageSize size(Path file) throws IOException {
        try (ImageInputStream stream = new FileImageInputStream(file.toFile())) {
            javax.imageio.ImageReader reader = reader(file, stream);
            try {
                return new ImageSize(reader.getWidth(0), reader.getHeight(0));
            } finally {
                reader.dispose();
            }
        }
    }

    static Samples read(Path file, long maxPixels) throws IOException {
        return read(file, 0, true, maxPixels);
    }

    /** One of the images of a file. */
    static Samples page(Path file, int number, long maxPixels) throws IOException {
        return read(file, number, false, maxPixels);
    }

    private static Samples read(Path file, int number, boolean alone, long maxPixels) throws IOException {
        try (ImageInputStream stream = new FileImageInputStream(file.toFile())) {
            javax.imageio.ImageReader reader = reader(file, stream);
            try {
                String format = reader.getFormatName().toLowerCase(Locale.ROOT);
                ImageReader.checkSize(file, reader.getWidth(number), reader.getHeight(number), maxPixels);
                boolean mayBeMany = format.startsWith("gif") || format.startsWith("tif");
                int images = alone && mayBeMany ? reader.getNumImages(true) : 1;
                if (images > 1)
                    throw ImageReader.stack(file, images);
                boolean[] cut = new boolean[1];
                reader.addIIOReadWarningListener((source, warning) -> cut[0] |= losesPixels(warning));
                BufferedImage image = decode(file, reader, number, format);
                if (cut[0])
                    throw new IOException("the file ends before the last pixel");
                if (format.startsWith("jp") && image.getRaster().getNumBands() == 4)
                    throw cmyk(file, null);
                return samples(file, image);
            } finally {
                reader.dispose();
            }
        }
    }

    private static boolean losesPixels(String warning) {
        String text = warning.toLowerCase(Locale.ROOT);
        return text.contains("truncated") || text.contains("premature") || text.contains("corrupt");
    }

    private static BufferedImage decode(Path file, javax.imageio.ImageReader reader, int number,
            String format) throws IOException {
        try {
            return reader.read(number);
        } catch (javax.imageio.IIOException e) {
            if (format.startsWith("jp") && String.valueOf(e.getMessage()).contains("Unsupported Image Type"))
                throw cmyk(file, e);
            throw e;
        }
    }

    private static UserException cmyk(Path file, Exception cause) {
        return new UserException("The image " + file + " is a JPEG in CMYK, the colours of printing: convert it to"
                + " RGB.", cause);
    }

    private static javax.imageio.ImageReader reader(Path file, ImageInputStream stream) {
        javax.imageio.ImageReader chosen = null;
        // Fiji brings further ImageIO plugins; the JDK's own come first so that images read the same everywhere.
        for (Iterator<javax.imageio.ImageReader> readers = ImageIO.getImageReaders(stream); readers.hasNext();) {
            javax.imageio.ImageReader reader = readers.next();
            if (chosen == null || reader.getClass().getName().startsWith("com.sun.imageio."))
                chosen = reader;
        }
        if (chosen == null)
            throw new UserException(file + " is not an image, whatever its name says: use PNG, JPEG, GIF, BMP or TIFF,"
                    + " or remove it.");
        chosen.setInput(stream, false, true);
        return chosen;
    }

    private static Samples samples(Path file, BufferedImage image) {
        int width = image.getWidth(), height = image.getHeight();
        ColorModel colors = image.getColorModel();
        Raster raster = image.getRaster();
        boolean deep = raster.getDataBuffer().getDataType() != DataBuffer.TYPE_BYTE;
        // Java would convert plain components to sRGB by a gamma or profile; like ImageJ, take the numbers as they are.
        if (colors instanceof ComponentColorModel) {
            int count = colors.getNumColorComponents();
            if (count != 1 && count != 3)
                throw new UserException("The image " + file + " has " + count
                        + " channels, but only grey and RGB images can be used: convert it to RGB or keep one"
                        + " channel.");
            float[][] channels = new float[count][width * height];
            for (int c = 0; c < count; c++)
                raster.getSamples(0, 0, width, height, c, channels[c]);
            return new Samples(width, height, channels, full(raster), deep, false);
        }
        float[][] channels = new float[3][width * height];
        int[] line = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, line, 0, width);
            for (int x = 0; x < width; x++)
                for (int c = 0; c < 3; c++)
                    channels[c][y * width + x] = line[x] >> 16 - 8 * c & 0xff;
        }
        return new Samples(width, height, channels, 255, false, false);
    }

    private static float full(Raster raster) {
        int type = raster.getDataBuffer().getDataType();
        if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE)
            return 1;
        return (1L << raster.getSampleModel().getSampleSize(0)) - 1;
    }
}
