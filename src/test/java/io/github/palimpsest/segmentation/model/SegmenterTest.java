package io.github.palimpsest.segmentation.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.crf.DenseCrf;
import io.github.palimpsest.network.SegmentationNetwork.Head;
import io.github.palimpsest.task.CancellableProgress;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

class SegmenterTest {

    private static final Limits TILES = new Limits(320 * 320, Limits.DEFAULT.crfPixels());

    private static Segmenter segmenter(SegmentationModel model, Limits limits) {
        return new Segmenter(model, SmallModel.engine(), 2, 1, limits, Progress.silent());
    }

    private static Segmenter.Options rough(String... tags) {
        return new Segmenter.Options(tags.length == 0 ? Optional.empty() : Optional.of(Set.of(tags)), false);
    }

    @Test
    void labelsAreTheMostProbableOfThoseShown() {
        try (Segmenter segmenter = segmenter(SmallModel.telling(), Limits.DEFAULT)) {
            Segmentation found = segmenter.segment(SmallModel.waves(60, 83), Segmenter.Options.DEFAULT, 0);
            assertEquals(List.of(0, 1, 2), found.shown());
            assertEquals(83, found.width());
            int plane = 60 * 83;
            float[] p = found.probabilities().data();
            for (int i = 0; i < plane; i++) {
                float best = p[found.labels()[i] * plane + i];
                assertEquals(1, p[i] + p[plane + i] + p[2 * plane + i], 1e-4);
                for (int label = 0; label < 3; label++)
                    assertTrue(best >= p[label * plane + i]);
            }
            assertEquals(plane, found.pixels(0) + found.pixels(1) + found.pixels(2));
            for (int label = 0; label < 3; label++)
                assertTrue(found.pixels(label) > plane / 20, "the picture shows label " + label);
        }
    }

    @Test
    void onlyGivenTagsAreShown() {
        try (Segmenter segmenter = segmenter(SmallModel.model(), Limits.DEFAULT)) {
            Segmentation found = segmenter.segment(SmallModel.waves(40, 40), rough("ring"), 0);
            assertEquals(List.of(0, 2), found.shown());
            assertEquals(0, found.pixels(1));
            Segmentation none = segmenter.segment(SmallModel.waves(40, 40),
                    new Segmenter.Options(Optional.of(Set.of()), true), 0);
            assertEquals(1600, none.pixels(0));
            assertEquals(2, none.confidences().length, "the tag head has its say all the same");
        }
    }

    @Test
    void tagsBelowTheThresholdAreNotShown() {
        try (Segmenter segmenter = segmenter(SmallModel.model(Head.MULTI_DEPTH, SmallModel.TAGS, 1, 1),
                Limits.DEFAULT)) {
            assertEquals(List.of(0), segmenter.segment(SmallModel.waves(40, 40), Segmenter.Options.DEFAULT, 0).shown());
        }
    }

    @Test
    void tagsMayBeLookedForAtAScaleOfTheirOwn() {
        Tensor waves = SmallModel.waves(60, 80);
        List<Segmentation> found = new ArrayList<>();
        for (double[] scales : new double[][] {{1, 1}, {1, 0.5}, {0.5, 0.5}})
            try (Segmenter segmenter = segmenter(SmallModel.model(Head.MULTI_DEPTH, SmallModel.TAGS, scales[0], scales[1], 0),
                    Limits.DEFAULT)) {
                found.add(segmenter.segment(waves, rough(), 0));
            }
        assertArrayEquals(found.get(0).labels(), found.get(1).labels());
        assertArrayEquals(found.get(2).confidences(), found.get(1).confidences());
        assertTrue(!Arrays.equals(found.get(0).confidences(), found.get(1).confidences()), "scales matter");
    }

    @Test
    void unknownTagsAreASentence() {
        try (Segmenter segmenter = segmenter(SmallModel.model(), Limits.DEFAULT)) {
            String said = assertThrows(UserException.class,
                    () -> segmenter.segment(SmallModel.waves(40, 40), rough("cube"), 0)).getMessage();
            assertTrue(said.contains("cube") && said.contains("disc, ring"), said);
        }
    }

    @Test
    void whichWorkerDoesItDoesNotMatter() {
        try (Segmenter segmenter = segmenter(SmallModel.model(), Limits.DEFAULT)) {
            Tensor image = SmallModel.waves(50, 70);
            Segmentation first = segmenter.segment(image, Segmenter.Options.DEFAULT, 0);
            segmenter.segment(SmallModel.waves(30, 20), Segmenter.Options.DEFAULT, 1);
            Segmentation second = segmenter.segment(image, Segmenter.Options.DEFAULT, 1);
            assertArrayEquals(first.labels(), second.labels());
            assertEquals(first.probabilities(), second.probabilities());
        }
    }

    /**
     * A mirrored view sees the image turned round, so the mean of both is mirrored when the image is. Where the sides
     * are multiples of the stride's, that is: otherwise the grid of cells is not.
     */
    @Test
    void aMirroredImageGivesMirroredProbabilities() {
        try (Segmenter segmenter = segmenter(SmallModel.model(), Limits.DEFAULT)) {
            Tensor image = SmallModel.waves(64, 96);
            Tensor there = segmenter.segment(image, rough(), 0).probabilities();
            Tensor back = Resize.flipped(segmenter.segment(Resize.flipped(image), rough(), 0).probabilities());
            assertArrayEquals(there.data(), back.data(), 1e-5f);
        }
    }

    /** The small trunk and head see less than the part of an overlap that does not count, but for the image's mean. */
    @Test
    void tilesEqualTheWhole() {
        SegmentationModel model = withoutContext(SmallModel.model(Head.MULTI_DEPTH, SmallModel.TAGS, 1.5, 0));
        Tensor image = SmallModel.waves(256, 448);
        try (Segmenter whole = segmenter(model, Limits.DEFAULT); Segmenter tiles = segmenter(model, TILES)) {
            Segmentation expected = whole.segment(image, rough(), 0);
            Segmentation found = tiles.segment(image, rough(), 0);
            assertArrayEquals(expected.probabilities().data(), found.probabilities().data(), 1e-4f);
            assertArrayEquals(expected.confidences(), found.confidences(), 0.1f);
        }
    }

    // The context of a tile is the tile's, not the image's, and for a picture of one kind of texture hardly differs.
    private static SegmentationModel withoutContext(SegmentationModel model) {
        Arrays.fill(model.weights().get("head_context/kernel").data(), 0);
        return model;
    }

    @Test
    void crfInTilesEqualsTheWholeAwayFromCuts() {
        SegmentationModel model = SmallModel.model();
        Tensor image = SmallModel.waves(100, 400);
        Tensor probabilities;
        try (Segmenter segmenter = segmenter(model, Limits.DEFAULT)) {
            probabilities = segmenter.segment(image, rough(), 0).probabilities();
        }
        Tensor expected = new DenseCrf(model.description().crf()).refine(image, probabilities, 1);
        TiledCrf tiles = new TiledCrf(model.description().crf(), 100 * 250, Progress.silent());
        Tensor found = tiles.refine(image, probabilities, 2);
        int differing = 0;
        for (int i = 0; i < expected.length(); i++)
            differing += Math.abs(expected.data()[i] - found.data()[i]) > 0.02 ? 1 : 0;
        assertTrue(differing < expected.length() / 200, differing + " of " + expected.length());
    }

    /** Keeps what it is told. */
    private record Told(List<String> warnings) implements Progress {
        @Override
        public void report(double fraction, String stage) {}

        @Override
        public void say(String sentence) {}

        @Override
        public void warn(String sentence) {
            warnings.add(sentence);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    }

    @Test
    void lackOfMemoryHalvesTilesAndSaysSoOnce() {
        SegmentationModel model = SmallModel.model();
        int stride = model.description().network().stride();
        Told told = new Told(new ArrayList<>());
        Tensor image = SmallModel.waves(600, 500);
        try (Segmenter small = new Segmenter(model, new FakeEngine(40_000, stride), 1, 1, Limits.DEFAULT, told);
                Segmenter large = new Segmenter(model, new FakeEngine(Long.MAX_VALUE, stride), 1, 1, Limits.DEFAULT,
                        told)) {
            Tensor expected = large.segment(image, rough(), 0).probabilities();
            assertEquals(List.of(), told.warnings());
            assertArrayEquals(expected.data(), small.segment(image, rough(), 0).probabilities().data(), 1e-4f);
            small.segment(image, rough(), 0);
            assertEquals(1, told.warnings().size(), told.warnings().toString());
            assertTrue(told.warnings().get(0).contains("300000 pixels"), told.warnings().get(0));
        }
    }

    @Test
    void tilesThatWereHalvedStaySo() {
        SegmentationModel model = SmallModel.model();
        FakeEngine engine = new FakeEngine(40_000, model.description().network().stride());
        try (Segmenter segmenter = new Segmenter(model, engine, 1, 1, Limits.DEFAULT, Progress.silent())) {
            segmenter.segment(SmallModel.waves(600, 500), rough(), 0);
            int first = engine.forwards.getAndSet(0);
            segmenter.segment(SmallModel.waves(600, 500), rough(), 0);
            assertTrue(engine.forwards.get() < first, engine.forwards + " and " + first);
        }
    }

    @Test
    void noMemoryAtAllIsASentence() {
        SegmentationModel model = SmallModel.model();
        try (Segmenter segmenter = new Segmenter(model, new FakeEngine(100, 4), 1, 1, Limits.DEFAULT,
                Progress.silent())) {
            String said = assertThrows(UserException.class,
                    () -> segmenter.segment(SmallModel.waves(200, 200), rough(), 0)).getMessage();
            assertTrue(said.contains("not enough memory"), said);
        }
    }

    @Test
    void stopsBetweenTiles() {
        SegmentationModel model = SmallModel.model();
        FakeEngine engine = new FakeEngine(Long.MAX_VALUE, model.description().network().stride());
        try (Segmenter segmenter = new Segmenter(model, engine, 1, 1, TILES,
                new CancellableProgress(() -> engine.forwards.get() >= 4))) {
            assertThrows(CancelledException.class, () -> segmenter.segment(SmallModel.waves(900, 900), rough(), 0));
            assertEquals(4, engine.forwards.get(), "two views of two tiles");
        }
    }
}
