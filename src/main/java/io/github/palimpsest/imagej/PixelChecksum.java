package io.github.palimpsest.imagej;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

import ij.ImagePlus;

/** What tells two images apart that were never saved. */
final class PixelChecksum {

    private static final String PREFIX = "pixels ";

    private PixelChecksum() {}

    /** The size of an image and the CRC-32 of all its pixels, as a text. */
    static String of(ImagePlus image) {
        CRC32 sum = new CRC32();
        for (int plane = 1; plane <= image.getStackSize(); plane++)
            sum.update(bytes(image.getStack().getPixels(plane)));
        return PREFIX + image.getWidth() + "x" + image.getHeight() + "x" + image.getStackSize() + " "
                + String.format("%08x", sum.getValue());
    }

    /** Whether a text is such a checksum. */
    static boolean is(String text) {
        return text.startsWith(PREFIX);
    }

    private static byte[] bytes(Object pixels) {
        if (pixels instanceof byte[] bytes)
            return bytes;
        ByteBuffer bytes;
        if (pixels instanceof short[] shorts) {
            bytes = ByteBuffer.allocate(Short.BYTES * shorts.length);
            bytes.asShortBuffer().put(shorts);
        } else if (pixels instanceof int[] colours) {
            bytes = ByteBuffer.allocate(Integer.BYTES * colours.length);
            bytes.asIntBuffer().put(colours);
        } else {
            float[] floats = (float[]) pixels;
            bytes = ByteBuffer.allocate(Float.BYTES * floats.length);
            bytes.asFloatBuffer().put(floats);
        }
        return bytes.array();
    }
}
