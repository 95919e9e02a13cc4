package io.github.palimpsest.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.github.palimpsest.task.UserException;

/**
 * What can be told of an HDF5 file from its first bytes: whether it is one, and whether all of it is there. An HDF5 reader finds
 * a missing end only when it gets there, and then says it in terms of its own.
 */
final class Hdf5Envelope {

    private static final long SIGNATURE = 0x894844460d0a1a0aL;

    /** Where the superblock holds the file's end, for the versions 0 and 1, which h5py writes, and for 2 and 3. */
    private static final int END_IN_OLD_SUPERBLOCK = 40;
    private static final int END_IN_NEW_SUPERBLOCK = 28;

    private Hdf5Envelope() {}

    /**
     * Returns if the file is HDF5 and not cut short.
     *
     * @throws UserException otherwise, saying what it is instead
     */
    static void check(Path file) {
        fault(file).ifPresent(fault -> {
            throw bad(file, fault, null);
        });
    }

    /** What is wrong with the file, to follow its name in a sentence; empty if it is HDF5 and not cut short. */
    static Optional<String> fault(Path file) {
        if (Files.isDirectory(file))
            return Optional.of("is a folder");
        if (!Files.exists(file))
            return Optional.of("does not exist");
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            if (channel.size() == 0)
                return Optional.of("is empty");
            // What is not there stays zero, which is no signature.
            ByteBuffer head = ByteBuffer.allocate(48);
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // on to the next bytes
            }
            return Optional.ofNullable(fault(head, channel.size()));
        } catch (IOException e) {
            return Optional.of("cannot be read (" + reason(e) + ")");
        }
    }

    private static String fault(ByteBuffer head, long size) {
        boolean signed = head.getLong(0) == SIGNATURE;
        head.order(ByteOrder.LITTLE_ENDIAN);
        // safetensors: the length of a JSON text, then that text
        if (!signed)
            return head.get(8) == '{' && head.getLong(0) < size ? "is a safetensors file, not HDF5" : "is not an HDF5 file";
        if (size < head.capacity())
            return "is cut short: " + size + " bytes";
        boolean old = head.get(8) < 2;
        boolean wideAddresses = head.get(old ? 13 : 9) == Long.BYTES;
        long end = head.getLong(old ? END_IN_OLD_SUPERBLOCK : END_IN_NEW_SUPERBLOCK);
        return wideAddresses && size < end ? "is cut short: " + size + " bytes of " + end : null;
    }

    /** What all sentences about a file of weights have in common. */
    static UserException bad(Path file, String fault, Throwable cause) {
        return new UserException("The weight file " + file + " " + fault
            + ". Give weights= a Keras weight file (.h5) of this network without its top, or use weights=none.", cause);
    }

    static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
