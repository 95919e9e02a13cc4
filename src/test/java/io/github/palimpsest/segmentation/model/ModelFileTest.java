package io.github.palimpsest.segmentation.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.palimpsest.store.Safetensors;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

class ModelFileTest {

    private static final String JSON = "model.json";
    private static final String WEIGHTS = "weights.safetensors";

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("model.palimpsest");
        SmallModel.model().write(file);
    }

    @Test
    void comesBackAsItWas() {
        SegmentationModel model = SmallModel.model();
        SegmentationModel read = SegmentationModel.open(file);
        assertEquals(model.description(), read.description());
        assertEquals(model.weights(), read.weights());
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        Path again = folder.resolve("again.palimpsest");
        SegmentationModel.open(file).write(again);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
    }

    @Test
    void holdsADescriptionForPeopleAndPlainWeights() throws IOException {
        Map<String, byte[]> entries = entries(file);
        assertEquals(List.of(JSON, WEIGHTS), List.copyOf(entries.keySet()));
        String json = new String(entries.get(JSON), StandardCharsets.UTF_8);
        for (String part : List.of("\"disc\"", "\"ring\"", "\"#000000\"", "\"small\"", "\"multi_depth\"",
                "\"plus_minus_one\"", "\"seed\": \"1\""))
            assertTrue(json.contains(part), part + " in " + json);
    }

    @Test
    void compressedFilesOpenToo() throws IOException {
        zip(entries(file));
        assertEquals(SmallModel.model().weights(), SegmentationModel.open(file).weights());
    }

    @Test
    void weightsOfAnotherNetworkAreNotWritten() {
        SegmentationModel model = SmallModel.model();
        Map<String, Tensor> fewer = new LinkedHashMap<>(model.weights());
        fewer.remove("tags/bias");
        SegmentationModel wrong = new SegmentationModel(model.description(), fewer);
        assertThrows(IllegalArgumentException.class, () -> wrong.write(folder.resolve("wrong.palimpsest")));
    }

    // ---- files that are refused

    /** What is done to the entries of a good file. */
    private interface Damage {
        Map<String, byte[]> to(Map<String, byte[]> entries) throws IOException;
    }

    private static Damage json(UnaryOperator<String> change) {
        return entries -> {
            String before = new String(entries.get(JSON), StandardCharsets.UTF_8);
            String after = change.apply(before);
            assertTrue(!after.equals(before), "the text that was to be changed is there");
            entries.put(JSON, after.getBytes(StandardCharsets.UTF_8));
            return entries;
        };
    }

    private static Damage replaced(String pattern, String by) {
        return json(text -> text.replaceFirst(pattern, by));
    }

    private static Damage weights(UnaryOperator<Map<String, Tensor>> change) {
        return entries -> {
            Safetensors read = Safetensors.readFrom(new ByteArrayInputStream(entries.get(WEIGHTS)),
                    entries.get(WEIGHTS).length, "test");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new Safetensors(change.apply(new LinkedHashMap<>(read.tensors())), Map.of()).writeTo(bytes);
            entries.put(WEIGHTS, bytes.toByteArray());
            return entries;
        };
    }

    private static Damage with(String name, byte[] content) {
        return entries -> {
            entries.put(name, content);
            return entries;
        };
    }

    private static Damage without(String name) {
        return entries -> {
            entries.remove(name);
            return entries;
        };
    }

    private static Map<String, Tensor> put(Map<String, Tensor> weights, String name, Tensor tensor) {
        weights.put(name, tensor);
        return weights;
    }

    private static Map<String, Tensor> spoilt(Map<String, Tensor> weights, float value) {
        weights.get("tags/kernel").data()[3] = value;
        return weights;
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                Arguments.of("no description", without(JSON), "holds no model.json"),
                Arguments.of("no weights", without(WEIGHTS), "holds no weights.safetensors"),
                Arguments.of("something else", with("run.sh", new byte[9]), "\"run.sh\", which is no part"),
                Arguments.of("a way out", with("../../etc/passwd", new byte[9]),
                        "\"../../etc/passwd\", which is no part"),
                Arguments.of("a folder", with("model.json/", new byte[0]), "\"model.json/\", which is no part"),
                Arguments.of("a huge description", with(JSON, new byte[(1 << 20) + 1]), "more than any model has"),
                Arguments.of("a bomb of zeros", with(WEIGHTS, new byte[1 << 26]), "bytes of weights, where"),
                Arguments.of("few weights", with(WEIGHTS, new byte[100]), "bytes of weights, where"),
                Arguments.of("no JSON", with(JSON, "format: 1".getBytes()), "model.json in "),
                Arguments.of("no UTF-8", with(JSON, new byte[] {'{', (byte) 0xff, '}'}), "not in UTF-8"),
                Arguments.of("deep JSON", with(JSON, "[".repeat(100_000).getBytes()), "model.json in "),
                Arguments.of("future format", replaced("\"format\": 1", "\"format\": 2"), "newer version"),
                Arguments.of("future format of other shape", with(JSON, "{\"format\": 9}".getBytes()),
                        "Install the newest"),
                Arguments.of("format 0", replaced("\"format\": 1", "\"format\": 0"), "which never was"),
                Arguments.of("no format", replaced("\"format\": 1,", ""), "has no \"format\""),
                Arguments.of("format as text", replaced("\"format\": 1", "\"format\": \"1\""), "whole number"),
                Arguments.of("unknown backbone", replaced("\"small\"", "\"resnet\""), "no network named \"resnet\""),
                Arguments.of("unknown stride", replaced("\"stride\": 4", "\"stride\": 3"), "no output stride 3"),
                Arguments.of("unknown head", replaced("\"multi_depth\"", "\"unet\""), "no head named \"unet\""),
                Arguments.of("no tags", json(text -> text.replaceFirst("\"disc\",\\s*\"ring\"", "")), "names no tags"),
                Arguments.of("a tag twice", replaced("\"ring\"", "\"disc\""), "the tag disc twice"),
                Arguments.of("an empty tag", replaced("\"ring\"", "\" \""), "empty or longer"),
                Arguments.of("too many tags", json(ModelFileTest::manyTags), "more than"),
                Arguments.of("a tag more than weights", replaced("\"ring\"", "\"ring\", \"rod\""), "3 colours for"),
                Arguments.of("a colour that is none", replaced("\"#000000\"", "\"black\""), "not of the form #rrggbb"),
                Arguments.of("four channels", replaced("\"channels\": 3", "\"channels\": 4"), "4 channels"),
                Arguments.of("other pixels", replaced("plus_minus_one", "caffe"), "prepares pixels"),
                Arguments.of("percentiles", replaced("99.5", "0.1"), "Percentiles"),
                Arguments.of("scale 0", replaced("\"scale\": 1.0", "\"scale\": 0"), "at the scale 0.0"),
                Arguments.of("scale NaN", replaced("\"scale\": 1.0", "\"scale\": null"), "at the scale NaN"),
                Arguments.of("tags at scale 0", replaced("\"tagScale\": null", "\"tagScale\": 0"), "for tags at the scale 0.0"),
                Arguments.of("threshold 2", replaced("\"tagThreshold\": 0.0", "\"tagThreshold\": 2"),
                        "threshold of 2.0"),
                Arguments.of("endless CRF", replaced("\"iterations\": 2", "\"iterations\": 2000000"), "iterations"),
                Arguments.of("weights missing",
                        weights(w -> put(put(w, "tags/bias", Tensor.zeros(0)), "more", w.remove("tags/bias"))),
                        "lacks the weights tags/bias"),
                Arguments.of("weights too many", weights(w -> put(w, "more", Tensor.zeros(2))),
                        "\"more\" that its network"),
                Arguments.of("weights of another shape",
                        weights(w -> put(w, "tags/kernel", w.get("tags/kernel").reshape(64, 2, 1, 1))),
                        "of shape [64, 2, 1, 1]"),
                Arguments.of("not a number", weights(w -> spoilt(w, Float.NaN)), "not all numbers"),
                Arguments.of("infinity", weights(w -> spoilt(w, Float.NEGATIVE_INFINITY)), "not all numbers"));
    }

    private static String manyTags(String text) {
        StringBuilder tags = new StringBuilder("\"disc\"");
        for (int i = 0; i < 0xffff; i++)
            tags.append(",\"t").append(i).append('"');
        return text.replace("\"disc\"", tags);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void damagedFilesAreRefusedInASentence(String what, Damage damage, String said) throws IOException {
        zip(damage.to(entries(file)));
        assertRefused(said);
    }

    private void assertRefused(String said) {
        String sentence = assertThrows(UserException.class, () -> SegmentationModel.open(file)).getMessage();
        assertTrue(sentence.contains(said), sentence);
        assertTrue(sentence.contains(file.toString()), sentence);
        assertTrue(sentence.endsWith("."), sentence);
        assertTrue(sentence.length() < 600, sentence);
    }

    @Test
    void filesThatAreNoZipAreRefused() throws IOException {
        Files.writeString(file, "PK, but no zip");
        assertRefused("no zip file");
        Files.write(file, new byte[0]);
        assertRefused("no zip file");
    }

    @Test
    void filesCutShortAnywhereAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = whole.length - 1; length > 0; length = length * 2 / 3) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused("no zip file");
        }
    }

    @Test
    void aFlippedBitIsNoticed() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertRefused("checksum");
    }

    @Test
    void missingFilesAndFoldersAreRefused() {
        file = folder.resolve("missing.palimpsest");
        assertRefused("There is no model");
        file = folder;
        assertRefused("is a folder");
    }

    @Test
    void anEntryThatIsThereTwiceIsRefused() throws IOException {
        Map<String, byte[]> entries = entries(file);
        entries.put("model.jsoN", entries.get(JSON));
        zip(entries);
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Files.write(file, text.replace("model.jsoN", JSON).getBytes(StandardCharsets.ISO_8859_1));
        assertRefused("holds model.json twice");
    }

    /** A zip whose directory claims less than there is: reading must stop where the claim ends. */
    @Test
    void anEntryLongerThanItSaysIsRefused() throws IOException {
        Map<String, byte[]> entries = entries(file);
        entries.put(JSON, Arrays.copyOf(entries.get(JSON), entries.get(JSON).length + 50_000));
        zip(entries);
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length - 46; at++)
            if (bytes[at] == 'P' && bytes[at + 1] == 'K' && bytes[at + 2] == 1 && bytes[at + 3] == 2
                    && new String(bytes, at + 46, JSON.length(), StandardCharsets.ISO_8859_1).equals(JSON)) {
                int honest = entries.get(JSON).length - 50_000;
                for (int b = 0; b < 4; b++)
                    bytes[at + 24 + b] = (byte) (honest >> 8 * b);
            }
        Files.write(file, bytes);
        assertRefused("more of model.json than it says");
    }

    private static Map<String, byte[]> entries(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null;)
                entries.put(entry.getName(), zip.readAllBytes());
        }
        return entries;
    }

    private void zip(Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }
}
