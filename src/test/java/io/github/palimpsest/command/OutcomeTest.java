package io.github.palimpsest.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;

import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunStatus;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/** Word of how a command ended is left where its user looks for it, and in nobody else's folder. */
class OutcomeTest {

    @TempDir
    private Path folder;

    private static RunStatus status(Path output) {
        return Json.read(output.resolve(RunStatus.FILE), RunStatus.class);
    }

    private static boolean isTold(Path output) {
        return Files.exists(output.resolve(RunStatus.FILE));
    }

    private static void refuse(String command, String options) {
        assertThrows(UserException.class, () -> CommandDefinition.named(command).createForMacro(options));
    }

    @Test
    void aMacroThatIsWrongLeavesWordInItsOutput() {
        refuse("segment-image", "output=[" + folder.resolve("out") + "] rois=maybe");
        assertEquals("failed", status(folder.resolve("out")).state());
    }

    @Test
    void noWordIsLeftAmongFilesOfOthers() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");
        refuse("segment-image", "output=[" + folder + "] rois=maybe");
        assertFalse(isTold(folder));
    }

    /** Even if it seems to be an output of ours. */
    @Test
    void noWordIsLeftBesideTheImage() {
        new RunStatus("segment-image", "done", "Done.").write(folder);
        ImagePlus image = IJ.createImage("cell", "8-bit ramp", 8, 8, 1);
        IJ.saveAsTiff(image, folder.resolve("cell.tif").toString());
        refuse("segment-image", "image=[" + folder.resolve("cell.tif") + "] output=[" + folder + "] rois=maybe");
        assertEquals("done", status(folder).state());
        PalimpsestCommand command = CommandDefinition.named("segment-image").create(Map.of("image",
                folder.resolve("cell.tif").toString(), "model", folder.resolve("none").toString(), "output", folder.toString()));
        command.noteMacro();
        assertThrows(UserException.class, () -> command.perform(Progress.silent()));
        assertEquals("done", status(folder).state());
    }

    @Test
    void aRefusedOutputIsLeftAsItWas() throws IOException {
        Files.writeString(folder.resolve("run.json"), "{}");
        new RunStatus("train-ae", "done", "Done.").write(folder);
        byte[] before = Files.readAllBytes(folder.resolve(RunStatus.FILE));
        Outcome outcome = Outcome.of(CommandDefinition.named("segment-image"), "output=[" + folder + "]");
        outcome.begin();
        assertFalse(isTold(folder), "while work goes on there is none");
        outcome.refused();
        assertArrayEquals(before, Files.readAllBytes(folder.resolve(RunStatus.FILE)));
    }

    @Test
    void aSecondStartDoesNotSpeakForTheFirst() {
        assertTrue(AtWork.begin("make-sample", folder));
        try {
            secondStart(folder);
            assertFalse(isTold(folder));
            secondStart(folder.resolve("other"));
            assertEquals("failed", status(folder.resolve("other")).state());
            refuse("make-sample", "output=[" + folder + "] images=many");
            assertFalse(isTold(folder));
        } finally {
            AtWork.end("make-sample");
        }
    }

    private static void secondStart(Path output) {
        PalimpsestCommand second = CommandDefinition.named("make-sample").createForMacro("output=[" + output + "] images=1");
        String said = assertThrows(UserException.class, () -> second.perform(Progress.silent())).getMessage();
        assertTrue(said.contains("is at work already"), said);
    }
}
