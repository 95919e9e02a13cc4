package io.github.palimpsest.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.report.ComparisonFigure.Bar;

class ComparisonFigureTest {

    @Test
    void barsAreAsLongAsTheirShares() {
        List<Bar> bars = List.of(new Bar("whole", 1.0, 1, 1, null, false), new Bar("half", .5, .5, .5, null, false),
                new Bar("nothing", null, Double.NaN, Double.NaN, .7, true));
        BufferedImage figure = ComparisonFigure.draw("shares", bars);
        List<Integer> lengths = IntStream.range(0, figure.getHeight())
                .map(y -> (int) IntStream.range(0, figure.getWidth())
                        .filter(x -> figure.getRGB(x, y) == 0xff0072B2).count())
                .filter(n -> n > 0).distinct().boxed().toList();
        assertEquals(List.of(560, 280), lengths);
    }
}
