package io.github.palimpsest.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import ij.process.ByteProcessor;

import io.github.palimpsest.tensor.Tensor;

class ThresholdCueTest {

    private static final int HEIGHT = 60;
    private static final int WIDTH = 90;

    /** What ImageJ's own window of thresholds would mark on the same pixels. */
    @ParameterizedTest
    @CsvSource({"OTSU, Otsu, DARK", "OTSU, Otsu, BRIGHT", "LI, Li, DARK", "LI, Li, BRIGHT", "TRIANGLE, Triangle, DARK",
            "TRIANGLE, Triangle, BRIGHT"})
    void theThresholdIsImageJs(CueKind kind, String method, Ground ground) {
        Scene scene = cells(60, 170).scene();
        ByteProcessor image = new ByteProcessor(WIDTH, HEIGHT);
        int[] levels = Luminance.of(scene.rgb());
        for (int i = 0; i < levels.length; i++)
            image.set(i, levels[i]);
        image.setAutoThreshold(method + " dark");
        double least = image.getMinThreshold();
        Tensor cue = cue(kind, ground).of(scene);
        for (int i = 0; i < levels.length; i++)
            assertEquals((levels[i] >= least) == (ground == Ground.DARK) ? 1 : 0, cue.data()[i]);
    }

    @ParameterizedTest
    @EnumSource(names = {"OTSU", "LI", "TRIANGLE", "LOCAL"})
    void brightCellsOnDarkGround(CueKind kind) {
        Tensor cue = cue(kind, Ground.DARK).of(cells(40, 200).scene());
        assertTrue(Drawing.mean(cue, 22, 32, 28, 38) > 0.95);
        assertTrue(Drawing.mean(cue, 0, 60, 60, 90) < 0.05);
    }

    @ParameterizedTest
    @EnumSource(names = {"OTSU", "LOCAL"})
    void darkCellsOnBrightGround(CueKind kind) {
        Tensor cue = cue(kind, Ground.BRIGHT).of(cells(200, 60).scene());
        assertTrue(Drawing.mean(cue, 22, 32, 28, 38) > 0.95);
        assertTrue(Drawing.mean(cue, 0, 60, 60, 90) < 0.05);
    }

    @Test
    void theLocalThresholdFollowsTheLightWhereNoGlobalOneCan() {
        // The ground at the right is brighter than the cell at the left.
        Scene scene = new Drawing(120, 180, 20).rectangle(50, 20, 62, 32, 60).rectangle(50, 140, 62, 152, 60)
                .slope(180).noise(3, 1).scene();
        Tensor global = cue(CueKind.OTSU, Ground.DARK).of(scene);
        assertTrue(Drawing.mean(global, 50, 20, 62, 32) < 0.5, "the global threshold should miss the left cell");
        assertTrue(Drawing.mean(global, 0, 160, 120, 180) > 0.5, "the global threshold should take the right ground");
        Tensor local = cue(CueKind.LOCAL, Ground.DARK).of(scene);
        assertTrue(Drawing.mean(local, 50, 20, 62, 32) > 0.95);
        assertTrue(Drawing.mean(local, 50, 140, 62, 152) > 0.95);
        assertTrue(Drawing.mean(local, 0, 0, 120, 180) < 0.05);
    }

    @Test
    void theLocalMeanIsThatOfTheWindowWithinThePicture() {
        int[] levels = Luminance.of(cells(70, 150).scene().rgb());
        int radius = 4;
        double[] rest = new double[levels.length];
        double least = 1e9;
        double most = -1e9;
        for (int i = 0; i < levels.length; i++) {
            double sum = 0;
            int count = 0;
            for (int y = Math.max(0, i / WIDTH - radius); y <= Math.min(HEIGHT - 1, i / WIDTH + radius); y++)
                for (int x = Math.max(0, i % WIDTH - radius); x <= Math.min(WIDTH - 1, i % WIDTH + radius); x++) {
                    sum += levels[y * WIDTH + x];
                    count++;
                }
            rest[i] = levels[i] - sum / count;
            least = Math.min(least, rest[i]);
            most = Math.max(most, rest[i]);
        }
        boolean[] bright = new LocalThreshold(radius).bright(levels, HEIGHT, WIDTH);
        double brightest = -1e9;
        double darkest = 1e9;
        for (int i = 0; i < levels.length; i++)
            if (bright[i])
                darkest = Math.min(darkest, rest[i]);
            else
                brightest = Math.max(brightest, rest[i]);
        assertTrue(brightest < darkest, "one offset parts all pixels");
        assertTrue(brightest > least && darkest < most);
    }

    @Test
    void theSideThatMapsRespondToLessIsTheGround() {
        Drawing drawing = cells(120, 180);
        Tensor onTheCell = map(20, 30, 30, 40);
        Tensor besideTheCell = map(0, 50, 60, 90);
        assertEquals(cue(CueKind.OTSU, Ground.DARK).of(drawing.scene()),
                cue(CueKind.OTSU, Ground.AUTO).of(drawing.scene(onTheCell)));
        assertEquals(cue(CueKind.OTSU, Ground.BRIGHT).of(drawing.scene()),
                cue(CueKind.OTSU, Ground.AUTO).of(drawing.scene(besideTheCell)));
    }

    @Test
    void withoutMapsTheLargerSideIsTheGroundUnlessItIsFixed() {
        ThresholdCue auto = cue(CueKind.OTSU, Ground.AUTO);
        assertEquals(cue(CueKind.OTSU, Ground.DARK).of(cells(60, 170).scene()), auto.of(cells(60, 170).scene()));
        assertEquals(cue(CueKind.OTSU, Ground.BRIGHT).of(cells(170, 60).scene()), auto.of(cells(170, 60).scene()));
        assertEquals(cue(CueKind.OTSU, Ground.BRIGHT).of(cells(60, 170).scene()),
                auto.withGround(Ground.BRIGHT).of(cells(60, 170).scene()));
    }

    @Test
    void theMajorityDecidesForAWholeFolder() {
        Scene dark = cells(60, 170).scene(map(20, 30, 30, 40));
        Scene bright = cells(170, 60).scene(map(20, 30, 30, 40));
        Scene untagged = cells(170, 60).scene();
        ThresholdCue auto = cue(CueKind.OTSU, Ground.AUTO);
        assertEquals(Ground.DARK, auto.settled(List.of(dark, untagged, bright, untagged, dark)).ground());
        assertEquals(Ground.BRIGHT, auto.settled(List.of(bright, dark, bright)).ground());
        assertEquals(Ground.AUTO, auto.settled(List.of(untagged)).ground());
        ThresholdCue fixed = cue(CueKind.OTSU, Ground.BRIGHT);
        assertSame(fixed, fixed.settled(List.of(dark, dark)));
    }

    @ParameterizedTest
    @EnumSource(names = {"OTSU", "LI", "TRIANGLE", "LOCAL"})
    void ofAnEvenPictureNothingIsSaid(CueKind kind) {
        for (int grey : new int[] {0, 128, 255})
            for (float value : cue(kind, Ground.AUTO).of(new Drawing(5, 7, grey).scene()).data())
                assertEquals(0.5f, value);
        assertEquals(1, cue(kind, Ground.AUTO).of(new Drawing(1, 1, 9).scene()).length());
    }

    @Test
    void luminanceWeighsColoursAndKeepsGrey() {
        assertEquals(76, Luminance.of(new Drawing(1, 1, 255, 0, 0).scene().rgb())[0]);
        assertEquals(150, Luminance.of(new Drawing(1, 1, 0, 255, 0).scene().rgb())[0]);
        assertEquals(29, Luminance.of(new Drawing(1, 1, 0, 0, 255).scene().rgb())[0]);
        for (int grey = 0; grey < 256; grey++)
            assertEquals(grey, Luminance.of(new Drawing(1, 1, grey).scene().rgb())[0]);
    }

    private static ThresholdCue cue(CueKind kind, Ground ground) {
        return (ThresholdCue) BackgroundCues.of(kind, CueOptions.DEFAULT.withGround(ground));
    }

    /** Some small cells on an even ground. */
    private static Drawing cells(int ground, int cell) {
        return new Drawing(HEIGHT, WIDTH, ground).rectangle(20, 30, 30, 40, cell).rectangle(5, 8, 12, 16, cell)
                .rectangle(45, 20, 52, 27, cell).noise(12, 3);
    }

    /** Two tags, of which the second responds in a rectangle, at a third of the resolution. */
    private static Tensor map(int top, int left, int bottom, int right) {
        Tensor maps = Tensor.zeros(2, HEIGHT / 3, WIDTH / 3);
        for (int y = 0; y < HEIGHT / 3; y++)
            for (int x = 0; x < WIDTH / 3; x++)
                if (3 * y + 1 >= top && 3 * y + 1 < bottom && 3 * x + 1 >= left && 3 * x + 1 < right)
                    maps.data()[(HEIGHT / 3 + y) * (WIDTH / 3) + x] = 1;
        return maps;
    }
}
