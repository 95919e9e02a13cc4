package io.github.palimpsest.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;

import io.github.palimpsest.task.CancelledException;

/**
 * Rows of floats that may be more than memory holds, such as the features of every image: the first rows stay in memory
 * up to a cap, the others go to a file of 32-bit little-endian floats. Rows are appended by one thread at a time; those
 * already there can be read by any number of threads meanwhile. The file is scratch: it is overwritten at the start and
 * deleted at the end.
 * <p>
 * The file is read piece by piece and never mapped, so that its pages do not count as the program's memory.
 */
public final class FeatureFile implements AutoCloseable {

    private static final int BUFFER = 1 << 18;
    private static final int CHUNK_BYTES = 1 << 22;

    private final Path file;
    private final FileChannel channel;
    private final int columns;
    private final long heldRows;
    private final int chunkRows;
    private final float[][] chunks;
    // Written last by append, read first by read: rows below it are visible to every thread.
    private volatile long rows;

    private FeatureFile(Path file, FileChannel channel, int columns, long memory) {
        this.file = file;
        this.channel = channel;
        this.columns = columns;
        heldRows = memory / (4L * columns);
        chunkRows = Math.max(1, CHUNK_BYTES / 4 / columns);
        chunks = new float[Math.toIntExact((heldRows + chunkRows - 1) / chunkRows)][];
    }

    /**
     * An empty file that holds nothing in memory.
     *
     * @see #create(Path, int, long)
     */
    public static FeatureFile create(Path file, int columns) {
        return create(file, columns, 0);
    }

    /**
     * An empty file; parent folders are made.
     *
     * @param columns floats in a row, at least 1
     * @param memory bytes of rows that may stay in memory
     * @throws io.github.palimpsest.task.UserException if it cannot be written
     */
    public static FeatureFile create(Path file, int columns, long memory) {
        if (columns < 1 || memory < 0)
            throw new IllegalArgumentException(columns + " columns, " + memory + " bytes of memory");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ, StandardOpenOption.WRITE);
            return new FeatureFile(file, channel, columns, memory);
        } catch (IOException e) {
            throw FileProblem.writing(file, e);
        }
    }

    /** Floats in a row. */
    public int columns() {
        return columns;
    }

    /** Rows so far. */
    public long rows() {
        return rows;
    }

    /**
     * Adds rows at the end.
     *
     * @param values row after row, at least {@code count × columns}
     * @param count of rows
     * @throws io.github.palimpsest.task.UserException if the disk is full or gone
     * @throws CancelledException if the thread was interrupted
     */
    public synchronized void append(float[] values, int count) {
        int length = Math.multiplyExact(count, columns);
        Objects.checkFromIndexSize(0, length, values.length);
        long row = rows;
        int done = 0;
        for (; done < count && row + done < heldRows; done++) {
            int chunk = (int) ((row + done) / chunkRows);
            if (chunks[chunk] == null)
                chunks[chunk] = new float[(int) Math.min(chunkRows, heldRows - (long) chunk * chunkRows) * columns];
            System.arraycopy(values, done * columns, chunks[chunk], (int) ((row + done) % chunkRows) * columns,
                    columns);
        }
        try {
            write(values, done * columns, length, (row + done - heldRows) * columns * 4);
        } catch (ClosedByInterruptException e) {
            throw new CancelledException();
        } catch (IOException e) {
            throw FileProblem.writing(file, e);
        }
        rows = row + count;
    }

    /**
     * Reads rows that were appended.
     *
     * @param firstRow from 0
     * @param count of rows
     * @param into receives {@code count × columns} floats
     * @param offset of the first of them
     * @throws IndexOutOfBoundsException if there are no such rows, or no room for them
     * @throws io.github.palimpsest.task.UserException if the disk is gone
     * @throws CancelledException if the thread was interrupted
     */
    public void read(long firstRow, int count, float[] into, int offset) {
        Objects.checkFromIndexSize(firstRow, (long) count, rows);
        int length = Math.multiplyExact(count, columns);
        Objects.checkFromIndexSize(offset, length, into.length);
        int done = 0;
        for (; done < count && firstRow + done < heldRows; done++) {
            long row = firstRow + done;
            System.arraycopy(chunks[(int) (row / chunkRows)], (int) (row % chunkRows) * columns, into,
                    offset + done * columns, columns);
        }
        try {
            read(into, offset + done * columns, offset + length, (firstRow + done - heldRows) * columns * 4);
        } catch (ClosedByInterruptException e) {
            throw new CancelledException();
        } catch (IOException e) {
            throw FileProblem.reading(file, e);
        }
    }

    private void write(float[] values, int from, int to, long place) throws IOException {
        ByteBuffer buffer = buffer(to - from);
        for (int i = from; i < to;) {
            int n = Math.min(to - i, buffer.capacity() / 4);
            buffer.clear().limit(4 * n);
            buffer.asFloatBuffer().put(values, i, n);
            while (buffer.hasRemaining())
                place += channel.write(buffer, place);
            i += n;
        }
    }

    private void read(float[] values, int from, int to, long place) throws IOException {
        ByteBuffer buffer = buffer(to - from);
        for (int i = from; i < to;) {
            int n = Math.min(to - i, buffer.capacity() / 4);
            buffer.clear().limit(4 * n);
            while (buffer.hasRemaining()) {
                int got = channel.read(buffer, place);
                if (got < 0)
                    throw new IOException("it has become shorter");
                place += got;
            }
            buffer.flip();
            buffer.asFloatBuffer().get(values, i, n);
            i += n;
        }
    }

    private static ByteBuffer buffer(int floats) {
        return ByteBuffer.allocate(Math.min(BUFFER, 4 * Math.min(floats, BUFFER))).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Lets go of the memory and deletes the file. */
    @Override
    public void close() {
        Arrays.fill(chunks, null);
        try {
            channel.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw FileProblem.writing(file, e);
        }
    }
}
