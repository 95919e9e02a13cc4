package io.github.palimpsest.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;

import io.github.palimpsest.segmentation.WarningRecorder;
import io.github.palimpsest.segmentation.model.KeptModel;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;

/** A stack whose user changed their mind: what is finished comes out, and it is said what that is. */
class StoppedStackTest {

    private static final int PLANE = WavyImages.WIDTH * WavyImages.HEIGHT;

    @TempDir
    private static Path models;
    private static Path model;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeModel() {
        model = WavyModel.write(models);
    }

    @AfterAll
    static void closeModel() {
        KeptModel.close();
    }

    /** Cancels in a slice, however often it is asked before. */
    private static final class StoppingIn extends WarningRecorder {

        private final String slice;
        private boolean cancelled;

        StoppingIn(int slice) {
            this.slice = "slice " + slice + " ";
        }

        @Override
        public void report(double fraction, String stage) {
            cancelled |= stage.contains(slice);
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }

    private static SegmentImage.Result run(ImagePlus image, Progress progress, String... more) {
        return SegmentImage.run(WavyModel.settings(model, more), image, progress);
    }

    @Test
    void whatIsFinishedComesOut() {
        ImagePlus stack = WavyImages.stack(8, 1, 2, 3);
        SegmentImage.Result whole = run(stack, Progress.silent(), "overlays", "on", "probabilities", "on");
        SegmentImage.Result part = run(stack, new StoppingIn(4), "overlays", "on", "probabilities", "on");
        assertFalse(whole.stopped());
        assertEquals("Segmented wavy stack.tif, 6 slices: found disc, ring.", whole.told());
        assertTrue(part.stopped());
        assertEquals("Stopped: slices 1 to 3 of 6 are segmented in wavy stack.tif; the others are 0 in the labels and have no regions "
                + "and no measurements.", part.told());
        assertArrayEquals(whole.labels().getDimensions(), part.labels().getDimensions());
        assertArrayEquals(whole.probabilities().getDimensions(), part.probabilities().getDimensions());
        assertArrayEquals(whole.overlay().getDimensions(), part.overlay().getDimensions());
        for (int slice = 1; slice <= 6; slice++) {
            byte[] labels = (byte[]) part.labels().getStack().getPixels(slice);
            assertArrayEquals(slice <= 3 ? (byte[]) whole.labels().getStack().getPixels(slice) : new byte[PLANE], labels);
            assertEquals(slice > 3, "not segmented".equals(part.labels().getStack().getSliceLabel(slice)));
            assertArrayEquals(slice <= 3 ? (int[]) whole.overlay().getStack().getPixels(slice) : new int[PLANE],
                    (int[]) part.overlay().getStack().getPixels(slice));
            assertArrayEquals(slice <= 3 ? (float[]) whole.probabilities().getStack().getPixels(3 * slice - 1) : new float[PLANE],
                    (float[]) part.probabilities().getStack().getPixels(3 * slice - 1));
        }
        assertEquals(whole.measurements().stream().filter(row -> row.slice() <= 3).toList(), part.measurements());
        assertEquals(whole.regions().stream().map(Roi::getName).limit(part.regions().size()).toList(),
                part.regions().stream().map(Roi::getName).toList());
        assertEquals("ring-0003", part.regions().get(part.regions().size() - 1).getName());
        assertTrue(run(stack, new StoppingIn(2)).told().startsWith("Stopped: only slice 1 of 6 is segmented in "));
    }

    @Test
    void theFilesHaveWhatIsFinishedToo() throws IOException {
        Path output = folder.resolve("out");
        run(WavyImages.stack(8, 1, 3, 1), new StoppingIn(2), "output", output.toString());
        ImagePlus labels = IJ.openImage(output.resolve("wavy stack.tif").toString());
        assertEquals(3, labels.getStackSize());
        assertArrayEquals(new byte[PLANE], (byte[]) labels.getStack().getPixels(2));
        List<String> lines = Files.readAllLines(output.resolve("measurements/wavy stack.tif.csv"));
        assertEquals(3, lines.size());
        assertTrue(lines.get(2).startsWith("wavy stack.tif,1,ring,"), lines.get(2));
        try (ZipFile zip = new ZipFile(output.resolve("rois/wavy stack.tif.zip").toFile())) {
            assertEquals(2, zip.size());
        }
        run(WavyImages.stack(8, 1, 3, 1), Progress.silent(), "output", output.toString());
        assertEquals(7, Files.readAllLines(output.resolve("measurements/wavy stack.tif.csv")).size());
    }

    @Test
    void filesOfAnEarlierCallAreNotReplacedByLess() throws IOException {
        Path output = folder.resolve("out");
        run(WavyImages.stack(8, 1, 3, 1), Progress.silent(), "output", output.toString());
        byte[] before = Files.readAllBytes(output.resolve("wavy stack.tif"));
        SegmentImage.Result part = run(WavyImages.stack(8, 1, 3, 1), new StoppingIn(3), "output", output.toString());
        assertTrue(part.told().endsWith("The files of an earlier call, which got at least as far, stay as they are."), part.told());
        assertArrayEquals(before, Files.readAllBytes(output.resolve("wavy stack.tif")));
        assertEquals(7, Files.readAllLines(output.resolve("measurements/wavy stack.tif.csv")).size());
        assertEquals(4, part.measurements().size());
    }

    @Test
    void whatGotFurtherReplacesWhatGotLessFar() throws IOException {
        Path output = folder.resolve("out");
        Path table = output.resolve("measurements/wavy stack.tif.csv");
        run(WavyImages.stack(8, 1, 4, 1), new StoppingIn(2), "output", output.toString());
        SegmentImage.Result further = run(WavyImages.stack(8, 1, 4, 1), new StoppingIn(4), "output", output.toString());
        assertFalse(further.told().contains("earlier call"), further.told());
        assertEquals(7, Files.readAllLines(table).size());
        SegmentImage.Result less = run(WavyImages.stack(8, 1, 4, 1), new StoppingIn(3), "output", output.toString());
        assertTrue(less.told().contains("earlier call"), less.told());
        assertEquals(7, Files.readAllLines(table).size());
    }

    @Test
    void beforeTheFirstSliceThereIsNothing() {
        Path output = folder.resolve("out");
        assertThrows(CancelledException.class, () -> run(WavyImages.stack(8, 1, 3, 1), new StoppingIn(1), "output", output.toString()));
        assertFalse(Files.exists(output.resolve("wavy stack.tif")));
        assertEquals(1, run(WavyImages.single(8), Progress.silent(), "output", output.toString()).labels().getStackSize());
    }
}
