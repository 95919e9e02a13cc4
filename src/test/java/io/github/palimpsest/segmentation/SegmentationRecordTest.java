package io.github.palimpsest.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.store.RunFolder;

class SegmentationRecordTest {

    @ParameterizedTest
    @CsvSource({"runs/a, runs/a, .", "runs/a/../a, runs/a, .", "runs/a-psl, runs/a, ../a", "out/x/y, runs/a, ../../../runs/a",
            "runs, runs/a, a", "runs/a/psl, runs/a, .."})
    void theRunIsNamedFromTheResultAndFoundAgainWhenBothHaveMoved(Path result, Path run, String expected) {
        String path = SegmentationRecord.path(result, run);
        assertEquals(expected, path);
        SegmentationRecord record = new SegmentationRecord(1, "", path, Map.of(), "", "", 1, null, null, null, "", List.of(), null,
                List.of(), false);
        for (Path place : List.of(Path.of("here"), Path.of("/elsewhere")))
            assertEquals(place.resolve(run), record.run(new RunFolder(place.resolve(result))).root());
    }
}
