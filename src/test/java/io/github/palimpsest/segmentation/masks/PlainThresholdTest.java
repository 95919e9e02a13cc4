package io.github.palimpsest.segmentation.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.tensor.Tensor;

class PlainThresholdTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"180, 60", "60, 180"})
    void itFindsDiscsThatTheirGreyLevelTells(int disc, int ground) {
        Discs discs = new Discs(folder, 8, disc, ground);
        PlainThreshold plain = PlainThreshold.otsu(discs.written.run, discs.record, discs.written.images());
        double iou = discs.iou(image -> plain.of(image).labels());
        assertTrue(iou > .99, "IoU " + iou);
    }

    @Test
    void ofSeveralTagsTheOneWithTheHighestMapGetsThePixelAndUntaggedImagesAreBackground() {
        WrittenRun written = new WrittenRun(folder, "cat", "dog");
        written.round(true);
        ImageRecord image = written.image("both.png", 4, 1, "cat", "dog");
        written.cam(1, image, 4, 1, .5f, .2f, 0, 0, .2f, 1, 1);
        written.image("none.png", 4, 1);
        PlainThreshold plain = new PlainThreshold(written.run, written.record(),
                scene -> Tensor.of(new float[] {1, 1, 1, 0}, 1, 1, 4));
        assertArrayEquals(new byte[] {1, 1, 2, 0}, plain.of(written.images().get(0)).labels());
        assertArrayEquals(new byte[4], plain.of(written.images().get(1)).labels());
    }
}
