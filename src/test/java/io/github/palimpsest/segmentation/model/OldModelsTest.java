package io.github.palimpsest.segmentation.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.store.LabelImage;

/** Models that earlier versions wrote must open and say what they said: see {@link ModelFixture}. */
class OldModelsTest {

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(OldModelsTest.class.getResource(name).toURI());
    }

    @Test
    void theFirstFormatOpensAndSegmentsAsEver() throws Exception {
        Path file = resource("format-1.palimpsest");
        assertTrue(Files.size(file) < 150_000);
        SegmentationModel model = SegmentationModel.open(file);
        assertEquals(SmallModel.TAGS, model.description().tags());
        assertEquals(1, model.description().format());
        LabelImage expected = LabelImage.read(resource("format-1-labels.png"));
        Segmentation found = ModelFixture.segmented(model);
        assertEquals(expected.width(), found.width());
        int[] counts = new int[3];
        int differing = 0;
        for (int i = 0; i < expected.labels().length; i++) {
            counts[expected.labels()[i]]++;
            differing += expected.labels()[i] == found.labels()[i] ? 0 : 1;
        }
        // Another processor may round otherwise, which decides pixels on a border.
        assertTrue(differing <= expected.labels().length / 200, differing + " pixels differ");
        for (int count : counts)
            assertTrue(count > expected.labels().length / 50, "all labels are there");
    }
}
