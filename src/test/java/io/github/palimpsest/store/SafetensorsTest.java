package io.github.palimpsest.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

class SafetensorsTest {

    @TempDir
    Path folder;

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        Path file = folder.resolve("a.safetensors");
        new Safetensors(Map.of("w", Tensor.of(new float[] {1, -2}, 1, 2)), Map.of("k", "v")).write(file);
        String header = "{\"__metadata__\":{\"k\":\"v\"},\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
        header += " ".repeat((8 - header.length() % 8) % 8);
        byte[] expected = bytes(header.length(), header, 1, -2);
        assertArrayEquals(expected, Files.readAllBytes(file));
        assertEquals(0, header.length() % 8);
    }

    @Test
    void everyKindOfTensorComesBackToTheByte() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("z", Tensor.zeros(3, 20_011));
        tensors.put("細胞/\"quoted\"\n", Tensor.of(new float[] {Float.NaN, Float.MIN_VALUE, -0f, Float.NEGATIVE_INFINITY}, 2, 2));
        tensors.put("scalar", Tensor.of(new float[] {4}));
        tensors.put("empty", Tensor.zeros(0, 5));
        tensors.put("", Tensor.of(new float[] {1}, 1));
        Safetensors written = new Safetensors(tensors, Map.of("é", "ü", "a", ""));
        Path file = folder.resolve("a");
        written.write(file);
        Safetensors read = Safetensors.read(file);
        assertEquals(tensors, read.tensors());
        assertEquals(written.metadata(), read.metadata());
        Path again = folder.resolve("b");
        read.write(again);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
        SafetensorsHeader header = Safetensors.readHeader(file);
        assertEquals(tensors.keySet(), header.tensors().keySet());
        assertEquals(List.of(3, 20_011), header.tensors().get("z").shape());
        assertEquals(written.metadata(), header.metadata());
    }

    @Test
    void nothingAtAllIsAFileToo() {
        Path file = folder.resolve("a");
        new Safetensors(Map.of(), Map.of()).write(file);
        assertTrue(Safetensors.read(file).tensors().isEmpty());
    }

    @Test
    void otherNumbersAreReadAsFloats() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(8 + 8 + 2).order(ByteOrder.LITTLE_ENDIAN);
        data.putDouble(0.1).putInt(-3).putInt(1 << 20).put((byte) 255).put((byte) 1);
        Path file = folder.resolve("a");
        Files.write(file, bytes(-1, "{'b':{'dtype':'U8','shape':[2],'data_offsets':[16,18]},"
                + "'d':{'dtype':'F64','shape':[],'data_offsets':[0,8]},"
                + "'i':{'dtype':'I32','shape':[2,1],'data_offsets':[8,16]}}", data.array()));
        Map<String, Tensor> tensors = Safetensors.read(file).tensors();
        assertEquals(List.of("d", "i", "b"), List.copyOf(tensors.keySet()));
        assertArrayEquals(new float[] {0.1f}, tensors.get("d").data());
        assertArrayEquals(new float[] {-3, 1 << 20}, tensors.get("i").data());
        assertArrayEquals(new float[] {255, 1}, tensors.get("b").data());
    }

    @Test
    void goldenFilesAreRead() {
        Path golden = Path.of("../shared/golden/crf_small_exact_and_lattice.safetensors");
        assumeTrue(Files.exists(golden));
        Tensor unary = Safetensors.read(golden).tensors().get("unary");
        assertTrue(unary.hasShape(2, 1536));
    }

    @Test
    void namesThatAreNoUnicodeAreNotWritten() {
        Map<String, Tensor> tensors = Map.of("\ud800", Tensor.of(new float[1]));
        assertThrows(IllegalArgumentException.class, () -> new Safetensors(tensors, Map.of()));
    }

    /** The header, single quotes for double ones; the length it claims (-1: the true one); bytes of data; what is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
            "{}                                                           | 9223372036854775807  | 0 | header is longer than the file",
            "{}                                                           | -2                   | 0 | header is longer than the file",
            "{}                                                           | 3                    | 0 | header is longer than the file",
            "{}                                                           | 0                    | 0 | does not begin with",
            "[]                                                           | -1                   | 0 | does not begin with",
            "{                                                            | -1                   | 0 | is not JSON",
            "{}                                                           | -1                   | 4 | 4 bytes too many",
            "{'a':1}                                                      | -1                   | 0 | does not describe its tensor \"a\"",
            "{'a':{}}                                                     | -1                   | 0 | type of its tensor \"a\"",
            "{'a':{'dtype':'F16','shape':[2],'data_offsets':[0,4]}}       | -1                   | 4 | of type F16",
            "{'a':{'dtype':32,'shape':[1],'data_offsets':[0,4]}}          | -1                   | 4 | type of its tensor",
            "{'a':{'dtype':'F32','data_offsets':[0,4]}}                   | -1                   | 4 | shape of its tensor",
            "{'a':{'dtype':'F32','shape':1,'data_offsets':[0,4]}}         | -1                   | 4 | shape of its tensor",
            "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}      | -1                   | 4 | whole numbers",
            "{'a':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}}     | -1                   | 4 | whole numbers",
            "{'a':{'dtype':'F32','shape':[1e999999999],'data_offsets':[0,4]}} | -1               | 4 | whole numbers",
            "{'a':{'dtype':'F32','shape':['1'],'data_offsets':[0,4]}}     | -1                   | 4 | whole numbers",
            "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0]}}         | -1                   | 4 | begins and ends",
            "{'a':{'dtype':'F32','shape':[1]}}                            | -1                   | 4 | place of its tensor",
            "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}       | -1                   | 4 | ends before it begins",
            "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}       | -1                   | 4 | in 4 bytes instead of 8",
            "{'a':{'dtype':'F32','shape':[],'data_offsets':[0,0]}}        | -1                   | 0 | in 0 bytes instead of 4",
            "{'a':{'dtype':'F32','shape':[500000000],'data_offsets':[0,2000000000]}} | -1        | 4 | is cut short",
            "{'a':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,0]}} | -1               | 0 | too large",
            "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}} | -1     | 0 | too large",
            "{'a':{'dtype':'F32','shape':[2147483647,2147483647,2147483647,0],'data_offsets':[0,0]}} | -1 | 0 | too large",
            "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}       | -1                   | 8 | unused bytes",
            "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} "
                    + "| -1 | 4 | overlaps",
            "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} "
                    + "| -1 | 8 | overlaps",
            "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} "
                    + "| -1 | 4 | \"a\" twice",
            "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'shape':[1]}} | -1             | 4 | \"shape\" twice",
            "{'__metadata__':{'a':1}}                                     | -1                   | 0 | no text",
            "{'__metadata__':[]}                                          | -1                   | 0 | metadata",
            "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}x      | -1                   | 4 | is not JSON",
    })
    void whatIsWrongIsSaidWithTheFile(String header, long length, int data, String part) throws IOException {
        Path file = Files.write(folder.resolve("bad.safetensors"), bytes(length, header, new byte[data]));
        assertSentence(file, part);
    }

    @Test
    void depthCountAndLengthBombsAreRefused() throws IOException {
        assertSentence(Files.write(folder.resolve("a"), bytes(-1, "{'a':" + "[".repeat(1_000_000), new byte[0])), "nested");
        assertSentence(Files.write(folder.resolve("b"), new byte[7]), "only 7 bytes");
        assertSentence(Files.write(folder.resolve("c"), new byte[0]), "only 0 bytes");
        assertSentence(Files.write(folder.resolve("d"), bytes(-1, "{\u0001", new byte[0])), "is not JSON");
        assertSentence(folder.resolve("absent"), "no such file");
        assertSentence(folder, "is a folder");
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        Path file = folder.resolve("a");
        new Safetensors(Map.of("w", Tensor.zeros(3), "v", Tensor.zeros(2, 2)), Map.of("k", "v")).write(file);
        byte[] whole = Files.readAllBytes(file);
        for (int n = 0; n < whole.length; n++) {
            Files.write(file, Arrays.copyOf(whole, n));
            assertThrows(UserException.class, () -> Safetensors.read(file));
        }
    }

    private static void assertSentence(Path file, String part) {
        for (var read : List.<Consumer<Path>>of(Safetensors::read, Safetensors::readHeader)) {
            long before = allocated();
            UserException e = assertThrows(UserException.class, () -> read.accept(file));
            assertTrue(allocated() - before < 32 << 20, "memory was set aside before the file was refused");
            assertTrue(e.getMessage().contains(file.toString()) && e.getMessage().contains(part), e.getMessage());
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static byte[] bytes(long length, String header, float... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values)
            data.putFloat(value);
        return bytes(length, header, data.array());
    }

    private static byte[] bytes(long length, String header, byte[] data) {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return file.putLong(length == -1 ? json.length : length).put(json).put(data).array();
    }
}
