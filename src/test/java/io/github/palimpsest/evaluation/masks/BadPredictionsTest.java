package io.github.palimpsest.evaluation.masks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/** Everything that can be wrong with what is to be scored gets a sentence. */
class BadPredictionsTest {

    @TempDir
    Path temp;

    /** Spoils folders that were fine. */
    interface Spoiling {
        void spoil(LabelFolders folders) throws IOException;
    }

    record Case(String what, Spoiling spoiling, List<String> sentence) {

        @Override
        public String toString() {
            return what;
        }
    }

    static List<Case> cases() {
        return List.of(
                bad("a legend is missing", f -> Files.delete(f.predictions().resolve("legend.csv")),
                        "There is no legend.csv in ", "segment-folder", "value,tag"),
                bad("the folder is missing", f -> delete(f.predictions()), "There is no folder ", "predictions"),
                bad("the folder is empty", f -> Files.delete(f.predictions().resolve("a.jpg.png")),
                        "There is no label image", "segment-folder"),
                bad("a value is not in the legend", f -> f.prediction("a.jpg.png", 2, 0, 1, 7, 0),
                        "a.jpg.png holds the value 7 (at 0, 1)", "legend.csv does not say"),
                bad("unlabelled pixels are predicted", f -> f.prediction("a.jpg.png", 2, 0, 1, 255, 0), "value 255"),
                bad("the sizes differ", f -> f.prediction("a.jpg.png", 1, 0, 1, 1, 0), "a.png is 2×2 pixels",
                        "its prediction", "a.jpg.png 1×4", "same size"),
                bad("all predictions are damaged", f -> f.cut("predictions/a.jpg.png"), "Cannot read the prediction ",
                        "a.jpg.png", "Replace or remove it."),
                bad("a prediction is a text", f -> Files.writeString(f.predictions().resolve("a.jpg.png"), "x"),
                        "Cannot read the prediction", "not an image"),
                bad("a prediction is in colour", f -> ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB),
                        "png", f.predictions().resolve("a.jpg.png").toFile()), "is a colour image", "legend.csv"),
                bad("probabilities are taken for labels", f -> {
                    Files.delete(f.predictions().resolve("a.jpg.png"));
                    new MapStack(List.of("cow"), Tensor.zeros(1, 2, 2)).write(f.predictions().resolve("a.jpg.tif"));
                }, "holds decimals, not labels"),
                bad("two predictions are of one image", f -> f.prediction("a.jpg.tif", 2, 0, 1, 1, 0),
                        "predictions of the same image", "Remove one"),
                bad("no prediction has a mask", f -> Files.move(f.predictions().resolve("a.jpg.png"),
                        f.predictions().resolve("z.png")), "None of the 1 predictions", "called like the images", "z"),
                bad("the legend's columns have other names", f -> f.legend("id,name\n1,cow\n"),
                        "has not the columns value and tag", "value,tag"),
                bad("a value is no number", f -> f.legend("value,tag\none,cow\n"), "Line 2", "\"one\"", "0 to 65535"),
                bad("a value is negative", f -> f.legend("value,tag\n-1,cow\n"), "\"-1\""),
                bad("a value is too large", f -> f.legend("value,tag\n65536,cow\n"), "\"65536\""),
                bad("a tag is not named", f -> f.legend("value,tag\n1,\n"), "names no tag for the value 1"),
                bad("a line is short", f -> f.legend("value,tag\n1\n"), "Line 2", "too short"),
                bad("a value has two meanings", f -> f.legend("value,tag\n1,cow\n1,sheep\n"), "second meaning"),
                bad("a tag has two values", f -> f.legend("value,tag\n1,cow\n2,Cow\n"), "\"Cow\" twice"),
                bad("the legend names no tag", f -> f.legend("value,tag\n0,background\n"), "names no tag"),
                bad("the legend is empty", f -> f.legend(""), "legend.csv", "value"),
                bad("the legend is not closed", f -> f.legend("value,tag\n1,\"cow\n"), "Cannot read", "legend.csv"),
                bad("the legend is binary", f -> Files.write(f.predictions().resolve("legend.csv"),
                        new byte[] {(byte) 0xff, 0, (byte) 0xe9}), "legend.csv"),
                bad("too many tags", f -> f.legend(manyTags()), "names 255 tags", "254"),
                bad("the masks do not name a tag", f -> f.legend("value,tag\n1,cow\n2,horse\n"), "\"horse\"",
                        "classes.txt"),
                bad("the masks have no classes", f -> Files.delete(f.root().resolve("data/classes.txt")),
                        "no classes.txt"),
                bad("a mask has an unknown value", f -> f.mask("a.png", 2, 0, 1, 9, 0), "The mask", "value 9"),
                bad("a mask is in colour", f -> ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB),
                        "png", f.masks().resolve("a.png").toFile()), "The mask", "colour image", "classes.txt"),
                bad("the masks are missing", f -> delete(f.masks()), "There is no folder", "masks"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void getsASentence(Case bad) throws IOException {
        LabelFolders folders = fine();
        bad.spoiling().spoil(folders);
        UserException e = assertThrows(UserException.class, () -> SegmentationEvaluation.evaluate(folders.predictions(),
                folders.masks(), null, Progress.silent()));
        for (String part : bad.sentence())
            assertTrue(e.getMessage().contains(part), e.getMessage());
        assertTrue(e.getMessage().endsWith("."), e.getMessage());
    }

    @Test
    void theFoldersAreFineBeforeTheyAreSpoilt() throws IOException {
        LabelFolders folders = fine();
        assertEquals(1, SegmentationEvaluation.evaluate(folders.predictions(), folders.masks(), null, Progress.silent())
                .meanIou());
        UserException e = assertThrows(UserException.class, () -> SegmentationEvaluation.evaluate(folders.masks(),
                folders.root().resolve("data/../data/masks"), null, Progress.silent()));
        assertTrue(e.getMessage().contains("Name two folders"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            predictions        | inside the predictions
            predictions/scores | inside the predictions
            data/masks/scores  | inside the masks
            run                | RUN/segmentation
            """)
    void scoresAreNotWrittenAmongWhatTheyJudge(String output, String part) throws IOException {
        LabelFolders folders = fine();
        Files.createDirectories(temp.resolve("run"));
        Files.writeString(temp.resolve("run/run.json"), "{}");
        UserException e = assertThrows(UserException.class, () -> SegmentationEvaluation.requireApart(
                temp.resolve(output), folders.predictions(), folders.masks()));
        assertTrue(e.getMessage().contains(part.replace("RUN", temp.resolve("run").toString())), e.getMessage());
        assertDoesNotThrow(() -> SegmentationEvaluation.requireApart(temp.resolve("run/segmentation"),
                folders.predictions(), folders.masks()));
    }

    private LabelFolders fine() throws IOException {
        LabelFolders folders = new LabelFolders(temp);
        folders.classes("background\ncow\nsheep\n");
        folders.legend("value,tag\n1,cow\n");
        folders.mask("a.png", 2, 0, 1, 1, 0);
        folders.prediction("a.jpg.png", 2, 0, 1, 1, 0);
        return folders;
    }

    private static Case bad(String what, Spoiling spoiling, String... sentence) {
        return new Case(what, spoiling, List.of(sentence));
    }

    private static String manyTags() {
        StringBuilder legend = new StringBuilder("value,tag\n");
        for (int value = 1; value <= 255; value++)
            legend.append(value).append(",tag").append(value).append('\n');
        return legend.toString();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList())
                Files.delete(file);
        }
        Files.delete(folder);
    }
}
