package io.github.palimpsest.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import bdv.util.BdvFunctions;
import bdv.util.BdvStackSource;
import io.github.palimpsest.report.Palette;

import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.real.FloatType;

/** With a stand-in for BigDataViewer that has the signatures which are called. */
class BigDataViewerTest {

    @TempDir
    Path temp;

    private ViewedRun viewed;

    @BeforeEach
    void write() {
        viewed = ViewedRun.write(temp);
        BdvFunctions.SHOWN.clear();
    }

    private static BigDataViewer found() {
        return BigDataViewer.find(BigDataViewerTest.class.getClassLoader());
    }

    @Test
    void layersAreNamedColouredSourcesInOneWindow() {
        found().show(viewed.layers(), "two.png", "dog", 2);
        List<BdvStackSource<?>> shown = BdvFunctions.SHOWN;
        assertEquals(List.of("Image", "Activation map, dog, round 1", "Activation map, dog, round 2", "Accumulated map, dog",
                "Mined regions, dog", "Erased image, round 1", "Erased image, round 2", "Background cue", "Training mask",
                "Prediction"), shown.stream().map(source -> source.name).toList());
        assertNull(shown.get(0).options.window);
        for (BdvStackSource<?> source : shown) {
            assertTrue(source.options.flat);
            if (source != shown.get(0))
                assertSame(shown.get(0), source.options.window);
        }
        assertEquals(List.of("Image", "Activation map, dog, round 2"),
                shown.stream().filter(source -> source.active).map(source -> source.name).toList());
        assertEquals(0xFF000000 | Palette.round(1), shown.get(1).color);
        assertEquals(4, shown.get(1).max);
        assertEquals(.2f, shown.get(2).max);
        assertEquals(4, ((FloatType) shown.get(1).pixels.getAt(5, 0)).get());
        assertEquals(0xFF000000 | Palette.round(2), ((ARGBType) shown.get(4).pixels.getAt(4, 2)).get());
        assertEquals(0xFF000000, ((ARGBType) shown.get(4).pixels.getAt(0, 0)).get());
    }

    @Test
    void anImageWithoutTagsHasNoMaps() {
        found().show(viewed.layers(), "none.png", "", 1);
        assertEquals(List.of("Image", "Erased image, round 1", "Erased image, round 2"),
                BdvFunctions.SHOWN.stream().map(source -> source.name).toList());
    }

    @Test
    void aDamagedFileIsToldBeforeAWindowOpens() throws IOException {
        Files.writeString(viewed.run().background("two.png"), "no TIFF");
        RunLayersTest.assertSentence(() -> found().show(viewed.layers(), "two.png", "dog", 1), "is damaged");
        assertEquals(List.of(), BdvFunctions.SHOWN);
    }

    @Test
    void whereItIsMissingOrThereIsNoScreenASentenceSaysSo() {
        RunLayersTest.assertSentence(() -> BigDataViewer.find(ClassLoader.getPlatformClassLoader()),
                "BigDataViewer is not installed here: it comes with Fiji.");
        RunLayers layers = viewed.layers();
        Subject subject = Subject.choose(layers, java.util.Optional.empty(), java.util.Optional.empty());
        RunLayersTest.assertSentence(() -> BigDataViewer.show(layers, subject, 1), "needs a screen");
        RunLayersTest.assertSentence(() -> RoundsViewer.show(layers, subject), "The viewer needs a screen");
    }
}
