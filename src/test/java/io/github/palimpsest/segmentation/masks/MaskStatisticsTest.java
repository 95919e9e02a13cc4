package io.github.palimpsest.segmentation.masks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.segmentation.masks.MaskStatistics.TagShare;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.RunRecord.ImageRecord;

class MaskStatisticsTest {

    private static final List<String> TAGS = List.of("cat", "dog", "cow");

    private final MaskStatistics.Count count = new MaskStatistics.Count(TAGS);

    private void add(byte[] mask, LabelStack regions, String... tags) {
        count.add(new ImageRecord("x.png", "", mask.length, 1, List.of(tags)), new LabelImage(mask.length, 1, mask),
                regions);
    }

    @Test
    void everyPixelIsCountedOnce() {
        add(new byte[] {1, 1, 0, -1}, new LabelStack(List.of("cat", "dog"), 4, 1,
                List.of(new byte[] {1, 1, 0, 2}, new byte[] {0, 0, 0, 1})), "cat", "dog");
        add(new byte[] {0, 0, 2, -1, -1, 0},
                new LabelStack(List.of("dog"), 6, 1, List.of(new byte[] {0, 0, 1, 0, 0, 0})), "dog");
        add(new byte[] {0, 0}, null);
        MaskStatistics statistics = count.statistics();
        assertEquals(new MaskStatistics(3, 12, 6, 3, 1, List.of(new TagShare("cat", 1, 1, 4, 2, 1),
                new TagShare("dog", 2, 1, 10, 1, 1), new TagShare("cow", 0, 0, 0, 0, 0))), statistics);
        assertEquals(.25, statistics.unlabelledShare());
        assertEquals(List.of(.5, .1, 0.0), statistics.tags().stream().map(TagShare::share).toList());
        assertEquals(List.of(), statistics.warnings(), "nothing is wrong with these, and the cow is in no image");
        assertEquals(statistics, Json.parse(Json.text(statistics), "", MaskStatistics.class));
    }

    @Test
    void tagsThatGotAlmostNothingOrNearlyEverythingAreToldOf() {
        byte[] cat = new byte[1000];
        Arrays.fill(cat, 0, 4, (byte) 1);
        byte[] dog = new byte[1000];
        Arrays.fill(dog, 0, 901, (byte) 2);
        byte[] cow = new byte[1000];
        Arrays.fill(cow, 0, 900, (byte) 3);
        add(cat, null, "cat");
        add(dog, null, "dog");
        add(cow, null, "cow");
        List<String> warnings = count.statistics().warnings();
        assertEquals(2, warnings.size());
        assertTrue(warnings.get(0).contains("only 0.4 % of the images tagged \"cat\""), warnings.get(0));
        assertTrue(warnings.get(1).contains("90.1 % of the images tagged \"dog\""), warnings.get(1));
    }

    @Test
    void masksWithoutBackgroundAreToldOf() {
        add(new byte[] {1, -1}, null, "cat");
        assertTrue(count.statistics().warnings().get(0).startsWith("No pixel of any training mask is background"));
    }
}
