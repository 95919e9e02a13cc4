package io.github.palimpsest.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Walks through a TIFF file's directories, which is done before any decoder sees the file: decoders follow a circle of
 * directories until memory runs out, and take memory for as many values as an entry claims to have.
 */
final class TiffDirectories {

    private static final int[] TYPE_BYTES = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
    private static final int ENTRY_BYTES = 12;

    private TiffDirectories() {}

    /**
     * The number of directories, one per image.
     *
     * @throws IOException if they go in a circle, are cut short or claim more values than the file holds
     */
    static int count(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteOrder order = read(channel, 0, 2, ByteOrder.BIG_ENDIAN).getShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN
                    : ByteOrder.BIG_ENDIAN;
            Set<Long> seen = new HashSet<>();
            long next = read(channel, 4, 4, order).getInt() & 0xffffffffL;
            while (next != 0) {
                if (!seen.add(next))
                    throw new IOException("its directories go in a circle");
                int entries = read(channel, next, 2, order).getShort() & 0xffff;
                ByteBuffer directory = read(channel, next + 2, entries * ENTRY_BYTES + 4, order);
                for (int entry = 0; entry < entries; entry++) {
                    int type = directory.getShort(entry * ENTRY_BYTES + 2) & 0xffff;
                    long values = directory.getInt(entry * ENTRY_BYTES + 4) & 0xffffffffL;
                    if (values * TYPE_BYTES[type < TYPE_BYTES.length ? type : 0] > channel.size())
                        throw new IOException("its directory claims more values than the file holds");
                }
                next = directory.getInt(entries * ENTRY_BYTES) & 0xffffffffL;
            }
            return seen.size();
        }
    }

    private static ByteBuffer read(SeekableByteChannel channel, long position, int bytes,
            ByteOrder order) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(order);
        channel.position(position);
        while (buffer.hasRemaining())
            if (channel.read(buffer) < 0)
                throw new EOFException("its directory is cut short");
        return buffer.flip();
    }
}
