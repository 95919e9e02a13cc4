package io.github.palimpsest.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.evaluation.ConfusionMatrix;

class ConfusionFigureTest {

    @TempDir
    Path temp;

    @Test
    void aRowIsDarkWhereItsPixelsWent() throws Exception {
        ConfusionMatrix matrix = new ConfusionMatrix(3);
        matrix.add(0, 0, 100);
        matrix.add(1, 2, 7);
        BufferedImage picture = ConfusionFigure.draw(List.of("background", "cow", "sheep"), matrix);
        int full = 0xff0B4F7D;
        List<Integer> rows = IntStream.range(0, picture.getWidth() * picture.getHeight())
                .filter(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()) == full)
                .map(i -> i / picture.getWidth()).boxed().distinct().toList();
        assertEquals(2 * 42 - 2, rows.size(), 4, "two cells are full, in the rows of the background and of cow");
        List<String> names = List.of("background", "cow", "sheep");
        ConfusionFigure.write(names, matrix, temp.resolve("a.png"));
        ConfusionFigure.write(names, matrix, temp.resolve("b.png"));
        assertArrayEquals(Files.readAllBytes(temp.resolve("a.png")), Files.readAllBytes(temp.resolve("b.png")));
    }

    @Test
    void manyClassesAreReducedToTheLargest() {
        ConfusionMatrix matrix = new ConfusionMatrix(200);
        for (int label = 0; label < 200; label++)
            matrix.add(label, label / 2, label + 1);
        List<String> names = IntStream.range(0, 200)
                .mapToObj(label -> "a class with a long name, number " + label).toList();
        BufferedImage picture = ConfusionFigure.draw(names, matrix);
        assertTrue(picture.getWidth() < 60 * 42 + 300, picture.getWidth() + " pixels");
    }
}
