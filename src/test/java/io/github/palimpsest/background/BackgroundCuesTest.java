package io.github.palimpsest.background;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

class BackgroundCuesTest {

    private static final Tensor MAPS = Tensor.of(
            new float[] {0.1f, 0.9f, 0.2f, 0.3f, 0.5f, -0.5f, 1.2f, 0.1f}, 2, 2, 2);

    @Test
    void noCueClaimsNothing() {
        for (float value : cue(CueKind.NONE).of(new Drawing(3, 4, 9).scene(MAPS)).data())
            assertEquals(0.5f, value);
    }

    @Test
    void lowResponseIsTheLargestOfAllTagsWithinItsRange() {
        assertArrayEquals(new float[] {0.5f, 0.9f, 1, 0.3f},
                cue(CueKind.LOW_RESPONSE).of(new Drawing(2, 2, 9).scene(MAPS)).data());
    }

    @Test
    void anImageWithoutTagsHasNoResponse() {
        assertArrayEquals(new float[4], cue(CueKind.LOW_RESPONSE).of(new Drawing(2, 2, 9).scene()).data());
        assertArrayEquals(new float[4],
                cue(CueKind.LOW_RESPONSE).of(new Drawing(2, 2, 9).scene(Tensor.zeros(0, 2, 2))).data());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FOLDER")
    void allKindsGiveAMapOfThePicturesSizeAndLeaveThePictureAlone(CueKind kind) {
        Scene scene = new Drawing(31, 17, 90).rectangle(10, 5, 20, 12, 200).scene(MAPS);
        Tensor before = scene.rgb().copy();
        BackgroundCue cue = cue(kind);
        cue.requireAll(List.of("any.png"));
        assertArrayEquals(new int[] {1, 31, 17}, cue.of(scene).shape());
        assertEquals(before, scene.rgb());
    }

    @Test
    void whatHasNothingToSettleStaysAsItIs() {
        BackgroundCue cue = cue(CueKind.RBD);
        assertSame(cue, cue.settled(() -> {
            throw new AssertionError("looked");
        }));
    }

    @Test
    void theScoreFallsFromTheGroundToTheForeground() {
        BackgroundScore score = new BackgroundScore(0.3, 0.1);
        assertEquals(0.4, score.of(0), 1e-12);
        assertEquals(0.3, score.of(0.5), 1e-12);
        assertEquals(0.2, score.of(1), 1e-12);
        assertEquals("0.3 + 0.1 · (1 − 2·cue)", score.toString());
        assertThrows(UserException.class, () -> new BackgroundScore(0.3, -0.1));
        assertThrows(UserException.class, () -> new BackgroundScore(Double.NaN, 0.1));
    }

    @Test
    void aNegativeWindowIsRefused() {
        assertThrows(UserException.class, () -> CueOptions.DEFAULT.withWindow(-1));
    }

    private static BackgroundCue cue(CueKind kind) {
        return BackgroundCues.of(kind, CueOptions.DEFAULT);
    }
}
