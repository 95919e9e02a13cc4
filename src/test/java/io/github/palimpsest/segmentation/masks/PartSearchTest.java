package io.github.palimpsest.segmentation.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Tensor;

/** Ten people with a face and four without; the face is where the only feature is high. */
class PartSearchTest {

    @TempDir
    private Path folder;
    private WrittenRun people;
    private RunRecord record;

    @BeforeEach
    void people() {
        people = new WrittenRun(folder, "body", "face", "cow");
        for (int i = 0; i < 10; i++)
            people.image("both" + i + ".png", 4, 1, "body", "face");
        for (int i = 0; i < 4; i++)
            people.image("body" + i + ".png", 4, 1, "body");
        people.image("cow.png", 4, 1, "cow");
        people.round(true);
        for (int i = 0; i < 10; i++)
            people.cam(1, known("both" + i + ".png"), 4, .25f, .5f, 1, .5f, .5f, .25f, .5f, 1);
        for (int i = 0; i < 4; i++)
            people.cam(1, known("body" + i + ".png"), 4, .5f, 1, 1, .5f);
        people.cam(1, known("cow.png"), 4, 1, 1, 1, 1);
        record = people.record();
    }

    private ImageRecord known(String name) {
        return people.record().images().stream().filter(image -> image.name().equals(name)).findFirst().orElseThrow();
    }

    private TaggedImage image(String name) {
        return people.images().stream().filter(image -> image.name().equals(name)).findFirst().orElseThrow();
    }

    private Parts find(ImageFeatures features) {
        try (WorkerPool pool = new WorkerPool(2)) {
            return new PartSearch(people.run, record, people.images(), 0).find(features, pool, Progress.silent());
        }
    }

    private Tensor parted(Parts parts, String name) {
        Tensor maps = new AccumulatedMaps(people.run, record).maps(known(name), 1);
        return parts.parted(image(name), known(name), maps, 0);
    }

    /** The left half is of one kind; bodies alone are of the other kind. */
    private static Tensor leftHalf(TaggedImage image, float left, float right) {
        return image.tags().contains(1) ? Tensor.of(new float[] {left, left, right, right}, 1, 1, 4)
                : Tensor.of(new float[] {right, right, right, right}, 1, 1, 4);
    }

    @Test
    void whatBodiesAloneLackIsTheFace() {
        for (boolean high : new boolean[] {true, false}) {
            Parts parts = find((image, worker) -> leftHalf(image, high ? 9 : 1, high ? 1 : 9));
            assertEquals(Tensor.of(new float[] {0, 0, 1, 1, .5f, .5f, 0, 0}, 2, 1, 4), parted(parts, "both3.png"));
            String sentence = parts.sentences().get(0);
            assertTrue(sentence.contains("face") && sentence.contains("50 %") && sentence.contains("0 %"), sentence);
            assertEquals(1, parts.sentences().size());
        }
    }

    @Test
    void aBodyAloneIsLeftAsItIs() {
        Parts parts = find((image, worker) -> leftHalf(image, 9, 1));
        assertEquals(Tensor.of(new float[] {.5f, 1, 1, .5f}, 1, 1, 4), parted(parts, "body1.png"));
    }

    @Test
    void finerFeaturesMakeFinerMaps() {
        Parts parts = find((image, worker) -> image.tags().contains(1)
                ? Tensor.of(new float[] {9, 9, 9, 1, 1, 1, 1, 1, 9, 9, 9, 1, 1, 1, 1, 1}, 1, 2, 8)
                : Tensor.of(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 1, 2, 8));
        Tensor fine = parted(parts, "both0.png");
        assertTrue(fine.hasShape(2, 2, 8), fine.toString());
        for (int x = 0; x < 8; x++)
            assertEquals(x < 3, fine.data()[16 + x] > 0 && fine.data()[x] == 0, "column " + x);
    }

    @Test
    void groupsThatBodiesAloneHaveTooDoNotTell() {
        Parts parts = find((image, worker) -> Tensor.of(new float[] {9, 9, 1, 1}, 1, 1, 4));
        assertTrue(parts.sentences().get(0).contains("do not tell"), parts.sentences().toString());
        Tensor byCore = Tensor.of(new float[] {0, .5f, 0, 0, .5f, 0, 1, 1}, 2, 1, 4);
        assertEquals(byCore, parted(parts, "both3.png"), "the core of the face's map is the face");
        Parts same = find((image, worker) -> Tensor.of(new float[] {5, 5, 5, 5}, 1, 1, 4));
        assertEquals(byCore, parted(same, "both3.png"), "all cells look the same");
    }

    /** Mined: by round, all four pixels of the body but the last, the first three of the face. */
    @Test
    void whatWasMinedForBothIsOfTheOneThatFeaturesSpeakFor() {
        ImageRecord both = known("both3.png");
        people.regions(both, "2210", "1120");
        LabelStack mined = new AccumulatedMaps(people.run, record).regions(both, 1);
        LabelStack two = LabelStack.read(people.run.regions("both3.png"));
        Parts told = find((image, worker) -> leftHalf(image, 9, 1));
        LabelStack parted = told.parted(image("both3.png"), both, two, 0);
        assertArrayEquals(new byte[] {0, 0, 1, 0}, parted.slices().get(0));
        assertArrayEquals(new byte[] {1, 1, 0, 0}, parted.slices().get(1));
        assertArrayEquals(new byte[] {2, 2, 1, 0}, two.slices().get(0), "what was given is left as it was");
        Parts untold = find((image, worker) -> Tensor.of(new float[] {9, 9, 1, 1}, 1, 1, 4));
        assertSame(mined, untold.parted(image("both3.png"), both, mined, 0), "both keep it");
    }

    @Test
    void mapsOfOneTagAreNotCopied() {
        Parts parts = find((image, worker) -> leftHalf(image, 9, 1));
        Tensor maps = new AccumulatedMaps(people.run, record).maps(known("cow.png"), 1);
        assertSame(maps, parts.parted(image("cow.png"), known("cow.png"), maps, 0));
        assertSame(maps, Parts.none().parted(image("cow.png"), known("cow.png"), maps, 0));
        assertTrue(Parts.none().sentences().isEmpty());
    }

    @Test
    void trainingMasksAreMadeOfPartedMaps() {
        WrittenRun two = new WrittenRun(folder.resolve("two"), "body", "face");
        int[] redAndBlue = IntStream.range(0, 40 * 8).map(i -> i % 40 < 20 ? 0xff0000 : 0x0000ff).toArray();
        for (int i = 0; i < 14; i++)
            two.image(i + ".png", 40, redAndBlue, i < 10 ? new String[] {"body", "face"} : new String[] {"body"});
        two.round(true);
        for (ImageRecord image : two.record().images())
            two.cam(1, image, 4, image.tags().size() == 2 ? new float[] {1, 1, 1, 1, 1, 1, 1, 1} : new float[] {1, 1, 1, 1});
        MaskSettings settings = MaskSettings.parse(new SettingsText(MaskSettings.defaults(),
                Map.of("background", "none", "background_score", ".1", "background_weight", "0", "sure", ".5")));
        Parts parts;
        try (WorkerPool pool = new WorkerPool(1)) {
            parts = new PartSearch(two.run, two.record(), two.images(), 1)
                    .find((image, worker) -> leftHalf(image, 9, 1), pool, Progress.silent());
        }
        byte[] mask = new TrainingMasks(two.run, two.record(), two.run, settings, parts).of(two.images().get(0), 0).labels();
        for (int i = 0; i < mask.length; i++)
            assertEquals(i % 40 < 20 ? 2 : 1, mask[i], "pixel " + i);
    }

    @Test
    void withoutATagWithinAnotherThereIsNothingToFind() {
        assertTrue(PartSearch.isNeeded(record));
        WrittenRun cows = new WrittenRun(folder.resolve("cows"), "body", "cow");
        cows.image("cow.png", 4, 1, "cow");
        cows.round(true);
        assertFalse(PartSearch.isNeeded(cows.record()));
        try (WorkerPool pool = new WorkerPool(1)) {
            Parts nothing = new PartSearch(cows.run, cows.record(), List.of(), 0)
                    .find((image, worker) -> { throw new AssertionError("asked for features"); }, pool, Progress.silent());
            assertTrue(nothing.sentences().isEmpty());
        }
    }
}
