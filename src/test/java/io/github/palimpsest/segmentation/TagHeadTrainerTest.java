package io.github.palimpsest.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.task.CancellableProgress;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.WorkerPool;

class TagHeadTrainerTest {

    private static final int IMAGES = 80;

    private final List<List<Integer>> tags = new ArrayList<>();
    private final float[][] features = new float[IMAGES][];

    /** Channels 0 and 1 show tags 0 and 1, far from zero and on a scale of their own; tag 2 shows nowhere. */
    TagHeadTrainerTest() {
        Random random = new Random(6);
        for (int i = 0; i < IMAGES; i++) {
            List<Integer> of = new ArrayList<>();
            float[] values = new float[6];
            for (int c = 0; c < 6; c++)
                values[c] = (float) (100 + 7 * random.nextGaussian());
            for (int t = 0; t < 3; t++)
                if (random.nextInt(4) == 0) {
                    of.add(t);
                    if (t < 2)
                        values[t] += 70;
                }
            tags.add(of);
            features[i] = values;
        }
    }

    private TagHeadTrainer.Result train(float[][] given, int threads, long seed) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            return new TagHeadTrainer(given, tags, 3, TagHeadTrainer.Settings.DEFAULT)
                    .train(seed, pool, Progress.silent());
        }
    }

    @Test
    void whatFeaturesShowIsLearntAndHeldOutPrecisionTellsWhatTheyDoNot() {
        TagHeadTrainer.Result result = train(features, 1, 1);
        assertEquals(1, result.averagePrecision()[0], 1e-9);
        assertEquals(1, result.averagePrecision()[1], 1e-9);
        assertTrue(result.averagePrecision()[2] < 0.6, "tag 2 cannot be known");
        for (int i = 0; i < IMAGES; i++)
            for (int t = 0; t < 2; t++)
                assertEquals(tags.get(i).contains(t), result.head().logits(features[i])[t] > 0);
    }

    @Test
    void neitherThreadsNorRepetitionChangeItButTheSeedDoes() {
        TagHeadTrainer.Result result = train(features, 1, 1);
        TagHeadTrainer.Result again = train(features, 3, 1);
        assertEquals(result.head(), again.head());
        assertArrayEquals(result.heldOut(), again.heldOut());
        assertNotEquals(result.head(), train(features, 1, 2).head());
    }

    @Test
    void theScaleAndTheOffsetOfFeaturesDoNotMatter() {
        float[][] others = new float[IMAGES][6];
        for (int i = 0; i < IMAGES; i++)
            for (int c = 0; c < 6; c++)
                others[i][c] = features[i][c] / 64 - c;
        TagHeadTrainer.Result result = train(features, 1, 1);
        TagHeadTrainer.Result other = train(others, 1, 1);
        for (int i = 0; i < IMAGES; i++)
            assertArrayEquals(result.head().logits(features[i]), other.head().logits(others[i]), 1e-2f);
    }

    @Test
    void withoutInformationItSaysHowCommonATagIs() {
        float[][] nothing = new float[IMAGES][6];
        float[] logits = train(nothing, 1, 1).head().logits(nothing[0]);
        for (int t = 0; t < 3; t++) {
            int tag = t;
            double share = tags.stream().filter(of -> of.contains(tag)).count() / (double) IMAGES;
            assertEquals(share, 1 / (1 + Math.exp(-logits[t])), 0.02);
        }
    }

    @Test
    void aSingleImageIsEnoughAndCancellingIsHeard() {
        try (WorkerPool pool = new WorkerPool(2)) {
            TagHeadTrainer single = new TagHeadTrainer(new float[][] {{1, 2}}, List.of(List.of(0)), 1,
                    TagHeadTrainer.Settings.DEFAULT);
            TagHeadTrainer.Result result = single.train(1, pool, Progress.silent());
            assertTrue(result.head().logits(new float[] {1, 2})[0] > 0);
            assertTrue(Double.isNaN(result.averagePrecision()[0]));
            assertThrows(CancelledException.class, () -> single.train(1, pool, new CancellableProgress(() -> true)));
        }
    }
}
