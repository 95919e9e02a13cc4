package io.github.palimpsest.store;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Whether what a TIFF claims lies within the file. ImageJ's decoder believes every count and follows every pointer: a
 * damaged file could make it set aside gigabytes or run in circles.
 */
final class TiffBounds {

    private static final int DESCRIPTION = 270;
    private static final int METADATA_COUNTS = 50838;
    private static final int METADATA = 50839;
    private static final int[] BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
    private static final Pattern SEVERAL = Pattern.compile("ImageJ=[^\n]*\nimages=([2-9]|[1-9]\\d{1,5})\n.*",
            Pattern.DOTALL);

    private TiffBounds() {}

    static void require(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        try {
            directory(file);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("cut short", e);
        }
    }

    private static void directory(ByteBuffer file) throws IOException {
        short order = file.getShort();
        file.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (order != 0x4949 && order != 0x4d4d || file.getShort() != 42)
            throw new IOException("no TIFF");
        file.position(file.getInt());
        int entries = file.getShort() & 0xffff;
        String description = "";
        int counts = -1;
        int metadata = -1;
        int numberOfCounts = 0;
        for (int i = 0; i < entries; i++) {
            int tag = file.getShort() & 0xffff;
            int type = file.getShort() & 0xffff;
            long count = file.getInt() & 0xffffffffL;
            if (type == 0 || type >= BYTES.length)
                throw new IOException("unknown type of field");
            long length = count * BYTES[type];
            int place = length > 4 ? file.getInt(file.position()) : file.position();
            if (place < 0 || place + length > file.limit())
                throw new IOException("a field beyond the end");
            file.getInt();
            if (tag == DESCRIPTION)
                description = new String(file.array(), place, (int) length, StandardCharsets.ISO_8859_1);
            if (tag == METADATA_COUNTS) {
                counts = place;
                numberOfCounts = (int) count;
                if (BYTES[type] != 4)
                    throw new IOException("metadata of unknown length");
            }
            if (tag == METADATA) {
                metadata = place;
                if (counts < 0 || sum(file, counts, numberOfCounts) > length)
                    throw new IOException("metadata beyond the end");
            }
        }
        // The decoder stops at the first directory only where the description tells of several images.
        if (file.getInt() != 0 && !SEVERAL.matcher(description).matches())
            throw new IOException("not written by ImageJ");
        if (metadata >= 0)
            metadata(file, metadata, file.getInt(counts), numberOfCounts);
    }

    private static long sum(ByteBuffer file, int place, int count) throws IOException {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            int value = file.getInt(place + 4 * i);
            if (value < 0)
                throw new IOException("metadata of negative length");
            sum += value;
        }
        return sum;
    }

    /** The header of ImageJ's metadata: how many pieces there are of each kind. */
    private static void metadata(ByteBuffer file, int place, int headerLength, int numberOfCounts) throws IOException {
        long pieces = 0;
        for (int at = 4; at + 8 <= headerLength; at += 8) {
            int count = file.getInt(place + at + 4);
            if (count < 0)
                throw new IOException("a negative number of metadata");
            pieces += count;
        }
        if (pieces != numberOfCounts - 1)
            throw new IOException("metadata do not add up");
    }
}
