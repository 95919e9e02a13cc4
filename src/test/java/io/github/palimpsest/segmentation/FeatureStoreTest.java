package io.github.palimpsest.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.network.View;
import io.github.palimpsest.segmentation.FeatureStore.Key;
import io.github.palimpsest.tensor.Tensor;

class FeatureStoreTest {

    @TempDir
    private Path folder;

    private static Tensor counted(int first, int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.length(); i++)
            tensor.data()[i] = first + i;
        return tensor;
    }

    private static Key key(int image, boolean mirrored) {
        return new Key(image, new View(1.5, mirrored));
    }

    private static Map<String, Tensor> features(int image) {
        Map<String, Tensor> features = new LinkedHashMap<>();
        features.put("deep", counted(1000 * image, 3, 2, 1 + image));
        features.put("fine", counted(1000 * image + 500, 1, 4, 2));
        return features;
    }

    @Test
    void everyImageGetsBackWhatItGaveWhateverIsAskedForAndInWhichOrder() {
        try (FeatureStore store = new FeatureStore(folder.resolve("features"), 1 << 20)) {
            for (int image : new int[] {2, 0, 1})
                for (boolean mirrored : new boolean[] {true, false})
                    store.put(key(image, mirrored), features(mirrored ? 10 + image : image));
            for (int image = 0; image < 3; image++) {
                assertEquals(features(image), store.get(key(image, false), List.of("fine", "deep")));
                assertEquals(features(10 + image), store.get(key(image, true), List.of("deep", "fine")));
                assertEquals(Map.of("fine", features(image).get("fine")), store.get(key(image, false), List.of("fine")));
            }
        }
    }

    @Test
    void whatDoesNotFitIsLeftOutAndWhatFitsAfterwardsIsKept() {
        // An image i has 6 (1 + i) + 8 floats: 14, 20, 26.
        try (FeatureStore store = new FeatureStore(folder.resolve("features"), 4 * (20 + 14 + 9))) {
            for (int image : new int[] {1, 2, 0})
                store.put(key(image, false), features(image));
            assertEquals(List.of(true, true, false),
                    IntStream.range(0, 3).mapToObj(image -> store.has(key(image, false))).toList());
            assertEquals(features(0), store.get(key(0, false), List.of("deep", "fine")));
            assertFalse(store.has(key(0, true)));
            assertFalse(store.has(new Key(0, new View(1, false))));
            assertTrue(store.isFull());
            store.put(key(3, false), Map.of("exactly", counted(7, 9, 1, 1)));
            assertTrue(store.has(key(3, false)));
            store.put(key(4, false), Map.of("more", counted(7, 1, 1, 1)));
            assertFalse(store.has(key(4, false)));
        }
    }

    @Test
    void withoutRoomNothingIsKeptAndTheFileGoesInTheEnd() {
        Path file = folder.resolve("deep/features");
        try (FeatureStore store = new FeatureStore(file, 0)) {
            store.put(key(0, false), features(0));
            assertFalse(store.has(key(0, false)));
            assertTrue(Files.exists(file));
        }
        assertFalse(Files.exists(file));
    }
}
