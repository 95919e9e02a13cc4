package io.github.palimpsest.store;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.github.palimpsest.tensor.Tensor;
import io.github.palimpsest.task.UserException;

/**
 * A safetensors file of 32-bit floats: eight bytes of length, a JSON header, and the data, little endian. Written
 * sorted by name, so that the same content always gives the same bytes. Also read are 64-bit floats (F64), 32-bit
 * integers (I32) and bytes (U8), all rounded to 32-bit floats.
 * <p>
 * A file from anywhere is safe to read: everything that its header claims is compared with the length of the file
 * before memory is set aside for it. Format: github.com/huggingface/safetensors.
 *
 * @param tensors by name, in the file's order
 * @param metadata free texts by name
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {

    private static final int BUFFER = 1 << 16;

    /**
     * @throws IllegalArgumentException if a name or a text is not Unicode and would not come back from UTF-8
     */
    public Safetensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors.keySet().forEach(Safetensors::requireUnicode);
        metadata.forEach((name, text) -> {
            requireUnicode(name);
            requireUnicode(text);
        });
    }

    /**
     * Writes it through a temporary name; the same content always gives the same bytes.
     *
     * @throws UserException if it cannot be written, naming the file
     */
    public void write(Path file) {
        AtomicFile.write(file, this::writeTo);
    }

    /** Writes it to a stream, such as an entry of an archive; the stream stays open. */
    public void writeTo(OutputStream out) throws IOException {
        Map<String, Tensor> sorted = new TreeMap<>(tensors);
        Map<String, int[]> shapes = new LinkedHashMap<>();
        sorted.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        byte[] header = SafetensorsHeader.write(shapes, new TreeMap<>(metadata));
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        out.write(buffer.putLong(header.length).array(), 0, 8);
        out.write(header);
        for (Tensor tensor : sorted.values()) {
            float[] data = tensor.data();
            for (int i = 0; i < data.length;) {
                int n = Math.min(BUFFER / 4, data.length - i);
                buffer.clear();
                buffer.asFloatBuffer().put(data, i, n);
                out.write(buffer.array(), 0, 4 * n);
                i += n;
            }
        }
    }

    /**
     * Reads a file.
     *
     * @throws UserException if the file is absent, truncated or malformed, naming it
     */
    public static Safetensors read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return readFrom(in, Files.size(file), file.toString());
        } catch (IOException e) {
            throw FileProblem.reading(file, e);
        }
    }

    /**
     * Reads from a stream, such as an entry of an archive.
     *
     * @param length bytes of the file
     * @param source the name of the file, for the sentence
     * @throws UserException if they are truncated or malformed, naming the source
     */
    public static Safetensors readFrom(InputStream in, long length, String source) throws IOException {
        DataInputStream data = new DataInputStream(in);
        SafetensorsHeader header = header(data, length, source);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        byte[] bytes = new byte[BUFFER];
        for (Map.Entry<String, SafetensorsHeader.Entry> named : header.tensors().entrySet()) {
            try {
                tensors.put(named.getKey(), tensor(data, named.getValue(), bytes));
            } catch (EOFException e) {
                throw bad(source, "is cut short");
            }
        }
        return new Safetensors(tensors, header.metadata());
    }

    /**
     * Reads what a file says of itself, without its data.
     *
     * @throws UserException if the file is absent, truncated or malformed, naming it
     */
    public static SafetensorsHeader readHeader(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return header(new DataInputStream(in), Files.size(file), file.toString());
        } catch (IOException e) {
            throw FileProblem.reading(file, e);
        }
    }

    /**
     * Reads what a file says of itself from a stream, such as an entry of an archive, without its data.
     *
     * @param length bytes of the file
     * @param source the name of the file, for the sentence
     * @throws UserException if they are truncated or malformed, naming the source
     */
    public static SafetensorsHeader readHeader(InputStream in, long length, String source) throws IOException {
        return header(new DataInputStream(in), length, source);
    }

    private static SafetensorsHeader header(DataInputStream in, long length, String source) throws IOException {
        if (length < 8)
            throw bad(source, "is only " + length + " bytes long and no safetensors file");
        try {
            long headerLength = Long.reverseBytes(in.readLong());
            if (headerLength < 0 || headerLength > length - 8)
                throw bad(source, "is cut short or no safetensors file: its header is longer than the file");
            if (headerLength > SafetensorsHeader.LONGEST)
                throw bad(source, "has a header of " + headerLength + " bytes, more than the format allows");
            byte[] json = new byte[(int) headerLength];
            in.readFully(json);
            return SafetensorsHeader.parse(json, length - 8 - headerLength);
        } catch (EOFException e) {
            throw bad(source, "is cut short");
        } catch (JsonTree.JsonException e) {
            throw bad(source, e.getMessage());
        }
    }

    private static Tensor tensor(DataInputStream in, SafetensorsHeader.Entry entry, byte[] bytes) throws IOException {
        Tensor tensor = Tensor.zeros(entry.shape().stream().mapToInt(Integer::intValue).toArray());
        float[] values = tensor.data();
        int size = SafetensorsHeader.bytes(entry.type());
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length;) {
            int n = Math.min(bytes.length / size, values.length - i);
            in.readFully(bytes, 0, n * size);
            buffer.clear();
            switch (entry.type()) {
                case "F32" -> buffer.asFloatBuffer().get(values, i, n);
                case "F64" -> {
                    for (int k = 0; k < n; k++)
                        values[i + k] = (float) buffer.getDouble();
                }
                case "I32" -> {
                    for (int k = 0; k < n; k++)
                        values[i + k] = buffer.getInt();
                }
                default -> {
                    for (int k = 0; k < n; k++)
                        values[i + k] = bytes[k] & 0xff;
                }
            }
            i += n;
        }
        return tensor;
    }

    private static UserException bad(String source, String predicate) {
        return new UserException(source + " " + predicate
                + ". Download or copy the file again, or delete it and run again.");
    }

    private static void requireUnicode(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text))
            throw new IllegalArgumentException("a name or text holds half a character: " + text);
    }
}
