package io.github.palimpsest.evaluation.masks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonObject;

import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.task.CancellableProgress;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;

class SegmentationEvaluationTest {

    @TempDir
    Path temp;

    private LabelFolders folders;

    @BeforeEach
    void makeFolders() throws IOException {
        folders = new LabelFolders(temp);
    }

    /** Two images of 5 and 4 pixels, worked out by hand. */
    @Test
    void scoresWorkedOutByHand() throws IOException {
        folders.classes("background\nsheep\ncow\nunused\n");
        folders.legend("value,tag,colour\n0,background,#000000\n1,cow,#ff0000\n2,sheep,#00ff00\n");
        folders.mask("a.png", 5, 2, 2, 1, 0, 255);
        folders.prediction("a.jpg.png", 5, 1, 2, 2, 0, 1);
        folders.mask("b.png", 2, 0, 0, 3, 0);
        folders.prediction("b.jpg.png", 2, 0, 1, 0, 0);
        SegmentationScores scores = evaluate();
        scores.write(temp.resolve("scores"));

        assertEquals(List.of("background", "cow", "sheep"), scores.classes());
        // Truth: 5 background (one of them "unused"), 2 cow, 1 sheep, 1 ignored.
        JsonObject json = Json.read(temp.resolve("scores/scores.json"), JsonObject.class);
        assertEquals(List.of("images", "miou", "pixel_accuracy", "classes", "masks_without_prediction",
                "predictions_without_mask", "ignored_pixels", "unreadable", "warnings"), List.copyOf(json.keySet()));
        assertEquals(2, json.get("images").getAsInt());
        assertEquals(6.0 / 8, json.get("pixel_accuracy").getAsDouble(), 1e-12);
        assertEquals((4.0 / 5 + 1.0 / 3 + 1.0 / 2) / 3, json.get("miou").getAsDouble(), 1e-12);
        assertEquals(1, json.get("ignored_pixels").getAsInt());
        JsonObject cow = json.getAsJsonObject("classes").getAsJsonObject("cow");
        assertEquals(List.of("iou", "precision", "recall", "pixels"), List.copyOf(cow.keySet()));
        assertEquals(1.0 / 3, cow.get("iou").getAsDouble(), 1e-12);
        assertEquals(1.0 / 2, cow.get("precision").getAsDouble(), 1e-12);
        assertEquals(1.0 / 2, cow.get("recall").getAsDouble(), 1e-12);
        assertEquals(2, cow.get("pixels").getAsInt());
        assertTrue(json.getAsJsonArray("warnings").get(0).getAsString().contains("\"unused\""));
        assertEquals("class,iou,precision,recall,pixels\nbackground,0.8,1.0,0.8,5\n"
                + "cow,0.3333333333333333,0.5,0.5,2\nsheep,0.5,0.5,1.0,1\n",
                Files.readString(temp.resolve("scores/scores.csv")));
        assertEquals("truth,background,cow,sheep\nbackground,4,1,0\ncow,0,1,1\nsheep,0,0,1\n",
                Files.readString(temp.resolve("scores/confusion.csv")));
        assertTrue(scores.summary().contains("2 images scored"), scores.summary());
    }

    /** Values mean other classes on either side; every share is counted again, pixel by pixel. */
    @Test
    void aRandomFolderAgainstBruteForceWithPermutedNames() throws IOException {
        Random random = new Random(5);
        List<String> tags = List.of("fox", "Élan", "newt", "owl");
        List<String> lines = List.of("owl", "background", "newt", "wolf", "ÉLAN", "fox");
        int[] values = {0, 700, 3, 41, 9};
        folders.classes(String.join("\n", lines));
        folders.legend("tag;value".replace(';', ',') + "\nfox,700\nÉlan,3\nnewt,41\nowl,9\n");
        long[][] counts = new long[5][5];
        for (int image = 0; image < 7; image++) {
            int width = 3 + image;
            int n = width * (10 - image);
            int[] mask = new int[n];
            int[] given = new int[n];
            for (int i = 0; i < n; i++) {
                int line = random.nextInt(7);
                int label = random.nextInt(5);
                mask[i] = line == 6 ? 255 : line;
                given[i] = values[label];
                int truth = line == 6 ? -1 : 1 + List.of("fox", "ÉLAN", "newt", "owl").indexOf(lines.get(line));
                if (truth >= 0)
                    counts[truth][label]++;
            }
            folders.mask("d/" + image + ".png", width, mask);
            folders.prediction("d/" + image + (image % 2 == 0 ? ".tif.tif" : ".jpg.png"), width, given);
        }
        SegmentationScores scores = evaluate();
        assertEquals("background", scores.classes().get(0));
        assertEquals(tags, scores.classes().subList(1, 5));
        double sum = 0;
        for (int label = 0; label < 5; label++) {
            long row = 0;
            long column = 0;
            for (int other = 0; other < 5; other++) {
                row += counts[label][other];
                column += counts[other][label];
                assertEquals(counts[label][other], scores.matrix().count(label, other));
            }
            sum += (double) counts[label][label] / (row + column - counts[label][label]);
        }
        assertEquals(sum / 5, scores.meanIou(), 1e-12);
        assertEquals(7, scores.images());
    }

    @Test
    void whatIsMissingOrDamagedIsCountedAndToldAndLeftOut() throws IOException {
        folders.classes("background\ncow\n");
        folders.legend("value,tag\n1,cow\n");
        folders.mask("a.png", 1, 1);
        folders.prediction("a.png", 1, 1);
        folders.mask("b.png", 1, 1);
        folders.prediction("b.png", 1, 1);
        folders.cut("predictions/b.png");
        folders.mask("c.png", 1, 1);
        folders.prediction("c.png", 1, 1);
        folders.cut("data/masks/c.png");
        folders.mask("d.png", 1, 1);
        folders.mask("e.png", 1, 1);
        folders.prediction("f.png", 1, 1);
        List<String> told = new ArrayList<>();
        SegmentationScores scores = SegmentationEvaluation.evaluate(folders.predictions(), folders.masks(), null,
                LabelFolders.listening(told));
        assertEquals(1, scores.images());
        assertEquals(2, scores.masksWithoutPrediction());
        assertEquals(1, scores.predictionsWithoutMask());
        assertEquals(2, scores.unreadable().size());
        assertTrue(told.contains("2 masks have no prediction and are left out: d, e."), told.toString());
        assertTrue(told.contains("1 prediction has no mask and is left out: f."), told.toString());
        assertEquals(1, told.stream().filter(s -> s.startsWith("Cannot read the prediction " + folders.predictions()
                .resolve("b.png")) && s.endsWith("left out.")).count(), told.toString());
        assertEquals(1, told.stream().filter(s -> s.startsWith("Cannot read the mask ")).count(), told.toString());
        assertEquals(2, scores.warnings().size());
    }

    @Test
    void onlyTheNamedImagesAreScored() throws IOException {
        folders.classes("background\ncow\n");
        folders.legend("value,tag\n1,cow\n");
        for (String name : List.of("a", "b", "c")) {
            folders.mask(name + ".png", 1, 1);
            folders.prediction(name + ".jpg.png", 1, name.equals("a") ? 1 : 0);
        }
        folders.mask("d.png", 1, 1);
        SegmentationScores scores = SegmentationEvaluation.evaluate(folders.predictions(), folders.masks(),
                List.of("a.jpg", "d.jpg", "nothing.jpg"), Progress.silent());
        assertEquals(1, scores.images());
        assertEquals(1, scores.masksWithoutPrediction());
        assertEquals(0, scores.predictionsWithoutMask());
        assertEquals(1, scores.meanIou());
    }

    /** As segment-folder writes them: labels of a TIFF are a TIFF of its name, pictures are in folders of their own. */
    @Test
    void foldersOfSegmentFolderAreUnderstood() throws IOException {
        folders.classes("background\ncow\n");
        folders.legend("value,tag\n1,cow\n");
        folders.mask("a.jpg.png", 1, 1);
        folders.prediction("a.jpg.png", 1, 1);
        folders.prediction("overlays/a.jpg.png", 1, 9);
        folders.prediction("probabilities/a.jpg.tif", 1, 9);
        folders.mask("a.tif.png", 1, 0);
        folders.prediction("a.tif", 1, 0);
        folders.prediction("overlays/a.tif.png", 1, 9);
        folders.mask("d/b.png", 1, 1);
        folders.prediction("d/b.tif", 1, 1);
        folders.mask("overlays/c.png", 1, 1);
        folders.prediction("overlays/c.jpg.png", 1, 1);
        SegmentationScores scores = evaluate();
        assertEquals(4, scores.images());
        assertEquals(1, scores.meanIou());
        assertEquals(List.of(), scores.warnings());
        assertEquals(3, SegmentationEvaluation.evaluate(folders.predictions(), folders.masks(),
                List.of("a.tif", "a.jpg", "d/b.tif", "d/c.tif"), Progress.silent()).images());
    }

    @Test
    void foreignTiffsAreFoundByTheNamesOfTheImages() throws IOException {
        folders.classes("background\ncow\n");
        folders.legend("value,tag\n1,cow\n");
        folders.mask("a.png", 1, 1);
        folders.prediction("a.tif", 1, 1);
        folders.mask("b.png", 1, 1);
        folders.prediction("b.tif", 1, 1);
        assertEquals(2, evaluate().images());
        SegmentationScores scores = SegmentationEvaluation.evaluate(folders.predictions(), folders.masks(),
                List.of("a.jpg", "b.tif"), Progress.silent());
        assertEquals(2, scores.images());
        assertEquals(List.of(), scores.warnings());
    }

    @Test
    void labelImagesOfARunAreRead() throws IOException {
        folders.classes("background\ncow\n");
        folders.legend("value,tag\n1,cow\n");
        folders.mask("a.png", 2, 1, 0);
        new LabelImage(2, 1, new byte[] {1, 0}).write(folders.predictions().resolve("a.png.png"), List.of(0, 0xff0000));
        assertEquals(1, evaluate().meanIou());
    }

    @Test
    void classListsServeForeignPredictions() throws IOException {
        folders.classes("background\ncow\nsheep\n");
        Files.writeString(folders.predictions().resolve("classes.txt"), "sheep\n\ncow\nbackground\n");
        folders.mask("a.png", 3, 2, 1, 0);
        folders.prediction("a.png", 3, 0, 2, 3);
        assertEquals(1, evaluate().meanIou());
    }

    @Test
    void masksThatAreAllIgnoredGiveNoNumbers() throws IOException {
        folders.classes("background\ncow\n");
        folders.legend("value,tag\n1,cow\n");
        folders.mask("a.png", 1, 255);
        folders.prediction("a.png", 1, 1);
        SegmentationScores scores = evaluate();
        assertTrue(Double.isNaN(scores.meanIou()));
        assertTrue(scores.warnings().get(0).contains("255"), scores.warnings().toString());
        scores.write(temp.resolve("scores"));
        assertTrue(Json.read(temp.resolve("scores/scores.json"), JsonObject.class).get("miou").isJsonNull());
    }

    @Test
    void itCanBeStopped() throws IOException {
        folders.classes("background\ncow\n");
        folders.legend("value,tag\n1,cow\n");
        folders.mask("a.png", 1, 1);
        folders.prediction("a.png", 1, 1);
        assertThrows(CancelledException.class, () -> SegmentationEvaluation.evaluate(folders.predictions(),
                folders.masks(), null, new CancellableProgress(() -> true)));
        assertFalse(Files.exists(temp.resolve("scores")));
    }

    private SegmentationScores evaluate() {
        return SegmentationEvaluation.evaluate(folders.predictions(), folders.masks(), null, Progress.silent());
    }
}
