package io.github.palimpsest.segmentation;

import static io.github.palimpsest.erasing.SmallRun.assertSameFiles;
import static io.github.palimpsest.erasing.SmallRun.files;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.erasing.StoppingProgress;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.TagColours;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/** What becomes of a segmentation whose files were deleted, exchanged or moved. */
class RestoredSegmentationTest {

    @TempDir
    private static Path folder;
    private static RunFolder run;
    private static Path undisturbed;

    @TempDir
    private Path other;
    private RunFolder result;

    @BeforeAll
    static void train() {
        run = SmallSegmentation.run(folder);
        undisturbed = folder.resolve("result");
        SmallSegmentation.train(run, undisturbed, Progress.silent());
    }

    @BeforeEach
    void copy() throws IOException {
        copy(undisturbed, other.resolve("result"));
        result = new RunFolder(other.resolve("result"));
    }

    private static void copy(Path from, Path to) throws IOException {
        for (String name : files(from).keySet()) {
            Files.createDirectories(to.resolve(name).getParent());
            Files.copy(from.resolve(name), to.resolve(name));
        }
    }

    /** Makes the record one of a segmentation that has ended so many passes, and takes the model away. */
    private void after(int passes) throws IOException {
        SegmentationRecord r = Json.read(result.segmentationRecord(), SegmentationRecord.class);
        Json.write(result.segmentationRecord(), new SegmentationRecord(r.format(), r.program(), r.run(), r.settings(), r.engine(), r.device(),
                r.threads(), r.masks(), r.parts(), r.statistics(), r.psl(), r.passes().subList(0, passes), null, r.warnings(), false));
        Files.delete(result.model());
    }

    private StoppingProgress again() {
        StoppingProgress progress = StoppingProgress.never();
        SmallSegmentation.train(run, result.root(), progress);
        return progress;
    }

    private String refused(String... more) {
        return assertThrows(UserException.class, () -> SmallSegmentation.train(run, result.root(), Progress.silent(), more))
                .getMessage();
    }

    private void assertEndsAsUndisturbed() {
        again();
        assertSameFiles(files(undisturbed), files(result.root()), "after it was gone on with");
    }

    @Test
    void aModelThatWasDeletedIsMadeAgainWithoutTraining() throws IOException {
        Files.delete(result.model());
        for (int pass = 0; pass < 2; pass++)
            Files.delete(result.passLog(pass)); // which only training writes
        again();
        assertTrue(Files.exists(result.model()));
        assertEquals(-1, Files.mismatch(new RunFolder(undisturbed).model(), result.model()));
        assertTrue(Files.notExists(result.passLog(0)) && Files.notExists(result.passLog(1)));
    }

    @Test
    void theLastPassIsTrainedAgainWhereOnlyItsCheckpointIsLost() throws IOException {
        after(2);
        Files.delete(result.passCheckpoint(1));
        assertEndsAsUndisturbed();
    }

    @Test
    void predictionsAndMasksThatThePassesToComeNeedAreMadeAgain() throws IOException {
        after(1);
        Files.delete(result.prediction(0, "disc3.png"));
        Files.delete(result.prediction(0, "disc4.png"));
        Files.delete(result.mask("disc3.png"));
        assertEndsAsUndisturbed();
    }

    @Test
    void thatIsSoEvenWhereTheirNetworkIsLostToo() throws IOException {
        after(1);
        Files.delete(result.prediction(0, "disc3.png"));
        Files.delete(result.passCheckpoint(0));
        assertEndsAsUndisturbed();
    }

    @Test
    void featuresThatAKilledProcessLeftAreDeleted() throws IOException {
        Path features = result.root().resolve("segmentation/.features");
        Files.write(features, new byte[100]);
        assertEndsAsUndisturbed();
        after(0);
        Files.write(features, new byte[100]);
        assertEndsAsUndisturbed();
    }

    @Test
    void aCheckpointOfAnotherNetworkIsRefused() throws IOException {
        after(0);
        Files.copy(run.classifier(1), result.passCheckpoint(0), StandardCopyOption.REPLACE_EXISTING);
        assertEquals(result.passCheckpoint(0) + " is of another network than the one that is trained here. Restore it, or delete it "
                + "and run the same command again.", refused());
        Files.delete(result.passCheckpoint(0));
        assertEndsAsUndisturbed();
    }

    @Test
    void aPredictionOfAnotherSizeOrWithStrangeLabelsIsRefused() throws IOException {
        after(1);
        Path prediction = result.prediction(0, "disc3.png");
        Files.copy(result.mask("disc1.png"), prediction, StandardCopyOption.REPLACE_EXISTING);
        assertEquals(prediction + " is 56×48 pixels, but its image is 48×48. Delete it and run the same command again.", refused());
        byte[] labels = new byte[48 * 48];
        labels[100] = 3;
        new LabelImage(48, 48, labels).write(prediction, TagColours.of(2));
        assertEquals(prediction + " has the label 3, but there are only 2 tags. Delete it and run the same command again.",
                refused());
        Files.delete(prediction);
        assertEndsAsUndisturbed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1]", "{\"format\": 1, \"program\": \"P\"}"})
    void aDamagedRecordIsRefused(String text) throws IOException {
        Files.writeString(result.segmentationRecord(), text);
        assertTrue(refused().startsWith("The segmentation in " + result.root() + " cannot be gone on with, because its "
                + "segmentation.json is damaged. Put back a copy of that file if you have one; otherwise give result= another "
                + "folder."), refused());
    }

    @Test
    void aNewerRecordIsRefusedWhateverItHolds() throws IOException {
        Files.writeString(result.segmentationRecord(), "{\"format\": 2, \"program\": \"Palimpsest 9\"}");
        assertEquals("The segmentation in " + result.root() + " was written by a newer version (Palimpsest 9). Install that "
                + "version, or give result= another folder.", refused());
    }

    @Test
    void otherSettingsAreRefusedWithTheDifference() {
        assertEquals("The folder " + result.root() + " holds a segmentation that was begun otherwise: epochs was 3, now 4; seed was "
                + "1, now 5; threads was 1, now 2. Give the same settings to go on with it, or result= another folder to begin anew "
                + "beside it.", refused("seed", "5", "epochs", "4", "threads", "2"));
    }

    @Test
    void theSegmentationOfAnotherRunIsRefused() throws IOException {
        RunFolder copy = new RunFolder(other.resolve("run"));
        copy(run.root(), copy.root());
        RunRecord r = Json.read(run.record(), RunRecord.class);
        Json.write(copy.record(), new RunRecord(r.format(), r.program(), r.command(), r.settings(), r.engine(), r.device(),
                r.threads(), r.folder(), r.tags(), r.mean(), r.images(), r.skipped(), r.warnings(), r.rounds().subList(0, 1), true));
        String sentence = assertThrows(UserException.class, () -> SmallSegmentation.train(copy, result.root(), Progress.silent()))
                .getMessage();
        assertTrue(sentence.contains(" holds a segmentation that was begun otherwise: run was sha256:"), sentence);
    }

    @Test
    void imagesThatWereMovedAreFoundWhereTheUserSays() throws IOException {
        RunFolder copy = new RunFolder(other.resolve("run"));
        copy(run.root(), copy.root());
        RunRecord r = Json.read(run.record(), RunRecord.class);
        Path gone = other.resolve("gone");
        Json.write(copy.record(), new RunRecord(r.format(), r.program(), r.command(), r.settings(), r.engine(), r.device(),
                r.threads(), gone.toString(), r.tags(), r.mean(), r.images(), r.skipped(), r.warnings(), r.rounds(), true));
        assertEquals("The image " + gone.resolve("disc0.png") + " of this run is not there. Give images= the folder that the run's "
                + "images are in now.", assertThrows(UserException.class,
                        () -> SmallSegmentation.train(copy, result.root(), Progress.silent())).getMessage());
        after(0);
        SmallSegmentation.train(copy, result.root(), Progress.silent(), "images", folder.resolve("images").toString());
        assertSameFiles(files(undisturbed), files(result.root()), "of images that were moved");
    }

    @Test
    void imagesThatChangedAreNoticed() throws IOException {
        Path images = other.resolve("images");
        copy(folder.resolve("images"), images);
        Files.copy(images.resolve("disc4.png"), images.resolve("disc5.png"), StandardCopyOption.REPLACE_EXISTING);
        assertEquals("The image " + images.resolve("disc5.png") + " has changed since the run was made: restore it, or begin a new "
                + "run.", refused("images", images.toString()));
        Files.delete(images.resolve("disc5.png"));
        assertTrue(refused("images", images.toString()).endsWith("The run was made with it: restore it, or begin a new run."));
    }

    @Test
    void anUnfinishedRunIsRefusedAndOneWithoutAMergedRoundToo() throws IOException {
        RunFolder copy = new RunFolder(other.resolve("run"));
        RunRecord r = Json.read(run.record(), RunRecord.class);
        for (boolean finished : new boolean[] {false, true}) {
            Json.write(copy.record(), new RunRecord(r.format(), r.program(), r.command(), r.settings(), r.engine(), r.device(),
                    r.threads(), r.folder(), r.tags(), r.mean(), r.images(), r.skipped(), r.warnings(), List.of(), finished));
            String sentence = assertThrows(UserException.class,
                    () -> SmallSegmentation.train(copy, result.root(), Progress.silent())).getMessage();
            assertTrue(sentence.startsWith("The run in " + copy.root() + (finished ? " has no round that was merged, so"
                    : " has not come to its end: run train-ae")), sentence);
        }
    }
}
