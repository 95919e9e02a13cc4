package io.github.palimpsest.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.tensor.Tensor;

/** What is counted of labels, and which of them are sure. */
class ChangeTest {

    private static LabelImage labels(int... labels) {
        byte[] bytes = new byte[labels.length];
        for (int i = 0; i < labels.length; i++)
            bytes[i] = (byte) labels[i];
        return new LabelImage(labels.length, 1, bytes);
    }

    @Test
    void onlyWhereBothSaySomethingCanTheyContradict() {
        Change change = new Change(List.of("cat", "dog", "emu"));
        change.add(labels(0, 0, 1, 1, 255, 1), labels(0, 2, 1, 255, 1, 0));
        change.add(labels(2, 0), labels(2, 0));
        // Background: 3 pixels, one changed; cat: 2 that both label, one changed; dog: 1, the same.
        assertEquals(2.0 / 6, change.share(), 1e-12);
        assertEquals(Map.of("background", 1.0 / 3, "cat", 0.5, "dog", 0.0), change.byTag());
        assertEquals(List.of("background", "cat", "dog"), List.copyOf(change.byTag().keySet()));
    }

    @Test
    void whereNothingIsLabelledNothingHasChanged() {
        Change change = new Change(List.of("cat"));
        change.add(labels(255, 1), labels(0, 255));
        assertEquals(0, change.share());
        assertEquals(Map.of(), change.byTag());
    }

    @Test
    void aLabelIsSureFromItsProbabilityOn() {
        // Tags 0 and 4 are the labels 1 and 5; pixels: sure of 5, just sure of 0, not quite sure of 1.
        Prediction prediction = new Prediction(Tensor.of(new float[] {0.05f, 0.75f, 0.2f, 0.05f, 0.125f, 0.74f, 0.9f, 0.125f, 0.06f},
                3, 1, 3), List.of(0, 1, 5));
        LabelImage sure = SureLabels.of(prediction, prediction, 0.75);
        assertEquals(3, sure.width());
        assertEquals(1, sure.height());
        assertArrayEquals(new byte[] {5, 0, (byte) 255}, sure.labels());
        assertArrayEquals(new byte[] {5, 0, 1}, SureLabels.of(prediction, prediction, 0).labels());
    }

    @Test
    void nothingIsSaidWhereRefinementDisagrees() {
        Prediction before = new Prediction(Tensor.of(new float[] {0.4f, 0.4f, 0.9f, 0.6f, 0.6f, 0.1f}, 2, 1, 3), List.of(0, 3));
        Prediction after = before.refined(Tensor.of(new float[] {0.95f, 0.02f, 0.8f, 0.05f, 0.98f, 0.2f}, 2, 1, 3));
        // Eaten away, kept and surer, kept but unsure.
        assertArrayEquals(new byte[] {(byte) 255, 3, (byte) 255}, SureLabels.of(before, after, 0.9).labels());
    }
}
