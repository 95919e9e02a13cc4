package io.github.palimpsest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.Macro;
import io.github.palimpsest.task.UserException;

/** Options of macros are read as ImageJ writes them. */
class MacroOptionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "two words", "", " around ", "größe", "it's", "'quoted'", "a[b]c", "[x] y", "seed=3", "C:\\a b", "\"q\""})
    void whatIsWrittenIsReadAgainAndByImageJToo(String value) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("output", value);
        values.put("seed", "7");
        String options = MacroOptions.format(values);
        assertEquals(values, MacroOptions.parse(options + " "));
        assertEquals(value, Macro.getValue(options, "output", null));
    }

    @Test
    void keysInPathsAreNoKeys() {
        assertEquals(Map.of("output", "/a/seed=3 b"), MacroOptions.parse("output=[/a/seed=3 b]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a]", "a[", "]a[", "two\nlines"})
    void whatOptionsCannotCarryIsSaid(String value) {
        assertFalse(MacroOptions.canCarry(value));
        UserException e = assertThrows(UserException.class, () -> MacroOptions.format(Map.of("output", value)));
        assertTrue(e.getMessage().startsWith("A macro cannot carry output="), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"overlays,overlays=on", "tile,tile=1.5", "model,model=..."})
    void aBareKeyIsToldItsValue(String word, String better) {
        CommandDefinition definition = CommandDefinition.named("segment-image");
        UserException e = assertThrows(UserException.class, () -> definition.createForMacro("model=m " + word + " rois=off"));
        assertTrue(e.getMessage().startsWith("'" + word + "' is not of the form key=value: write " + better + "."), e.getMessage());
    }
}
