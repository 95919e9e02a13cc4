package io.github.palimpsest.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;

import io.github.palimpsest.segmentation.WarningRecorder;
import io.github.palimpsest.segmentation.model.KeptModel;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/** An image that others work with while it is segmented. */
class DisturbedImageTest {

    @TempDir
    private static Path models;
    private static Path model;

    @BeforeAll
    static void writeModel() {
        model = WavyModel.write(models);
    }

    @AfterAll
    static void closeModel() {
        KeptModel.close();
    }

    private static SegmentImageSettings settings(String... more) {
        return WavyModel.settings(model, more);
    }

    private static SegmentImage.Result run(ImagePlus image, String... more) {
        return SegmentImage.run(settings(more), image, Progress.silent());
    }

    private static String refused(ImagePlus image, String... more) {
        return assertThrows(UserException.class, () -> run(image, more)).getMessage();
    }

    /** Closing the window empties an image, unless it is locked; that lock keeps ImageJ's own commands away too. */
    @Test
    void closingOrChangingTheImageMeanwhileDoesNoHarm() {
        List<Measurement> undisturbed = run(WavyImages.stack(8, 1, 3, 1)).measurements();
        ImagePlus stack = WavyImages.stack(8, 1, 3, 1);
        List<Boolean> locked = new ArrayList<>();
        SegmentImage.Result result = SegmentImage.run(settings(), stack, new WarningRecorder() {
            @Override
            public void report(double fraction, String stage) {
                locked.add(stack.isLocked());
                if (stage.contains("slice 2"))
                    stack.flush();
                if (stage.contains("slice 3"))
                    stack.setStack(WavyImages.single(16).getStack());
            }
        });
        assertEquals(undisturbed, result.measurements());
        assertEquals(List.of(true, true, true, true), locked);
        assertFalse(stack.isLocked());
    }

    @Test
    void anImageThatIsAtWorkElsewhereIsRefused() throws InterruptedException {
        ImagePlus image = WavyImages.single(8);
        Thread other = new Thread(image::lockSilently);
        other.start();
        other.join();
        assertTrue(refused(image).startsWith("The image waves 8 is locked, because another command is at work on it"));
        assertTrue(image.isLocked(), "it is not ours to unlock");
    }

    @Test
    void aSelectionIsLeftOutOfAccountAndThatIsSaid() {
        ImagePlus image = WavyImages.single(8);
        List<String> said = new ArrayList<>();
        Progress progress = new WarningRecorder() {
            @Override
            public void say(String sentence) {
                said.add(sentence);
            }
        };
        List<Measurement> whole = SegmentImage.run(settings(), image, progress).measurements();
        said.clear();
        image.setRoi(0, 0, 3, 3);
        assertEquals(whole, SegmentImage.run(settings(), image, progress).measurements());
        assertEquals(1, said.size());
        assertTrue(said.get(0).startsWith("The selection on waves 8 is left out of account: the whole image is"), said.get(0));
    }
}
