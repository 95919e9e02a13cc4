package io.github.palimpsest.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.report.Palette;
import io.github.palimpsest.store.TagColours;

/** Layers over each other. */
class LayerPainterTest {

    @TempDir
    Path temp;

    private ViewedRun viewed;
    private RunLayers layers;
    private final List<String> problems = new ArrayList<>();

    @BeforeEach
    void write() {
        viewed = ViewedRun.write(temp);
        layers = viewed.layers();
    }

    private BufferedImage paint(int round, Map<Layer, Double> opacities) {
        return LayerPainter.paint(layers, "two.png", "dog", round, new LayerStyle(opacities), null, 0, problems::add);
    }

    private static int at(BufferedImage picture, int x, int y) {
        return picture.getRGB(x, y) & 0xFFFFFF;
    }

    @Test
    void anOpaqueLayerHidesWhatIsBelowAndAClearOneDoesNot() {
        assertEquals(0x0A0502, at(paint(1, Map.of(Layer.ORIGINAL, 1.0)), 0, 0));
        assertEquals(Palette.mix(0x0A0502, .5, 0xFDFCF9), at(paint(1, Map.of(Layer.ORIGINAL, .5)), 0, 0));
        BufferedImage erased = paint(1, Map.of(Layer.ORIGINAL, 1.0, Layer.ERASED, 1.0));
        assertEquals(0x808080, at(erased, 1, 0));
        assertEquals(0x0A0502, at(erased, 0, 0), "only round 2 erased it");
        assertEquals(at(paint(1, Map.of(Layer.ORIGINAL, 1.0)), 2, 2),
                at(paint(1, Map.of(Layer.ORIGINAL, 1.0, Layer.REGIONS, 0.0)), 2, 2));
    }

    @Test
    void roundsAndLabelsHaveTheirColours() {
        BufferedImage mined = paint(1, Map.of(Layer.REGIONS, 1.0));
        assertEquals(Palette.round(1), at(mined, 5, 0));
        assertEquals(Palette.round(2), at(mined, 4, 2));
        assertEquals(0xFDFCF9, at(mined, 0, 0), "the cat's, but the dog is looked for");
        BufferedImage mask = paint(1, Map.of(Layer.MASK, 1.0));
        assertEquals(TagColours.of(2).get(1), at(mask, 0, 0));
        assertEquals(TagColours.of(2).get(2), at(mask, 5, 1));
        assertEquals(0xFDFCF9, at(mask, 3, 0), "background is clear");
    }

    @Test
    void heatFollowsTheRoundsMap() {
        assertEquals(Palette.heat(1), at(paint(1, Map.of(Layer.CAM, 1.0)), 5, 0));
        assertNotEquals(Palette.heat(1), at(paint(2, Map.of(Layer.CAM, 1.0)), 5, 0));
        assertEquals(Palette.heat(1), at(paint(2, Map.of(Layer.ACCUMULATED, 1.0)), 5, 0));
    }

    @Test
    void whatWouldBeMinedIsTinted() {
        MiningPreview preview = MiningPreview.of(layers, "two.png", "dog", 1, .5);
        BufferedImage tinted = LayerPainter.paint(layers, "two.png", "dog", 1, new LayerStyle(Map.of()), preview, 1,
                problems::add);
        int colour = Palette.round(1);
        for (int i = 0; i < 24; i++) {
            int shown = at(tinted, i % 6, i / 6);
            if (preview.mined().get(i))
                assertEquals(colour, shown, "mined at " + i);
            else if (preview.erased().get(i))
                assertTrue(shown == colour || shown == Palette.mix(colour, .25, 0xFDFCF9), "hatched at " + i);
            else
                assertEquals(0xFDFCF9, shown, "left at " + i);
        }
    }

    @Test
    void aLayerThatCannotBeReadIsLeftOutAndTold() throws IOException {
        Files.writeString(viewed.run().mask("two.png"), "no PNG");
        Files.writeString(viewed.run().cam(1, "two.png"), "no TIFF");
        Seen seen = Seen.of(layers, new Seen.Wish("two.png", "dog", 1, .5,
                new LayerStyle(Map.of(Layer.ORIGINAL, 1.0, Layer.MASK, 1.0, Layer.CAM, 1.0)), true, .5, 0, 0));
        assertEquals(0x0A0502, at(seen.picture(), 0, 0));
        assertEquals(2, seen.problems().size(), seen.problems().toString());
        assertTrue(seen.problems().stream().anyMatch(problem -> problem.contains("two.png.png")));
        assertTrue(seen.problems().stream().anyMatch(problem -> problem.contains("two.png.tif")));
        assertEquals(null, seen.preview());
    }
}
