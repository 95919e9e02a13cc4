package io.github.palimpsest.segmentation;

import static io.github.palimpsest.erasing.SmallRun.assertSameFiles;
import static io.github.palimpsest.erasing.SmallRun.files;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.erasing.StoppingProgress;
import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Tensor;

/** Cells with a nucleus and without one: the real engine on a tag within another. */
class PartedSegmentationTest {

    @TempDir
    private static Path folder;
    private static RunFolder run;
    private static RunFolder undisturbed;
    private static SegmentationRecord record;

    @TempDir
    private Path other;

    @BeforeAll
    static void train() {
        run = SmallSegmentation.run(folder, SmallSegmentation.cells(folder.resolve("images")));
        undisturbed = new RunFolder(folder.resolve("result"));
        record = SmallSegmentation.train(run, undisturbed.root(), Progress.silent());
    }

    @Test
    void theRecordSaysHowTheNucleusIsToldFromItsCell() {
        assertEquals(1, record.parts().size());
        String sentence = record.parts().get(0);
        assertTrue(sentence.startsWith("All images of nucleus show cell too") && sentence.contains("two groups"), sentence);
    }

    @Test
    void whatIsNucleusLiesWithinTheNuclei() {
        int[] red = new int[3], other = new int[3];
        for (int i = 0; i < 10; i++) {
            byte[] labels = LabelImage.read(undisturbed.mask("cell" + i + ".png")).labels();
            Tensor image = ImageReader.read(folder.resolve("images/cell" + i + ".png"));
            for (int p = 0; p < labels.length; p++)
                if ((labels[p] & 0xff) < 3)
                    (image.data()[p] > 150 ? red : other)[labels[p]]++;
        }
        assertTrue(red[2] > 3 * other[2], red[2] + " pixels of nucleus are red, " + other[2] + " are not");
        assertTrue(red[2] > red[1], red[2] + " red pixels are nucleus, " + red[1] + " cell");
        assertTrue(other[1] > other[2], other[1] + " others are cell, " + other[2] + " nucleus");
    }

    @Test
    void nothingIsPartedWhereItIsOff() {
        assertEquals(List.of(), SmallSegmentation.train(run, other, Progress.silent(), "parts", "off", "passes", "0").parts());
    }

    /** Found again where masks are missing, but told once. */
    @Test
    void whoeverIsStoppedBeforeTheMasksAreDoneEndsWithTheSameBytes() {
        RunFolder result = new RunFolder(other.resolve("result"));
        assertThrows(CancelledException.class,
                () -> SmallSegmentation.train(run, result.root(), StoppingProgress.after("All images of nucleus")));
        assertFalse(Files.exists(result.mask("cell9.png")), "it was stopped before its masks");
        assertEquals(record.parts(), Json.read(result.segmentationRecord(), SegmentationRecord.class).parts());
        StoppingProgress again = StoppingProgress.never();
        SmallSegmentation.train(run, result.root(), again);
        assertTrue(again.sentences().containsAll(record.parts()), "it was found again");
        assertSameFiles(files(undisturbed.root()), files(result.root()), "after a stop");
    }

    @Test
    void aRecordOfAnOlderVersionSaysNothingOfParts() {
        Path older = other.resolve("segmentation.json");
        String text = Json.text(record).replaceAll("(?s)\"parts\": \\[.*?\\],", "");
        AtomicFile.writeString(older, text);
        assertNull(Json.read(older, SegmentationRecord.class).parts());
    }
}
