package io.github.palimpsest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonObject;

import io.github.palimpsest.dataset.sample.SampleFolder;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

class EvaluateTest {

    @TempDir
    Path temp;

    /** Masks predict themselves. */
    @BeforeEach
    void drawTheSampleAndItsPredictions() throws IOException {
        SampleFolder.write(temp.resolve("sample"), 12, 128, 4, Progress.silent());
        Path predictions = Files.createDirectories(temp.resolve("predictions"));
        try (Stream<Path> masks = Files.list(temp.resolve("sample/masks"))) {
            for (Path mask : masks.filter(file -> file.toString().endsWith(".png")).toList())
                Files.copy(mask, predictions.resolve(mask.getFileName() + ".png"));
        }
        StringBuilder legend = new StringBuilder("value,tag,colour\n");
        List<String> classes = Files.readAllLines(temp.resolve("sample/classes.txt"));
        for (int value = 0; value < classes.size(); value++)
            legend.append(value).append(',').append(classes.get(value)).append(",#000000\n");
        Files.writeString(predictions.resolve("legend.csv"), legend);
    }

    @Test
    void itWritesNumbersAndAPicture() {
        assertEquals(12, evaluate(Map.of()).get("images").getAsInt());
        for (String file : List.of("scores.csv", "confusion.csv", "confusion.png"))
            assertTrue(Files.exists(temp.resolve("scores").resolve(file)), file);
    }

    @Test
    void aSplitIsScoredAlone() throws IOException {
        long val = Files.readAllLines(temp.resolve("sample/split.csv")).stream()
                .filter(l -> l.endsWith(",val")).count();
        JsonObject scores = evaluate(Map.of("images", temp.resolve("sample").toString(), "split", "val"));
        assertEquals(val, scores.get("images").getAsInt());
        assertEquals(1, scores.get("miou").getAsDouble());
        assertEquals(0, scores.get("masks_without_prediction").getAsInt());
    }

    @Test
    void aSplitNeedsTheImagesThatItSplits() {
        UserException e = assertThrows(UserException.class, () -> evaluate(Map.of("split", "val")));
        assertTrue(e.getMessage().contains("needs images="), e.getMessage());
        assertFalse(Files.exists(temp.resolve("scores")));
    }

    private JsonObject evaluate(Map<String, String> more) {
        Map<String, String> inputs = new LinkedHashMap<>(more);
        inputs.put("predictions", temp.resolve("predictions").toString());
        inputs.put("masks", temp.resolve("sample/masks").toString());
        inputs.put("output", temp.resolve("scores").toString());
        CommandDefinition.named("evaluate").create(inputs).perform(Progress.silent());
        return Json.read(temp.resolve("scores/scores.json"), JsonObject.class);
    }
}
