package io.github.palimpsest.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.erasing.AdversarialErasing;
import io.github.palimpsest.erasing.ErasingSettings;
import io.github.palimpsest.erasing.SmallRun;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

import net.imglib2.type.numeric.real.FloatType;

/** The live threshold does what erasing does. */
class MiningPreviewTest {

    @TempDir
    static Path temp;
    private static Path sample;

    @BeforeAll
    static void draw() {
        sample = SmallRun.sample(temp.resolve("sample"));
    }

    /** With the run's own constant, what would be mined and erased is what was, in every round, image and tag. */
    @ParameterizedTest
    @CsvSource({"share_of_maximum, 0.5, 0", "top_of_range, 0.35, 2", "top_of_pixels, 0.12, 0"})
    void withItsOwnConstantARunMinesWhatItMined(String rule, String delta, String envelope, @TempDir Path folder) {
        AdversarialErasing.train(ErasingSettings.parse(SmallRun.settings(sample, folder.resolve("run"), "mining", rule,
                "delta", delta, "envelope_from", envelope)), Progress.silent());
        RunLayers layers = RunLayers.open(folder.resolve("run"));
        long pixels = 0;
        for (ImageRecord image : layers.record().images()) {
            byte[] erased = image.tags().isEmpty() ? null
                    : LabelStack.read(layers.run().erased(image.name())).slices().get(0);
            for (int round = 1; round <= 2; round++)
                for (String tag : image.tags()) {
                    LabelStack regions = LabelStack.read(layers.run().regions(image.name()));
                    MiningPreview preview = MiningPreview.of(layers, image.name(), tag, round, layers.mining().delta());
                    assertEquals(valued(regions.slices().get(regions.labels().indexOf(tag)), round), preview.mined());
                    assertEquals(valued(erased, round), preview.erased());
                    pixels += preview.mined().cardinality();
                }
        }
        assertTrue(pixels > 1000, "something was mined: " + pixels);
        accumulatedMapsAreThoseOfTheRun(layers);
    }

    private static void accumulatedMapsAreThoseOfTheRun(RunLayers layers) {
        for (ImageRecord image : layers.record().images())
            for (String tag : image.tags()) {
                MapStack stack = MapStack.read(layers.run().accumulated(image.name()));
                Tensor map = stack.maps().slice(stack.labels().indexOf(tag));
                float[] expected = Resize.bilinear(map.reshape(1, map.size(0), map.size(1)), image.height(),
                        image.width()).data();
                float[] values = new float[expected.length];
                int[] i = {0};
                for (FloatType value : layers.accumulated(image.name(), tag))
                    values[i[0]++] = value.get();
                assertArrayEquals(expected, values);
            }
        assertTrue(Files.exists(layers.run().record()));
    }

    private static BitSet valued(byte[] values, int value) {
        BitSet set = new BitSet();
        for (int i = 0; i < values.length; i++)
            if (values[i] == value)
                set.set(i);
        return set;
    }

    /** By hand: the dog's map of round 1 is 4 at the upper right, falling to the left and downwards. */
    @Test
    void anotherConstantMinesMoreOrLess(@TempDir Path folder) {
        RunLayers layers = ViewedRun.write(folder).layers();
        float[] map = layers.camValues("two.png", "dog", 1);
        for (double delta : new double[] {.001, .3, .5, .9, 1}) {
            MiningPreview preview = MiningPreview.of(layers, "two.png", "dog", 1, delta);
            for (int i = 0; i < 24; i++)
                assertEquals(map[i] >= (float) (delta * 4) && map[i] > 0, preview.mined().get(i), delta + " at " + i);
            assertEquals(preview.reached(), preview.mined(), "nothing was mined before");
            assertTrue(preview.erased().cardinality() > preview.mined().cardinality(), "the cat's pixels too");
        }
        MiningPreview second = MiningPreview.of(layers, "two.png", "dog", 2, .001);
        BitSet again = (BitSet) second.reached().clone();
        again.andNot(second.mined());
        BitSet before = new BitSet();
        before.set(5);
        before.set(11);
        assertEquals(before, again, "what round 1 mined is not mined again");
        assertEquals(second.mined().cardinality() / 24.0, second.share(second.mined()));
    }

    @Test
    void whatCannotBeIsASentence(@TempDir Path folder) {
        RunLayers layers = ViewedRun.write(folder).layers();
        RunLayersTest.assertSentence(() -> MiningPreview.of(layers, "two.png", "cow", 1, .5), "has no tag cow");
        RunLayersTest.assertSentence(() -> MiningPreview.of(layers, "two.png", "cat", 3, .5), "There is no round 3");
    }
}
