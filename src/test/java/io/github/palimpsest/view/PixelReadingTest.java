package io.github.palimpsest.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelReadingTest {

    @TempDir
    Path temp;

    @Test
    void aPixelTellsTagRoundAndScore() {
        PixelReading reading = PixelReading.of(ViewedRun.write(temp).layers(), "two.png", 5, 0);
        assertEquals(List.of("cat", "dog"), reading.tags().stream().map(PixelReading.OfTag::tag).toList());
        assertEquals(1, reading.erasedBy());
        PixelReading.OfTag cat = reading.tags().get(0);
        assertEquals(0, cat.minedBy());
        assertEquals(List.of(0.0, 0.0), cat.scores());
        PixelReading.OfTag dog = reading.tags().get(1);
        assertEquals(1, dog.minedBy());
        assertEquals(4, dog.scores().get(0));
        assertEquals(1, dog.shares().get(0));
        assertEquals(.1f, dog.scores().get(1), 1e-7);
        assertEquals(.5, dog.shares().get(1), 1e-7);
    }

    @Test
    void withoutTagsThereIsNothingToTellButItsPlace() {
        RunLayers layers = ViewedRun.write(temp).layers();
        assertEquals(new PixelReading(1, 2, 0, List.of()), PixelReading.of(layers, "none.png", 1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> PixelReading.of(layers, "two.png", 6, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> PixelReading.of(layers, "two.png", 0, -1));
    }
}
