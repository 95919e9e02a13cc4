package io.github.palimpsest.background;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.tensor.Tensor;

class RobustBackgroundTest {

    private final BackgroundCue cue = BackgroundCues.of(CueKind.RBD, CueOptions.DEFAULT);

    @Test
    void anObjectInTheMiddleStandsOutFromItsGround() {
        Tensor map = cue.of(new Drawing(213, 320, 60, 130, 60).rectangle(80, 120, 140, 200, 190, 60, 50)
                .noise(8, 1).scene());
        assertArrayEquals(new int[] {1, 213, 320}, map.shape());
        assertTrue(Drawing.mean(map, 85, 125, 135, 195) > 0.8);
        assertTrue(Drawing.mean(map, 0, 0, 213, 100) < 0.2);
        assertTrue(Drawing.mean(map, 0, 0, 70, 320) < 0.2);
        inRange(map);
    }

    @Test
    void anObjectThatTouchesTheBorderIsStillNotGround() {
        Tensor map = cue.of(new Drawing(200, 300, 90, 120, 200).rectangle(90, 110, 200, 190, 200, 160, 40)
                .noise(8, 2).scene());
        assertTrue(Drawing.mean(map, 95, 115, 195, 185) > Drawing.mean(map, 0, 0, 200, 100) + 0.5);
    }

    @Test
    void groundThatAnObjectCutsInTwoIsGroundOnBothSides() {
        Tensor map = cue.of(new Drawing(200, 300, 90, 120, 200).rectangle(0, 130, 200, 160, 200, 60, 40)
                .noise(8, 3).scene());
        double left = Drawing.mean(map, 0, 0, 200, 120);
        double right = Drawing.mean(map, 0, 170, 200, 300);
        assertTrue(left < 0.2 && right < 0.2, left + " and " + right);
        assertTrue(Drawing.mean(map, 20, 135, 180, 155) > 0.5);
    }

    @Test
    void groundOfTwoColoursIsGroundInBoth() {
        Tensor map = cue.of(new Drawing(200, 300, 90, 120, 220).rectangle(120, 0, 200, 300, 60, 140, 60)
                .rectangle(70, 120, 150, 180, 220, 60, 60).noise(8, 3).scene());
        assertTrue(Drawing.mean(map, 75, 125, 145, 175) > 0.8);
        assertTrue(Drawing.mean(map, 0, 0, 60, 300) < 0.2);
        assertTrue(Drawing.mean(map, 160, 0, 200, 300) < 0.2);
    }

    @Test
    void aPictureOfOneColourIsGroundEverywhere() {
        for (float value : cue.of(new Drawing(64, 64, 128).scene()).data())
            assertEquals(0, value);
    }

    @Test
    void noiseIsNotMadeAnObject() {
        Tensor map = cue.of(new Drawing(120, 160, 128).noise(2, 4).scene());
        inRange(map);
        for (float value : map.data())
            assertTrue(value < 0.5, "noise gets " + value);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,2", "2,2", "3,1", "1,5000", "4000,3", "5,300", "700,11", "20,30"})
    void smallAndNarrowPicturesGiveNumbers(int height, int width) {
        Drawing drawing = new Drawing(height, width, 40).noise(40, 5);
        Tensor map = cue.of(drawing.scene());
        assertArrayEquals(new int[] {1, height, width}, map.shape());
        inRange(map);
    }

    @Test
    void theSamePictureGivesTheSameMap() {
        Scene scene = new Drawing(90, 140, 80).rectangle(30, 30, 60, 80, 200, 30, 30).noise(20, 6).scene();
        assertEquals(cue.of(scene), cue.of(scene));
    }

    private static void inRange(Tensor map) {
        for (float value : map.data())
            assertTrue(value >= 0 && value <= 1, "outside of 0..1: " + value);
    }
}
