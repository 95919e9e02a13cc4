package io.github.palimpsest.command.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.command.CommandDefinition;
import io.github.palimpsest.command.InputDefinition;

class FieldNamesTest {

    private static final List<InputDefinition> INPUTS = CommandDefinition.named("view-rounds").asked();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            opacity=2 is out of range.                | "Opacity of the maps" = 2 is out of range.
            output= is missing: give output=.         | "Output file" is missing: give "Output file".
            such as output=rounds.png.                | such as "Output file" = rounds.png.
            opacity=.5 will do                        | "Opacity of the maps" = .5 will do
            Use train-ae with rounds=2.               | Use train-ae with rounds=2.
            There is no /data/output=3/run.json.      | There is no /data/output=3/run.json.
            no_output=3, my.output=4                  | no_output=3, my.output=4
            """)
    void keysBecomeTheLabelsOfTheFields(String sentence, String expected) {
        assertEquals(expected, FieldNames.in(sentence, INPUTS, Map.of("opacity", "2")));
    }

    @ParameterizedTest
    @CsvSource("The folder /a output=3 b does not exist.")
    void whatAUserGaveStaysAsItIs(String sentence) {
        assertEquals(sentence, FieldNames.in(sentence, INPUTS, Map.of("run_folder", "/a output=3 b")));
    }
}
