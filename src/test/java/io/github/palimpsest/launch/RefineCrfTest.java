package io.github.palimpsest.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.tensor.Tensor;

/** {@code refine-crf} as it is typed. */
class RefineCrfTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** A lone doubt amid agreement on a plain image gives way. */
    @Test
    void doubtsGiveWayToTheNeighbours(@TempDir Path folder) throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        ImageIO.write(new BufferedImage(9, 8, BufferedImage.TYPE_INT_RGB), "png", images.resolve("plain.png").toFile());
        Tensor maps = Tensor.zeros(2, 8, 9);
        for (int i = 0; i < 72; i++) {
            maps.data()[i] = i == 40 ? 0.6f : 0.2f;
            maps.data()[72 + i] = 1 - maps.data()[i];
        }
        new MapStack(List.of("ground", "cell"), maps).write(folder.resolve("maps").resolve("plain.tif"));
        Path output = folder.resolve("out");
        assertEquals(0, run("refine-crf", "images=" + images, "probabilities=" + folder.resolve("maps"), "output=" + output,
                "maps=true", "threads=1"), err.toString(StandardCharsets.UTF_8));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("Refined 1 image into " + output + "."));
        byte[] cells = new byte[72];
        Arrays.fill(cells, (byte) 1);
        assertArrayEquals(cells, LabelImage.read(output.resolve("plain.png.png")).labels());
        assertEquals(List.of("ground", "cell"), MapStack.read(output.resolve("maps").resolve("plain.png.tif")).labels());
    }

    @Test
    void missingMapsAreASentence(@TempDir Path folder) throws IOException {
        Path image = folder.resolve("plain.png");
        ImageIO.write(new BufferedImage(9, 8, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
        Path nowhere = folder.resolve("nowhere");
        assertEquals(1, run("refine-crf", "images=" + image, "probabilities=" + nowhere, "output=" + folder.resolve("out")));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("There is nothing called " + nowhere));
    }

    private int run(String... words) {
        return Main.run(List.of(words), new PrintStream(out, true), new PrintStream(err, true), null);
    }
}
