package io.github.palimpsest.erasing;

import static io.github.palimpsest.erasing.SmallRun.assertSameFiles;
import static io.github.palimpsest.erasing.SmallRun.files;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Tensor;

/**
 * What a round leaves behind: one image of two tags and one of none, twice as wide; and what the next round sees of
 * them.
 */
class MiningStepTest {

    private static final String TAGGED = "a/both.png";
    private static final String UNTAGGED = "none.png";
    private static final List<ImageRecord> SIZES = List.of(new ImageRecord(TAGGED, "", 4, 2, List.of("cat", "dog")),
            new ImageRecord(UNTAGGED, "", 8, 2, List.of()));

    @TempDir
    private Path folder;
    private RunFolder run;
    private final WorkerPool pool = new WorkerPool(2);

    @BeforeEach
    void runFolder() {
        run = new RunFolder(folder.resolve("run"));
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    private RoundContext context(boolean eraseUntagged) {
        return context(List.of(new TaggedImage(TAGGED, folder.resolve("both.png"), List.of(0, 1)),
                new TaggedImage(UNTAGGED, folder.resolve("none.png"), List.of())), eraseUntagged, 0);
    }

    private RoundContext context(List<TaggedImage> images, boolean eraseUntagged, int envelopeFrom) {
        ErasingSettings settings = ErasingSettings.parse(Map.of("images", folder.resolve("in").toString(),
                "output", run.root().toString(), "backbone", "small", "delta", "0.5",
                "erase_untagged", Boolean.toString(eraseUntagged), "envelope_from", Integer.toString(envelopeFrom)));
        return new RoundContext(settings, run, images, List.of("cat", "dog"), List.of(10.0, 20.0, 30.0), null, null,
                Map.of(), new int[images.size()], pool);
    }

    /** The maps of one round, at the image's own size. */
    private void maps(int round, float... values) {
        new MapStack(List.of("cat", "dog"), Tensor.of(values, 2, 2, 4)).write(run.cam(round, TAGGED));
    }

    private double merge(int round, boolean eraseUntagged) {
        return new MiningStep(context(eraseUntagged), SIZES, round).merge(Progress.silent());
    }

    private void twoRounds(boolean eraseUntagged) {
        maps(1,
                4, 2, 0, 0,
                0, 0, 0, 0,

                0, 1, 1, 0,
                0, 0, 0, 0);
        assertEquals(3 / 8.0, merge(1, eraseUntagged));
        maps(2,
                0, 3, 3, 0,
                0, 0, 0, 1,

                0, 0, 0, 0,
                5, 0, 0, 0);
        assertEquals(4 / 8.0, merge(2, eraseUntagged));
    }

    private byte[] slice(Path file, int index) {
        return LabelStack.read(file).slices().get(index);
    }

    @Test
    void everyTagKeepsItsOwnPixelsWithTheRoundThatFoundThemFirst() {
        twoRounds(true);
        assertEquals(List.of("cat", "dog"), LabelStack.read(run.regions(TAGGED)).labels());
        assertArrayEquals(new byte[] { 1, 1, 2, 0, 0, 0, 0, 0 }, slice(run.regions(TAGGED), 0));
        assertArrayEquals(new byte[] { 0, 1, 1, 0, 2, 0, 0, 0 }, slice(run.regions(TAGGED), 1));
        assertArrayEquals(new byte[] { 1, 1, 1, 0, 2, 0, 0, 0 }, slice(run.erased(TAGGED), 0),
                "the first round keeps a pixel");
        assertFalse(Files.exists(run.regions(UNTAGGED)));
    }

    @Test
    void accumulatedMapsAreTheMaximumOfEachRoundsOwnShareOfItsMaximum() {
        twoRounds(true);
        MapStack accumulated = MapStack.read(run.accumulated(TAGGED));
        assertEquals(List.of("cat", "dog"), accumulated.labels());
        assertArrayEquals(new float[] { 1, 1, 1, 0, 0, 0, 0, 1 / 3f, 0, 1, 1, 0, 1, 0, 0, 0 },
                accumulated.maps().data(), 1e-6f);
    }

    @Test
    void doneTwiceARoundGivesTheSameBytes() {
        twoRounds(true);
        Map<String, byte[]> once = files(run.root());
        assertEquals(4 / 8.0, merge(2, true));
        assertSameFiles(once, files(run.root()), "the second round again");
    }

    @Test
    void doneTwiceTheFirstRoundDoesNotSeeWhatItWrote() {
        maps(1, 4, 2, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0);
        merge(1, true);
        Map<String, byte[]> once = files(run.root());
        merge(1, true);
        assertSameFiles(once, files(run.root()), "the first round again");
    }

    /** The envelope is around what earlier rounds mined, and must not grow around what the round itself has mined. */
    @Test
    void doneTwiceARoundDoesNotTakeItsOwnPixelsForThoseOfEarlierOnes() {
        RoundContext context = context(List.of(new TaggedImage("cat.png", folder.resolve("cat.png"), List.of(0))),
                true, 2);
        List<ImageRecord> sizes = List.of(new ImageRecord("cat.png", "", 4, 1, List.of("cat")));
        float[][] rounds = {{1, 0, 0, 0}, {1, 1, 1, 1}};
        for (int attempt : new int[] { 1, 2, 2, 2 }) {
            new MapStack(List.of("cat"), Tensor.of(rounds[attempt - 1], 1, 1, 4)).write(run.cam(attempt, "cat.png"));
            new MiningStep(context, sizes, attempt).merge(Progress.silent());
        }
        assertArrayEquals(new byte[] { 1, 2, 0, 0 }, slice(run.regions("cat.png"), 0));
    }

    @Test
    void inEachRoundAnUntaggedImageLosesWhatOneTaggedImageLostInThisRound() {
        List<TaggedImage> images = new ArrayList<>();
        List<ImageRecord> sizes = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            images.add(new TaggedImage(i + ".png", folder.resolve(i + ".png"), i < 2 ? List.of(0) : List.of()));
            sizes.add(new ImageRecord(i + ".png", "", 4, 1, List.of()));
        }
        float[][][] maps = {{{1, 0, 0, 0}, {0, 0, 0, 1}}, {{0, 1, 0, 0}, {0, 0, 1, 0}}};
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < 2; i++)
                new MapStack(List.of("cat"), Tensor.of(maps[round - 1][i], 1, 1, 4)).write(run.cam(round, i + ".png"));
            new MiningStep(context(images, true, 0), sizes, round).merge(Progress.silent());
        }
        Set<String> lost = new TreeSet<>();
        for (int i = 2; i < 14; i++)
            lost.add(Arrays.toString(slice(run.erased(i + ".png"), 0)));
        assertEquals(Set.of("[1, 2, 0, 0]", "[1, 0, 2, 0]", "[0, 2, 0, 1]", "[0, 0, 2, 1]"), lost,
                "all four pairs are drawn");
    }

    @Test
    void anUntaggedImageLosesWhatATaggedOneLostAtItsOwnSize() {
        twoRounds(true);
        assertArrayEquals(new byte[] { 1, 1, 1, 1, 1, 1, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0 }, slice(run.erased(UNTAGGED),
                0));
    }

    @Test
    void untaggedImagesStayWholeIfWished() {
        twoRounds(false);
        assertFalse(Files.exists(run.erased(UNTAGGED)));
        assertTrue(Files.exists(run.erased(TAGGED)));
    }

    @Test
    void aRoundSeesTheMeanColourWhereEarlierRoundsErasedAndOnlyThere() throws Exception {
        twoRounds(true);
        BufferedImage white = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
        white.setRGB(0, 0, 4, 2, new int[] { -1, -1, -1, -1, -1, -1, -1, -1 }, 0, 4);
        ImageIO.write(white, "png", folder.resolve("both.png").toFile());
        TaggedImage image = context(true).images().get(0);
        assertArrayEquals(new float[] { 255, 255, 255, 255, 255, 255, 255, 255 },
                context(true).images(1).read(image).slice(0).data());
        assertArrayEquals(new float[] { 10, 10, 10, 255, 255, 255, 255, 255 },
                context(true).images(2).read(image).slice(0).data());
        Tensor third = context(true).images(3).read(image);
        assertArrayEquals(new float[] { 10, 10, 10, 255, 10, 255, 255, 255 }, third.slice(0).data());
        assertArrayEquals(new float[] { 20, 20, 20, 255, 20, 255, 255, 255 }, third.slice(1).data());
        assertArrayEquals(new float[] { 30, 30, 30, 255, 30, 255, 255, 255 }, third.slice(2).data());
    }

    @Test
    void aTagThatIsHardlyToldApartIsWarnedOfAfterTheFirstRound() {
        // Each tag is on half of the images: guessing has an average precision of 0.5, and the line lies a fifth
        // above, at 0.6.
        RoundRecord round = new RoundRecord(1, true, 0.5, 0.6, Map.of("cat", 0.59, "dog", 0.61), 0.25);
        assertEquals(List.of("The classifier hardly tells \"cat\" from the rest (average precision 0.59 on images "
                + "that it had not seen, "
                + "where guessing gives 0.50): do not trust its regions. More images, or better tags, may help."),
                RoundWarnings.of(round, context(true)));
        assertEquals(List.of(), RoundWarnings.of(new RoundRecord(2, true, 0.5, 0.6, Map.of("cat", 0.1), 0.25),
                context(true)),
                "what is left of erased images may well be hard to tell apart");
    }

    @Test
    void aRoundIsToldInASentence() {
        ErasingSettings settings = context(true).settings();
        assertEquals("Round 1: loss 0.5000, average precision on held-out images 0.600. 25.0 % of the tagged "
                + "images' pixels are mined.",
                RoundWarnings.summary(new RoundRecord(1, true, 0.5, 0.6, Map.of(), 0.25), settings));
        assertEquals("Round 2: loss 0.7500, average precision on held-out images not known. That fails the rule "
                + "(average_precision, "
                + "0.77), so the round is kept but not merged.",
                RoundWarnings.summary(new RoundRecord(2, false, 0.75, null, Map.of(), 0.25), settings));
    }
}
