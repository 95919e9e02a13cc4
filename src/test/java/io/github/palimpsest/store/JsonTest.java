package io.github.palimpsest.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.task.UserException;

class JsonTest {

    enum Kind { HEAD, FULL }

    record Part(String name, List<Integer> sizes) {}

    record Whole(int count, double loss, Double precision, boolean done, Kind kind, Map<String, Part> parts, float[] weights) {
        Whole {
            if (count < 0)
                throw new IllegalArgumentException("count is negative");
        }
    }

    @TempDir
    Path folder;

    @Test
    void aRunRecordComesBackAsItWas() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("rounds", "auto");
        settings.put("delta", "0.2");
        Map<String, Double> byTag = new LinkedHashMap<>();
        byTag.put("sheep", 0.25);
        byTag.put("cow", 1.0 / 3);
        RunRecord record = new RunRecord(RunRecord.FORMAT, "Palimpsest 0.1", "train-ae", settings, "dl4j", "cpu", 2,
                "images", List.of("cow", "sheep"), List.of(1.5, 2.0, 3.25), List.of(new ImageRecord("a/細胞.png", "00ff", 320, 213, List.of("cow"))),
                List.of("b.png: <cut> & 'short'"), List.of(),
                List.of(new RoundRecord(1, true, 0.125, null, byTag, 0.1)), false);
        Path file = folder.resolve("run.json");
        Json.write(file, record);
        RunRecord read = Json.read(file, RunRecord.class);
        assertEquals(record, read);
        assertEquals(List.of("sheep", "cow"), List.copyOf(read.rounds().get(0).averagePrecisionByTag().keySet()));
        assertEquals(Json.text(record), Json.text(read));
    }

    record Later(int count, @OrNull Part part) {}

    @Test
    void whatIsNotKnownYetMayBeNullOnlyWhereThatIsSaid() {
        Path file = folder.resolve("later.json");
        for (Later later : List.of(new Later(1, null), new Later(1, new Part("a", List.of(2))))) {
            Json.write(file, later);
            assertEquals(later, Json.read(file, Later.class));
        }
        assertThrows(UserException.class, () -> Json.parse("{\"count\":1}", "later.json", Later.class), "absent is not null");
    }

    @Test
    void whatJsonLacksIsNullAndComesBackAsNaN() {
        String text = Json.text(new Whole(1, Double.NaN, Double.POSITIVE_INFINITY, true, Kind.HEAD, Map.of(),
                new float[] {1, Float.NaN}));
        assertTrue(text.contains("\"loss\": null") && text.contains("\"precision\": null"), text);
        Whole read = Json.parse(text, "a.json", Whole.class);
        assertTrue(Double.isNaN(read.loss()) && Float.isNaN(read.weights()[1]));
        assertNull(read.precision());
    }

    @Test
    void mapsWithoutAnOrderOfTheirOwnAreSorted() {
        Map<String, Integer> hashed = new HashMap<>();
        for (int i = 9; i >= 0; i--)
            hashed.put("k" + (i * 7919 % 10), i);
        Map<String, Integer> immutable = Map.copyOf(hashed);
        assertEquals(Json.text(new TreeMap<>(hashed)), Json.text(hashed));
        assertEquals(Json.text(hashed), Json.text(immutable));
    }

    @Test
    void whatTheTypeDoesNotKnowIsPassedOver() {
        assertEquals(new Part("a", List.of(1)), Json.parse("{\"name\":\"a\",\"later\":{},\"sizes\":[1]}", "x", Part.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
            "{'count':1}                                     | has no \"loss\"",
            "{'count':'1'}                                   | \"count\" must be a whole number",
            "{'count':1.5}                                   | \"count\" must be a whole number",
            "{'count':1e999999999}                           | \"count\" must be a whole number",
            "{'count':3000000000}                            | \"count\" must be a whole number",
            "{'count':null}                                  | \"count\" must not be null",
            "{'count':1,'loss':'x'}                          | \"loss\" must be a number",
            "{'count':1,'loss':[]}                           | \"loss\" must be a number",
            "{'count':1,'loss':1,'precision':null,'done':1}  | \"done\" must be true or false",
            "{'count':1,'loss':1,'precision':1,'done':true,'kind':'ALL'} | \"kind\" must be one of HEAD, FULL",
            "{'count':1,'loss':1,'precision':1,'done':true,'kind':'HEAD','parts':[]} | \"parts\" must be an object",
            "{'count':1,'loss':1,'precision':1,'done':true,'kind':'HEAD','parts':{'a':null}} | \"parts[\"a\"]\" must not be null",
            "{'count':1,'loss':1,'precision':1,'done':true,'kind':'HEAD','parts':{'a':{'name':'b','sizes':[1,2.5]}}} "
                    + "| \"parts[\"a\"].sizes[1]\" must be a whole number",
            "{'count':1,'loss':1,'precision':1,'done':true,'kind':'HEAD','parts':{'a':{'name':'b'}}} "
                    + "| has no \"parts[\"a\"].sizes\"",
            "{'count':-1,'loss':1,'precision':1,'done':true,'kind':'HEAD','parts':{},'weights':[]} | count is negative",
            "[]                                              | it must be an object",
            "null                                            | it must not be null",
            "3                                               | it must be an object",
            "{'count':1                                      | is not JSON (line 1 column",
            "{'count':1,}                                    | is not JSON (line 1 column",
            "{'count':NaN}                                   | is not JSON (line 1 column",
            "{'count':1} x                                   | is not JSON (line 1 column",
            "{'count':1} {}                                  | is not JSON",
            "{'count':1,'count':2}                           | has \"count\" twice",
            "/* count */ {}                                  | is not JSON",
    })
    void whatIsWrongIsSaidWithTheFileAndTheField(String json, String part) throws IOException {
        Path file = Files.writeString(folder.resolve("whole.json"), json.replace('\'', '"'));
        UserException e = assertThrows(UserException.class, () -> Json.read(file, Whole.class));
        assertTrue(e.getMessage().startsWith(file + " ") && e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void filesThatAreNoTextAreRefused() throws IOException {
        assertSentence(folder.resolve("absent.json"), "no such file");
        assertSentence(folder, "is a folder");
        assertSentence(Files.write(folder.resolve("latin.json"), new byte[] {'"', (byte) 0xe9, '"'}), "UTF-8");
        assertSentence(Files.writeString(folder.resolve("empty.json"), ""), "is not JSON");
    }

    @Test
    void nestingHoweverDeepIsRefusedAndDoesNotOverflowTheStack() throws IOException {
        assertSentence(Files.writeString(folder.resolve("a.json"), "[".repeat(5_000_000)), "nested more than 64 deep");
        assertSentence(Files.writeString(folder.resolve("b.json"), "{\"a\":".repeat(1_000_000)), "nested more than 64 deep");
    }

    record Newer(int count, @OrMissing Part part) {}

    @Test
    void whatOlderVersionsDidNotWriteMayBeMissingOnlyWhereThatIsSaid() {
        assertEquals(new Newer(1, null), Json.parse("{\"count\":1}", "older.json", Newer.class));
        assertEquals(new Newer(1, null), Json.parse(Json.text(new Newer(1, null)), "newer.json", Newer.class));
        Newer newer = new Newer(1, new Part("a", List.of(2)));
        assertEquals(newer, Json.parse(Json.text(newer), "newer.json", Newer.class));
        assertThrows(UserException.class, () -> Json.parse("{\"count\":1,\"part\":3}", "x", Newer.class), "but not be wrong");
    }

    private static void assertSentence(Path file, String part) {
        UserException e = assertThrows(UserException.class, () -> Json.read(file, Whole.class));
        assertTrue(e.getMessage().contains(file.toString()) && e.getMessage().contains(part), e.getMessage());
    }
}
