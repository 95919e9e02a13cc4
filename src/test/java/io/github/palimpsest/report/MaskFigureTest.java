package io.github.palimpsest.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.tensor.Tensor;

class MaskFigureTest {

    @TempDir
    Path temp;

    @Test
    void labelsHaveTheirColoursAndUnlabelledPixelsAreHatched() {
        RunFolder run = new RunFolder(temp);
        byte[] labels = new byte[30 * 20];
        for (int i = 0; i < labels.length; i++)
            labels[i] = (byte) (i % 30 < 10 ? 0 : i % 30 < 20 ? 1 : 255);
        new LabelImage(30, 20, labels).write(run.mask("a.png"), List.of(0, 0xff0000));
        Tensor white = Tensor.zeros(1, 20, 30);
        Arrays.fill(white.data(), 255);
        MaskPanels panels = new MaskPanels(run, "a.png", white, List.of(0, 0xff0000), 256);
        BufferedImage mask = panels.mask().orElseThrow();
        assertEquals(0xffffffff, mask.getRGB(3, 10), "the background shows the image");
        assertEquals(0xffff0000, mask.getRGB(10, 10), "the rim is solid");
        assertEquals(Palette.mix(0xff0000, .62, 0xffffff) | 0xff000000, mask.getRGB(15, 10));
        long kinds = IntStream.range(21, 30).map(x -> mask.getRGB(x, 10)).distinct().count();
        assertEquals(2, kinds, "two greys take turns");
        assertTrue(panels.cue().isEmpty() && panels.prediction(0).isEmpty());
    }

    @Test
    void aFigureGrowsByAColumnPerPassAndIsTheSameEachTime() throws Exception {
        SegmentedRun run = SegmentedRun.write(temp);
        String image = run.drawn().record().images().get(0).name();
        Tensor pixels = run.drawn().pixels(image);
        List<Integer> colours = run.story().colours();
        BufferedImage none = MaskFigure.draw(run.drawn().run(), image, pixels, colours, 0);
        BufferedImage two = MaskFigure.draw(run.drawn().run(), image, pixels, colours, 2);
        assertEquals(none.getHeight(), two.getHeight());
        assertEquals(2 * (256 + 14), two.getWidth() - none.getWidth());
        for (String name : List.of("a.png", "b.png"))
            MaskFigure.write(run.drawn().run(), image, pixels, colours, 1, temp.resolve(name));
        assertArrayEquals(Files.readAllBytes(temp.resolve("a.png")), Files.readAllBytes(temp.resolve("b.png")));
    }
}
