package io.github.palimpsest.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import io.github.palimpsest.report.Palette;

/** The hyperstack, without a screen. */
class RoundsHyperstackTest {

    private static final List<String> CHANNELS = List.of("Image before the round", "Activation map", "Accumulated map",
            "Mined regions", "Erased by round", "Background cue", "Training mask", "Prediction");

    @TempDir
    Path temp;

    private ViewedRun viewed;
    private RunLayers layers;

    @BeforeEach
    void write() {
        viewed = ViewedRun.write(temp);
        layers = viewed.layers();
    }

    private static float[] slice(ImagePlus image, int channel, int tag, int round) {
        return (float[]) image.getStack().getProcessor(image.getStackIndex(channel, tag, round)).convertToFloat().getPixels();
    }

    private void assertLayers(ImagePlus image) {
        assertArrayEquals(new int[] {6, 4, CHANNELS.size(), 2, 2}, image.getDimensions());
        assertTrue(image.isHyperStack() || image.getOpenAsHyperStack());
        List<String> tags = List.of("cat", "dog");
        for (int t = 1; t <= 2; t++)
            for (int z = 1; z <= 2; z++) {
                for (int c = 1; c <= CHANNELS.size(); c++)
                    assertEquals(CHANNELS.get(c - 1) + ", " + tags.get(z - 1) + ", round " + t,
                            image.getStack().getSliceLabel(image.getStackIndex(c, z, t)).split("\n")[0]);
                assertArrayEquals(layers.camValues("two.png", tags.get(z - 1), t), slice(image, 2, z, t));
                assertArrayEquals(layers.accumulatedValues("two.png", tags.get(z - 1), t), slice(image, 3, z, t));
            }
        assertEquals(0, slice(image, 4, 1, 1)[0], "round 2 mined it");
        assertEquals(2, slice(image, 4, 1, 2)[0]);
        assertEquals(1, slice(image, 5, 2, 1)[1], "erased for the other tag");
        assertEquals(Palette.grey(0x0A0502) & 255, slice(image, 1, 1, 1)[0]);
        assertEquals(128, slice(image, 1, 1, 2)[1], "erased by round 1");
        assertEquals(2, slice(image, 7, 1, 1)[11]);
        assertEquals(CompositeImage.COLOR, ((CompositeImage) image).getMode());
    }

    private static void assertColours(ImagePlus image) {
        image.setPosition(4, 1, 2);
        assertEquals(Palette.round(2), image.getImage() == null ? 0 : rgb(image, 0, 0), "round 2 in its colour");
        assertEquals(Palette.round(1), rgb(image, 1, 0));
        image.setPosition(1, 1, 1);
    }

    private static int rgb(ImagePlus image, int x, int y) {
        Overlay overlay = image.getOverlay();
        image.setHideOverlay(true);
        int rgb = image.flatten().getProcessor().getPixel(x, y) & 0xFFFFFF;
        image.setHideOverlay(false);
        image.setOverlay(overlay);
        return rgb;
    }

    private static void assertOverlay(ImagePlus image) {
        Overlay overlay = image.getOverlay();
        List<String> places = new ArrayList<>();
        for (Roi roi : overlay.toArray()) {
            assertEquals(1, roi.getCPosition());
            places.add((roi instanceof ImageRoi ? "heat " : "outline ") + roi.getZPosition() + " " + roi.getTPosition());
            if (roi instanceof ImageRoi heat) {
                assertEquals(.4, heat.getOpacity(), .01);
                assertTrue(heat.getZeroTransparent());
            } else {
                assertEquals(Palette.round(roi.getTPosition()), roi.getStrokeColor().getRGB() & 0xFFFFFF);
            }
        }
        assertEquals(List.of("heat 1 1", "outline 1 1", "heat 2 1", "outline 2 1", "heat 1 2", "outline 1 2", "heat 2 2",
                "outline 2 2"), places);
        ImageRoi dog = (ImageRoi) overlay.get(2);
        assertEquals(Palette.heat(1), dog.getProcessor().getPixel(5, 0) & 0xFFFFFF);
        assertEquals(0, dog.getProcessor().getPixel(0, 3) & 0xFFFFFF, "no veil where there is no heat");
        assertEquals(2, overlay.get(3).getStatistics().area, "the outline holds what the round mined");
    }

    @Test
    void tagsAreSlicesAndRoundsAreFrames() {
        ImagePlus hyperstack = RoundsHyperstack.of(layers, "two.png", .4);
        assertLayers(hyperstack);
        assertOverlay(hyperstack);
        assertColours(hyperstack);
        assertEquals(4, hyperstack.getStack().getVoxels(5, 0, hyperstack.getStackIndex(2, 2, 1) - 1, 1, 1, 1, null)[0]);
    }

    @Test
    void itSurvivesTiff() {
        Path file = temp.resolve("out").resolve("two.tif");
        RoundsHyperstack.save(RoundsHyperstack.of(layers, "two.png", .4), file);
        ImagePlus back = IJ.openImage(file.toString());
        assertLayers(back);
        assertOverlay(back);
        assertColours(back);
    }

    @Test
    void opacityZeroLeavesTheOverlayOut() {
        assertNull(RoundsHyperstack.of(layers, "two.png", 0).getOverlay());
    }

    @Test
    void anImageWithoutTagsHasOneSliceAndNoMaps() {
        ImagePlus hyperstack = RoundsHyperstack.of(layers, "none.png", .5);
        assertArrayEquals(new int[] {6, 4, 2, 1, 2}, hyperstack.getDimensions());
        assertEquals("Image before the round, round 1", hyperstack.getStack().getSliceLabel(1));
        assertNull(hyperstack.getOverlay());
    }

    @Test
    void whatCannotBeShownOrSavedIsASentence() throws IOException {
        ImagePlus hyperstack = RoundsHyperstack.of(layers, "two.png", .5);
        RunLayersTest.assertSentence(() -> RoundsHyperstack.show(hyperstack), "no screen", "output=rounds.tif");
        RunLayersTest.assertSentence(() -> RoundsHyperstack.save(hyperstack, temp.resolve("a.png")), "whose name ends with .tif");
        Files.writeString(viewed.run().mask("two.png"), "no PNG");
        RunLayersTest.assertSentence(() -> RoundsHyperstack.of(viewed.layers(), "two.png", .5), "two.png.png");
        assertFalse(Files.exists(temp.resolve("a.png")));
    }

    /** ImageJ paints when it likes, also when a file has been damaged meanwhile. */
    @Test
    void aFileThatBreaksLaterIsUnknownValuesAndNoException() throws IOException {
        ImagePlus hyperstack = RoundsHyperstack.of(layers, "two.png", .5);
        layers.cache().clear();
        Files.writeString(viewed.run().cam(1, "two.png"), "no TIFF");
        assertTrue(Float.isNaN(slice(hyperstack, 2, 1, 1)[0]));
    }
}
