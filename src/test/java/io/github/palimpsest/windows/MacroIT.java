package io.github.palimpsest.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.Prefs;
import io.github.palimpsest.network.SegmentationNetwork;
import io.github.palimpsest.segmentation.masks.WrittenRun;
import io.github.palimpsest.segmentation.model.SmallModel;

/** Macros without a screen: never a dialog, never what a user entered before, and a sentence where something is wrong. */
@ExtendWith(SharedImageJ.class)
class MacroIT {

    /** What ImageJ says of a macro, and what the plugin left in the folder that it names as @. */
    private static String run(PlainImageJ imagej, String macro) throws IOException {
        String text = macro.replace("@", folder(imagej).toString());
        int before = imagej.console().length();
        imagej.play(desktop -> IJ.runMacro(text));
        return imagej.console().substring(before);
    }

    /** There is a model of disc and ring, an image, and a run. */
    private static Path folder(PlainImageJ imagej) throws IOException {
        Path folder = imagej.folder().resolve("files");
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            SmallModel.model(SegmentationNetwork.Head.MULTI_DEPTH, SmallModel.TAGS, 1, 0).write(folder.resolve("small.palimpsest"));
            IJ.saveAsTiff(IJ.createImage("cell", "8-bit ramp", 32, 32, 1), folder.resolve("cell.tif").toString());
            WrittenRun run = new WrittenRun(folder, "cell");
            run.image("a.png", 16, 16, "cell");
            run.round(true);
            run.record(Map.of("mining", "share_of_maximum", "delta", "0.5", "envelope_from", "0"), true);
        }
        return folder;
    }

    /** Nothing of a command that was refused may be at work still. */
    private static List<String> ours(PlainImageJ imagej) {
        return imagej.play(desktop -> new ArrayList<>(Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("palimpsest") || name.startsWith("Run$_") || name.endsWith("...")).toList()));
    }

    @Test
    void umlautsBlanksQuotesAndBracketsInPathsWork(@Headless PlainImageJ imagej) throws IOException {
        for (String name : new String[] {"größe/Ärmel ß", "two  words", "it's", "'quoted'", "a [b] c", "seed=3 images=7", "\"d\"", "x=y"}) {
            String quoted = ("output=[@/" + name + "] images=1 size=64").replace("\"", "\\\"");
            run(imagej, "run(\"Create Sample Data...\", \"" + quoted + "\");");
            Path sample = folder(imagej).resolve(name);
            assertTrue(Files.exists(sample.resolve("images")), name);
            assertEquals(1, Files.list(sample.resolve("images")).count(), name);
            assertTrue(Files.readString(sample.resolve("status.json")).contains("\"done\""), name);
        }
    }

    @Test
    void whatAUserEnteredBeforeDoesNotMatter(@Headless PlainImageJ imagej) throws IOException {
        imagej.play(desktop -> {
            Prefs.set("palimpsest.make-sample.images", "3");
            return null;
        });
        run(imagej, "run(\"Create Sample Data...\", \"output=@/defaults size=64\");");
        assertEquals(160, Files.list(folder(imagej).resolve("defaults").resolve("images")).count());
    }

    @Test
    void aCommandWithoutOptionsTakesItsDefaults(@Headless PlainImageJ imagej) throws IOException {
        assertTrue(run(imagej, "run(\"Help...\");").contains("make-sample"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            Create Sample Data... | images=1 size=64 | output= is missing: The folder to draw into
            Create Sample Data... | | output= is missing: The folder to draw into
            Create Sample Data... | output=@/w imges=1 | 'make-sample' has no key 'imges'. Did you mean images=?
            Create Sample Data... | output=@/w rounds=1 | 'make-sample' has no key 'rounds'.
            Create Sample Data... | output=@/w images=many | images=many is not a whole number: it must be 1 to 9999.
            Create Sample Data... | output=@/w images=0 | images=0 is out of range: it must be 1 to 9999.
            Create Sample Data... | output=@/w images=1.5 | images=1.5 is not a whole number
            Create Sample Data... | output=@/w images= | images= has no value
            Create Sample Data... | output=@/w size=63 | size=63 is out of range: it must be 64 to 1024.
            Create Sample Data... | output=@/w seed=x | seed=x is not a whole number
            Create Sample Data... | output=@/w images=1 images=2 | images= is given twice: once as '1', once as '2'.
            Create Sample Data... | output=@/w quickly | 'quickly' is not of the form key=value. A value with blanks needs brackets
            Create Sample Data... | output=@/two words | 'words' is not of the form key=value. A value with blanks needs brackets
            Create Sample Data... | output=@/w =3 | '=3' has no key before its '='.
            Create Sample Data... | output=[@/w | output=[@/w has no ] at its end.
            Create Sample Data... | output='@/w | output='@/w has no ' at its end.
            Train from Tags... | output=@/w | images= is missing: A folder of tagged images
            Train from Tags... | images=@/none output=@/w | The folder @/none does not exist: check its name.
            Train from Tags... | images=@/none output=@/w rounds=21 | rounds=21 is out of range: it must be 1 to 20, or auto.
            Train from Tags... | images=@/none output=@/w backbone=resnet | backbone=resnet is not a choice: it must be preset, mobilenet_v2, vgg16 or small.
            Train from Tags... | images=@/none output=@/w device=CPU | device=CPU is not a choice: it must be auto, cpu or gpu. Did you mean cpu?
            Train AE Classifiers... | images=@/none output=@/w delta=2 | delta=2 is out of range: it must be 0.001 to 1, or preset.
            Train AE Classifiers... | images=@/none output=@/w epoch=3 | 'train-ae' has no key 'epoch'. Did you mean epochs=?
            Train AE Classifiers... | images=@/none output=@/w format=csv | format=csv is not a choice
            Train Segmentation (PSL)... | output=@/none | There is no run in @/none (no run.json). Give output= the folder that train-ae wrote
            Train Segmentation (PSL)... | output=@/none threads=-1 | threads=-1 is out of range: it must be 0 to 1024, or run.
            Segment Folder... | images=@/none output=@/w | model= is missing: The file model.palimpsest
            Segment Folder... | model=@/none images=@/none output=@/w | There is no model @/none: check its name.
            Segment Folder... | model=@/none images=@/none output=@/w overlays=yes | overlays=yes is not a choice: it must be on or off.
            Segment Folder... | model=@/none images=@/none output=@/w tile=0 | tile=0 is out of range
            Evaluate... | predictions=@/none masks=@/none2 output=@/w | There is no folder @/none. Name the folder that holds the predictions.
            Evaluate... | predictions=@/none masks=@/none2 output=@/w tags=x | 'evaluate' has no key 'tags'.
            Evaluate Regions... | output=@/none masks=@/none | Cannot read @/none/run.json: there is no such file. Check the name.
            Refine with Dense CRF... | images=@/none probabilities=@/none output=@/w maps=maybe | maps=maybe is not a choice: it must be true or false.
            Ablation Table... | images=@/none masks=@/none output=@/w seeds=one | seeds=one is not understood
            Show Device... | device=tpu | device=tpu is not a choice
            Show Device... | memory=12 | memory=12 is out of range
            Help... | about=traning | There is no command 'traning'.
            Segment Image... | output=@/w image=@/cell.tif | model= is missing: The file model.palimpsest
            Segment Image... | output=@/w model=@/small.palimpsest | No image is open: open the image first, or name it with image=
            Segment Image... | output=@/w model=@/none image=@/cell.tif | There is no model @/none: check its name.
            Segment Image... | output=@/w model=@/cell.tif image=@/cell.tif | @/cell.tif is cut short or no zip file
            Segment Image... | output=@/w model=@/small.palimpsest image=@/none | image=@/none is neither the title of an open image nor a file: correct it.
            Segment Image... | output=@/w model=@/small.palimpsest image=@/cell.tif tags=disc;cube | The model does not know the tag cube, but only disc, ring
            Segment Image... | output=@/w model=@/small.palimpsest image=@/cell.tif probabilities | 'probabilities' is not of the form key=value: write probabilities=on.
            Segment Image... | output=@/w model=@/small.palimpsest image=@/cell.tif tile=0,5 | tile=0,5 is not a number: write it with a point, as in tile=0.5.
            Segment Image... | output=@/run model=@/small.palimpsest image=@/cell.tif | The output @/run holds other files already
            View Rounds... | | run_folder= is missing: The folder that training writes the run to
            View Rounds... | run_folder=@/none | There is no run in @/none (no run.json). Choose the folder that training wrote the run to.
            View Rounds... | run_folder=@/cell.tif | There is no run in @/cell.tif (no run.json).
            View Rounds... | run_folder=@/run show_as=figure | output= is missing: show_as=figure needs a file to write, such as output=rounds.png.
            View Rounds... | run_folder=@/run show_as=viewer | The viewer needs a screen, and there is none here. Use show_as=hyperstack
            View Rounds... | run_folder=@/run show_as=movie | show_as=movie is not a choice: it must be viewer, hyperstack, bigdataviewer or figure.
            View Rounds... | run_folder=@/run show_as=figure output=@/f.png image_name=b.png | The run in @/run has no image b.png. Its first one is called a.png.
            View Rounds... | run_folder=@/run show_as=figure output=@/f.png tag_name=fibre | The run in @/run has no tag fibre. Its tags are cell.
            View Rounds... | run_folder=@/run show_as=figure output=@/run/f.png | The output @/run/f.png lies in
            View Rounds... | run_folder=@/run show_as=hyperstack opacity=0,5 | opacity=0,5 is not a number: write it with a point, as in opacity=0.5. It must be 0 to 1.
            View Rounds... | run_folder=@/run show_as=hyperstack opacity=2 | opacity=2 is out of range: it must be 0 to 1.
            """)
    void whatIsWrongStopsTheMacroWithASentence(String command, String options, String sentence, @Headless PlainImageJ imagej)
            throws IOException {
        Path folder = folder(imagej);
        Path output = folder.resolve("w");
        if (Files.exists(output.resolve("status.json")))
            Files.delete(output.resolve("status.json"));
        String said = run(imagej, "run(\"" + command + "\", \"" + (options == null ? "" : options) + "\"); print(\"went on\");");
        String expected = sentence.replace("@", folder.toString());
        assertTrue(said.replaceAll("\\s+", " ").contains(expected), said);
        assertFalse(said.contains("went on"), "the macro must stop: " + said);
        assertFalse(said.contains("\tat ") || said.contains("Exception"), said);
        if (options != null && options.startsWith("output=@/w "))
            assertTrue(Files.readString(output.resolve("status.json")).contains("\"failed\""), said);
        assertFalse(Files.exists(folder.resolve("none")), "nothing is made where something should have been");
        assertEquals(List.of(), ours(imagej));
    }
}
