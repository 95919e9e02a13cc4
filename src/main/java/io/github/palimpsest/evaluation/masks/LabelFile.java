package io.github.palimpsest.evaluation.masks;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

import io.github.palimpsest.task.UserException;

/**
 * An image whose values are labels: PNG or TIFF of one channel, grey or with a palette, of up to 16 bits.
 *
 * @param path of the file
 * @param kind what it is called in sentences, such as "mask"
 * @param meaning what its values are, in sentences, such as "the lines of classes.txt"
 */
record LabelFile(Path path, String kind, String meaning) {

    /** A size in pixels. */
    record Size(int width, int height) {

        @Override
        public String toString() {
            return width + "×" + height;
        }
    }

    /** A file that is absent, damaged or no image; the message is a sentence for the user. */
    static final class UnreadableException extends IOException {

        private static final long serialVersionUID = 1L;

        UnreadableException(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }

    private interface Reading<T> {
        T of(ImageReader reader) throws IOException;
    }

    /**
     * What the header says.
     *
     * @throws UnreadableException if there is no readable image
     */
    Size size() throws UnreadableException {
        return reading(reader -> new Size(reader.getWidth(0), reader.getHeight(0)));
    }

    /**
     * The values, row-major; the indices where there is a palette. Compare {@link #size} before: a header may claim
     * more pixels than memory holds.
     *
     * @throws UnreadableException if there is no readable image
     * @throws UserException if it is one whose values are no labels
     */
    int[] values() throws UnreadableException {
        Raster raster = reading(reader -> reader.read(0).getRaster());
        if (raster.getNumBands() != 1)
            throw new UserException("The " + kind + " " + path + " is a colour image, which does not say what class a "
                    + "pixel is. Save it as 8-bit grey or with a palette, its values being " + meaning + ".");
        int type = raster.getDataBuffer().getDataType();
        if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE)
            throw new UserException("The " + kind + " " + path + " holds decimals, not labels. Save it as 8-bit or "
                    + "16-bit grey, its values being " + meaning + ".");
        return raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (int[]) null);
    }

    private <T> T reading(Reading<T> reading) throws UnreadableException {
        try (ImageInputStream in = ImageIO.createImageInputStream(path.toFile())) {
            Iterator<ImageReader> readers = in == null ? null : ImageIO.getImageReaders(in);
            if (readers == null || !readers.hasNext())
                throw new IOException("not an image");
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return reading.of(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) { // decoders of broken files run over array bounds and the like
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new UnreadableException("Cannot read the " + kind + " " + path + ": " + reason
                    + ". Replace or remove it.", e);
        }
    }
}
