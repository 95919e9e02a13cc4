package io.github.palimpsest.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import io.github.palimpsest.command.CommandDefinition;
import io.github.palimpsest.command.Failure;

/** What the terminal answers. */
class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Words are separated by blanks; a sentence is the beginning of what is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            trainae images=a output=b              | There is no command 'trainae'. Did you mean train-ae? The commands are
            traim-ae                               | There is no command 'traim-ae'. Did you mean train-ae? The commands are
            fly-to-moon                            | There is no command 'fly-to-moon'. The commands are
            help nosuch                            | There is no command 'nosuch'. The commands are
            help trian-ae                          | There is no command 'trian-ae'. Did you mean train-ae?
            help train-ae show-device              | "'help' tells of one command at a time: 'help train-ae'."
            train-ae                               | images= is missing: A folder of tagged images
            train-ae images=a                      | output= is missing: The folder to write the run to
            train-ae images= output=b              | images= is missing: A folder of tagged images
            train-ae image=a output=b              | "'train-ae' has no key 'image'. Did you mean images=?"
            train-ae IMAGES=a output=b             | "'train-ae' has no key 'IMAGES'. Did you mean images=?"
            train-ae images=a output=b rate=1      | "'train-ae' has no key 'rate'. Did you mean learning_rate=?"
            train-ae images=a output=b learning-rate=1 | "'train-ae' has no key 'learning-rate'. Did you mean learning_rate=?"
            train-ae images=a output=b sede=1      | "'train-ae' has no key 'sede'. Did you mean seed=?"
            train-ae images=a output=b colour=red  | "'train-ae' has no key 'colour'. 'help train-ae' lists all keys."
            train-ae images=a output=b seed=1 seed=2 | seed= is given twice: once as '1', once as '2'.
            train-ae images=a output=b seed=one    | seed=one is not a whole number: it must be a whole number.
            train-ae images=a output=b seed=1.5    | seed=1.5 is not a whole number
            train-ae images=a output=b seed=99999999999999999999 | seed=99999999999999999999 is out of range
            train-ae images=a output=b threads=-1  | threads=-1 is out of range: it must be 0 to 1024.
            train-ae images=a output=b threads=    | threads= has no value: it must be 0 to 1024.
            train-ae images=a output=b memory=4G   | memory=4G is not a whole number: it must be 256 to 1000000.
            train-ae images=a output=b rounds=0    | rounds=0 is out of range: it must be 1 to 20, or auto.
            train-ae images=a output=b rounds=many | rounds=many is not a whole number: it must be 1 to 20, or auto.
            train-ae images=a output=b rounds=2.0  | rounds=2.0 is not a whole number: it must be 1 to 20, or auto.
            train-ae images=a output=b delta=1.5   | delta=1.5 is out of range: it must be 0.001 to 1, or preset.
            train-ae images=a output=b delta=half  | delta=half is not a number: it must be 0.001 to 1, or preset.
            train-ae images=a output=b delta=NaN   | delta=NaN is not a number
            train-ae images=a output=b delta=1e-999999999 | delta=1e-999999999 is not a number
            train-ae images=a output=b device=cuda | device=cuda is not a choice: it must be auto, cpu or gpu.
            train-ae images=a output=b device=CPU  | device=CPU is not a choice: it must be auto, cpu or gpu. Did you mean cpu?
            train-ae images=a output=b preset=best | preset=best is not a choice: it must be default or paper.
            train-ae images=a output=b mirrored=yes | mirrored=yes is not a choice: it must be preset, true or false.
            train-ae images=a output               | "'output' is not of the form key=value. A value with blanks needs quotes"
            train-ae images=my folder output=b     | "'folder' is not of the form key=value. A value with blanks needs quotes"
            train-ae --images=a                    | "'--images=a' is not understood: keys are written without dashes, as key=value."
            train-ae images = a                    | "'=' has no key before its '='. Write key=value, without blanks"
            evaluate masks=a output=b              | predictions= is missing: A folder of label images with their legend.csv
            evaluate predictions=a output=b        | masks= is missing: A folder with a label image for every image
            evaluate-regions output=a              | masks= is missing: A folder with a label image for every image
            refine-crf images=a output=b           | probabilities= is missing: The image's maps, or a folder
            refine-crf images=a probabilities=b output=c iterations=-1 | iterations=-1 is out of range: it must be 0 to 1000.
            refine-crf images=a probabilities=b output=c appearance_colour=0 | appearance_colour=0 is out of range: it must be 0.1 to 10000.
            make-sample output=a images=0          | images=0 is out of range: it must be 1 to 9999.
            show-device device=gpus                | device=gpus is not a choice: it must be auto, cpu or gpu. Did you mean gpu?
            """)
    void wrongUsageGetsASentence(String line, String sentence) {
        // The key before a lone '=' comes first otherwise.
        List<String> words = List.of(line.replace("images = a", "= a").split(" "));
        assertEquals(2, run(words.toArray(new String[0])), line);
        String expected = sentence.replaceAll("^\"|\"$", "");
        assertTrue(text(err).startsWith(expected), text(err));
        assertEquals(1, text(err).lines().count(), "one sentence and no stack trace: " + text(err));
        assertEquals("", text(out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void helpIsThereUnderItsUsualNames(String word) {
        assertEquals(0, run(word));
        assertTrue(text(out).contains("train-ae"));
    }

    @Test
    void helpOfACommandCanBeAskedForInThreeWays() {
        assertEquals(0, run("help", "make-sample"));
        String help = text(out);
        assertTrue(help.startsWith("make-sample: Create Sample Data..."), help);
        assertEquals(0, run("make-sample", "--help"));
        assertEquals(0, run("help", "about=make-sample"));
        assertEquals(help + help + help, text(out));
    }

    @Test
    void nothingAtAllIsWrongUsageThatGetsTheOverview() {
        assertEquals(2, run());
        assertTrue(text(out).contains("train-ae"));
    }

    @Test
    void valuesMayBeQuotedAndHoldEqualsSigns() {
        assertEquals(Map.of("images", "a b", "split", "x=y", "weights", ""),
                Arguments.parse(List.of("images=\"a b\"", "split=x=y", "weights=")));
    }

    @Test
    void workThatEndsWellEndsWithZero() {
        assertEquals(0, run("test-slow"));
        assertEquals("Done.\n", text(out));
        assertEquals("", text(err));
    }

    @Test
    void whatTheUserCanMendIsASentence() {
        assertEquals(1, run("test-slow", "ending=sentence"));
        assertEquals("The picture a.png is upside down: turn it.\n", text(err));
    }

    @Test
    void whatNobodyExpectedGoesToALogInTheOutput(@TempDir Path folder) throws Exception {
        assertEquals(1, run("test-slow", "ending=crash", "output=" + folder.resolve("run")));
        assertTrue(text(err).contains("two and two are five"), text(err));
        assertFalse(text(err).contains("\tat "), text(err));
        Path log = folder.resolve("run").resolve("error.log");
        assertTrue(text(err).contains(log.toString()), text(err));
        assertTrue(Files.readString(log).contains("SlowCommand.java"), "the log has the trace");
    }

    @Test
    void withoutAnOutputTheTraceIsShown() {
        assertEquals(1, run("test-slow", "ending=crash"));
        assertTrue(text(err).contains("Please report this"), text(err));
        assertTrue(text(err).contains("SlowCommand.java"), text(err));
    }

    @Test
    void aLackOfMemoryInTrainingNamesTheSizeOfTheCropsToo() {
        String sentence = Failure.of(new OutOfMemoryError("Java heap space"), CommandDefinition.named("train-ae"), Map.of())
                .sentence();
        assertTrue(sentence.endsWith(", or lower batch=, crop=, scales=, cache=."), sentence);
    }

    @Test
    void aLackOfMemoryNamesWhatToChange() {
        assertEquals(1, run("test-slow", "ending=heap"));
        assertTrue(text(err).startsWith("The memory of Java is used up"), text(err));
        assertTrue(text(err).contains("-Xmx4g") && text(err).contains("lower batch="), text(err));
        err.reset();
        assertEquals(1, run("test-slow", "ending=engine_memory"));
        assertTrue(text(err).startsWith("The memory of the compute engine is used up: raise memory="), text(err));
    }

    private int run(String... words) {
        return Main.run(List.of(words), new PrintStream(out, true), new PrintStream(err, true), null);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
