package io.github.palimpsest.segmentation.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/** A run of two merged rounds and one that was not. */
class AccumulatedMapsTest {

    @TempDir
    private Path folder;
    private WrittenRun written;
    private ImageRecord both;
    private ImageRecord none;
    private AccumulatedMaps maps;

    @BeforeEach
    void threeRounds() {
        written = new WrittenRun(folder, "cat", "dog");
        both = written.image("a/both.png", 4, 2, "cat", "dog");
        none = written.image("none.png", 4, 2);
        written.round(true);
        written.round(true);
        written.round(false);
        written.cam(1, both, 2, 4, 2, 0, 1, 0, 5, 0, 0);
        written.cam(2, both, 2, 0, 2, 2, -1, 0, 0, 0, 0);
        written.cam(3, both, 2, 9, 9, 9, 9, 9, 9, 9, 9);
        written.regions(both, "11200000", "01120003");
        maps = new AccumulatedMaps(written.run, written.record());
    }

    @Test
    void oneRoundIsItsMapsEachDividedByItsOwnMaximum() {
        assertEquals(Tensor.of(new float[] {1, .5f, 0, .25f, 0, 1, 0, 0}, 2, 2, 2), maps.maps(both, 1));
    }

    @Test
    void moreRoundsAreTheirMaximum() {
        assertEquals(Tensor.of(new float[] {1, 1, 1, .25f, 0, 1, 0, 0}, 2, 2, 2), maps.maps(both, 2));
    }

    @Test
    void aRoundThatWasNotMergedDoesNotCount() {
        assertEquals(2, maps.rounds());
        assertEquals(2, maps.resolve(0));
        String sentence = assertThrows(UserException.class, () -> maps.resolve(3)).getMessage();
        assertTrue(sentence.contains("merged only 2"), sentence);
        assertArrayEquals(new byte[] {0, 1, 1, 2, 0, 0, 0, 0}, maps.regions(both, 2).slices().get(1),
                "nor what it mined");
    }

    @Test
    void regionsAreThoseMinedByThen() {
        LabelStack regions = maps.regions(both, 1);
        assertEquals(List.of("cat", "dog"), regions.labels());
        assertArrayEquals(new byte[] {1, 1, 0, 0, 0, 0, 0, 0}, regions.slices().get(0));
        assertArrayEquals(new byte[] {0, 1, 1, 0, 0, 0, 0, 0}, regions.slices().get(1));
    }

    @Test
    void anImageWithoutTagsHasNone() {
        assertNull(maps.maps(none, 2));
        assertEquals(List.of(), maps.regions(none, 2).slices());
    }

    @Test
    void slicesAreFoundByTheirTagsNames() {
        new MapStack(List.of("dog", "cat"), Tensor.of(new float[] {0, 5, 0, 0, 4, 2, 0, 1}, 2, 2, 2))
                .write(written.run.cam(1, "a/both.png"));
        assertEquals(Tensor.of(new float[] {1, .5f, 0, .25f, 0, 1, 0, 0}, 2, 2, 2), maps.maps(both, 1));
    }

    @Test
    void whatIsMissingOrForeignGetsASentence() throws IOException {
        Path cam = written.run.cam(1, "a/both.png");
        new MapStack(List.of("cat", "cow"), Tensor.zeros(2, 2, 2)).write(cam);
        assertSentence(() -> maps.maps(both, 1), cam, "cat, cow");
        new MapStack(List.of("cat", "dog"), Tensor.zeros(2, 3, 2)).write(cam);
        assertSentence(() -> maps.maps(both, 2), written.run.cam(2, "a/both.png"), "2×3");
        new MapStack(List.of("cat", "dog"), Tensor.of(new float[] {0, Float.NaN}, 2, 1, 1)).write(cam);
        assertSentence(() -> maps.maps(both, 1), cam, "no numbers");
        Files.writeString(cam, "no TIFF");
        assertSentence(() -> maps.maps(both, 1), cam, "damaged");
        Files.delete(cam);
        assertSentence(() -> maps.maps(both, 1), cam, "missing");
        Path regions = written.run.regions("a/both.png");
        new LabelStack(List.of("cat", "dog"), 2, 2, List.of(new byte[4], new byte[4])).write(regions);
        assertSentence(() -> maps.regions(both, 1), regions, "2×2 pixels");
        Files.delete(regions);
        assertSentence(() -> maps.regions(both, 1), regions, "missing");
    }

    @Test
    void aRunWithoutAMergedRoundHasNothingToOffer() {
        WrittenRun empty = new WrittenRun(folder.resolve("empty"), "cat");
        AccumulatedMaps nothing = new AccumulatedMaps(empty.run, empty.record());
        String sentence = assertThrows(UserException.class, () -> nothing.resolve(0)).getMessage();
        assertTrue(sentence.contains("no merged round"), sentence);
    }

    private static void assertSentence(Runnable reading, Path file, String what) {
        String sentence = assertThrows(UserException.class, reading::run).getMessage();
        assertTrue(sentence.startsWith(file.toString()) && sentence.contains(what), sentence);
    }
}
