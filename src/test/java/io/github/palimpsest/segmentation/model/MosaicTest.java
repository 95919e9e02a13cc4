package io.github.palimpsest.segmentation.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.tensor.Tensor;

class MosaicTest {

    @ParameterizedTest
    @CsvSource({"100,160,64,32", "161,160,64,32", "1000,160,64,32", "991,160,64,32", "400,64,32,32", "77,32,0,32",
            "500,100,30,1", "101,100,50,1", "3,2,1,1", "1,1,0,1"})
    void stretchesCoverTheSideAndCountEverywhere(int whole, int longest, int overlap, int step) {
        List<Span> spans = Span.cut(whole, longest, overlap, step);
        assertEquals(0, spans.get(0).start());
        assertEquals(whole, spans.get(spans.size() - 1).end());
        for (int i = 0; i < spans.size(); i++) {
            assertEquals(0, spans.get(i).start() % step);
            assertTrue(spans.get(i).length() <= longest);
            if (i > 0)
                assertTrue(spans.get(i - 1).end() - spans.get(i).start() >= overlap, spans.toString());
        }
        for (int place = 0; place < whole; place++) {
            int here = place;
            double most = spans.stream().filter(span -> span.start() <= here && here < span.end())
                    .mapToDouble(span -> span.weight(here)).max().orElse(0);
            assertTrue(most >= 0.49, place + " of " + spans);
        }
    }

    @Test
    void whatIsNextToACutDoesNotCount() {
        Span span = new Span(32, 96, 1000, 32);
        assertEquals(0, span.weight(32));
        assertEquals(0, span.weight(39));
        assertEquals(0.5, span.weight(48), 0.05);
        assertEquals(1, span.weight(64));
        assertEquals(0, span.weight(95));
        assertEquals(1, new Span(0, 96, 1000, 32).weight(0), "the image's own border is no cut");
    }

    @Test
    void equalTilesGiveTheWhole() {
        int height = 150;
        int width = 210;
        Mosaic mosaic = new Mosaic(2, height, width);
        for (Span rows : Span.cut(height, 64, 32, 32))
            for (Span columns : Span.cut(width, 96, 32, 32)) {
                Tensor tile = Tensor.zeros(2, rows.length(), columns.length());
                for (int c = 0, i = 0; c < 2; c++)
                    for (int y = rows.start(); y < rows.end(); y++)
                        for (int x = columns.start(); x < columns.end(); x++)
                            tile.data()[i++] = value(c, y, x);
                mosaic.add(tile, rows, columns);
            }
        Tensor whole = mosaic.whole();
        for (int c = 0, i = 0; c < 2; c++)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++, i++)
                    assertEquals(value(c, y, x), whole.data()[i], 2e-4);
    }

    private static float value(int c, int y, int x) {
        return 100 * c + y - 0.5f * x;
    }

    @Test
    void tilesOfAnotherSizeAreRefused() {
        Mosaic mosaic = new Mosaic(1, 10, 10);
        Span span = new Span(0, 10, 10, 2);
        assertThrows(IllegalArgumentException.class, () -> mosaic.add(Tensor.zeros(1, 9, 10), span, span));
        assertEquals(10, Arrays.stream(new Span[] {span}).mapToInt(Span::length).sum());
    }
}
