package io.github.palimpsest.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.erasing.SmallRun;
import io.github.palimpsest.segmentation.SmallSegmentation;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.TagColours;
import io.github.palimpsest.task.Progress;

/** What the terminal says to runs, settings, cues, masks, predictions and models that are no good. */
class BadSegmentationInputsTest {

    @TempDir
    private static Path folder;

    @BeforeAll
    static void writeThem() throws IOException {
        RunFolder run = SmallSegmentation.run(folder);
        SmallSegmentation.train(run, folder.resolve("result"), Progress.silent(), "passes", "0");
        Files.createDirectories(folder.resolve("empty"));
        write("damaged/run.json", "{\"format\": 1");
        write("newer/run.json", "{\"format\": 9, \"program\": \"Palimpsest 9\"}");
        String record = Files.readString(run.record());
        write("unfinished/run.json", record.replaceAll("\"finished\": true", "\"finished\": false"));
        write("moved/run.json", record.replaceAll("\"folder\": \"[^\"]*\"", "\"folder\": \"/nowhere\""));
        write("lost/run.json", record);
        write("other_result/segmentation.json", Files.readString(folder.resolve("result/segmentation.json")));
        write("newer_result/segmentation.json", "{\"format\": 9, \"program\": \"Palimpsest 9\"}");
        write("broken_result/segmentation.json", "{");
        write("bad_masks/masks/disc0.png.png", "no picture");
        new LabelImage(2, 2, new byte[4]).write(folder.resolve("small_masks/masks/disc0.png.png"), TagColours.of(2));
        write("file", "a file");
        write("model.palimpsest", "no zip");
        write("predictions/disc0.png", "no picture");
        new LabelImage(48, 48, new byte[48 * 48]).write(folder.resolve("true/disc0.png"), TagColours.of(2));
    }

    private static void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    /** {@code @} is the folder; a sentence is the beginning of what is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            train-psl output=@/none                          | There is no run in @/none (no run.json). Give output= the folder
            train-psl output=@/empty                         | There is no run in @/empty (no run.json).
            train-psl output=@/file                          | There is no run in @/file (no run.json).
            train-psl output=@/damaged                       | @/damaged/run.json is not JSON
            train-psl output=@/newer                         | The run in @/newer was written by a newer version (Palimpsest 9).
            train-psl output=@/unfinished result=@/r1        | The run in @/unfinished has not come to its end: run train-ae
            train-psl output=@/moved result=@/r2             | The image /nowhere/disc0.png of this run is not there. Give images=
            train-psl output=@/run images=@/empty result=@/r3 | The image @/empty/disc0.png of this run is not there. Give images=
            train-psl output=@/lost result=@/r4              | @/lost/rounds/1/classifier.safetensors is missing, which the run wrote.
            run-all images=@/none output=@/file/run         | The folder @/file/run cannot be made, because @/file is a file.
            train-psl output=@/run result=@/file             | Cannot write @/file/.lock: @/file is a file, not a folder.
            train-psl output=@/run result=@/newer_result     | The segmentation in @/newer_result was written by a newer version
            train-psl output=@/run result=@/broken_result    | The segmentation in @/broken_result cannot be gone on with, because
            train-psl output=@/run result=@/other_result     | The folder @/other_result holds a segmentation that was begun otherwise
            train-psl output=@/run result=@/bad_masks background=low_response background_score=.5 background_weight=.2 \
            | @/bad_masks/masks/disc0.png.png is no label image
            train-psl output=@/run result=@/small_masks background=low_response background_score=.5 background_weight=.2 \
            | @/small_masks/masks/disc0.png.png is 2×2 pixels, but its image is 48×48.
            train-psl output=@/run background=folder         | The setting background=folder needs the folder of your maps
            train-psl output=@/run background=folder cue_folder=@/none result=@/r5 | There is no folder @/none: name the one
            train-psl output=@/run background=folder cue_folder=@/empty result=@/r6 | The folder @/empty has no background map for disc0.png
            train-psl output=@/run background=rbd cue_folder=@/empty | The setting cue_folder is given, but background=rbd
            train-psl output=@/run merge=7 result=@/r7 background=low_response background_score=.5 background_weight=.2 \
            | The setting merge is 7, but the run in @/run has merged only 2.
            train-psl output=@/run training=head crop=64     | The setting crop is given, but training=head does not use it.
            train-psl output=@/run use_psl=off confidence=predicted | The setting confidence is given, but use_psl=off does not use it.
            train-psl output=@/run weights=@/file result=@/r8 | The run in @/run was made without pretrained weights
            train-psl output=@/run cue_cut=2,cat             | The setting cue_cut
            train-psl output=@/run seed=lucky                | The setting seed is "lucky"
            run-all images=@/none output=@/r9 backbone=small | The folder @/none does not exist: check its name.
            run-all images=@/images output=@/r10 backbone=small background=folder | The setting background=folder needs the folder
            run-all images=@/images output=@/r11 backbone=small background=folder cue_folder=@/none | There is no folder @/none: name the one
            run-all images=@/images output=@/images/run backbone=small | The output @/images/run lies in the images' folder
            segment-folder model=@/none images=@/images output=@/s1 | There is no model @/none: check its name.
            segment-folder model=@/model.palimpsest images=@/images output=@/s2 | @/model.palimpsest is cut short or no zip file
            segment-folder model=@/empty images=@/images output=@/s3 | @/empty is a folder, not a model: choose the file
            segment-folder model=@/result/segmentation/model.palimpsest images=@/none output=@/s4 | The folder @/none does not exist: check its name.
            evaluate predictions=@/predictions masks=@/true output=@/e1 | There is no legend.csv in @/predictions, so nobody knows
            evaluate predictions=@/none masks=@/true output=@/e2 | There is no folder @/none. Name the folder that holds the predictions.
            """)
    void eachGetsASentence(String line, String sentence) {
        String[] said = new String[2];
        assertEquals(1, run(line, said), said[1]);
        String expected = sentence.replace("@", folder.toString());
        assertTrue(lastOf(said[1]).startsWith(expected), said[1]);
        assertTrue(!said[1].contains("\tat ") && !said[1].contains("failed unexpectedly"), said[1]);
    }

    @Test
    void nothingIsWrittenByAnAttemptThatWasRefused() throws IOException {
        Map<String, byte[]> before = SmallRun.files(folder.resolve("images"));
        String[] said = new String[2];
        run("run-all images=@/images output=@/never backbone=small background=folder", said);
        assertTrue(Files.notExists(folder.resolve("never")));
        assertEquals(before.keySet(), SmallRun.files(folder.resolve("images")).keySet());
    }

    private static String lastOf(String text) {
        return text.lines().reduce("", (before, line) -> line);
    }

    private static int run(String line, String[] said) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> words = List.of((line + (line.startsWith("evaluate") ? "" : " device=cpu")).replace("@", folder.toString())
                .split(" +"));
        int code = Main.run(words, new PrintStream(out, true), new PrintStream(err, true), null);
        said[0] = out.toString(StandardCharsets.UTF_8);
        said[1] = err.toString(StandardCharsets.UTF_8);
        return code;
    }
}
