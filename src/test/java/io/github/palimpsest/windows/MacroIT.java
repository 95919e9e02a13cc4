package io.github.palimpsest.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.Prefs;

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

    private static Path folder(PlainImageJ imagej) throws IOException {
        return Files.createDirectories(imagej.folder().resolve("files"));
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
    }
}
