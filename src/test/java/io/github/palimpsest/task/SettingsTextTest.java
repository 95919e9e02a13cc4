package io.github.palimpsest.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTextTest {

    private enum Colour {
        RED, DARK_BLUE
    }

    private static SettingsText of(String value) {
        return new SettingsText(Map.of(), Map.of("x", value));
    }

    private static Arguments wrong(Executable reading, String sentence) {
        return Arguments.of(sentence, reading);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                wrong(() -> of("").required("x", "a folder"), "The setting x is missing: give a folder, as in x=..."),
                wrong(() -> of("5").whole("x", 0, 4),
                        "The setting x is \"5\", but must be a whole number from 0 to 4."),
                wrong(() -> of("-1").whole("x", 0, 4),
                        "The setting x is \"-1\", but must be a whole number from 0 to 4."),
                wrong(() -> of("2.0").whole("x", 0, 4),
                        "The setting x is \"2.0\", but must be a whole number from 0 to 4."),
                wrong(() -> of("").whole("x", 0, 4), "The setting x is \"\", but must be a whole number from 0 to 4."),
                wrong(() -> of("9".repeat(20)).whole("x", 0, 4),
                        "The setting x is \"99999999999999999999\", but must be a whole number from 0 to 4."),
                wrong(() -> of("many").wholeOr("x", 1, 9, "auto", 0),
                        "The setting x is \"many\", but must be a whole number from 1 to 9, or auto."),
                wrong(() -> of("0.5").number("x", 0.75, 4),
                        "The setting x is \"0.5\", but must be a number from 0.75 to 4."),
                wrong(() -> of("much").numberOr("x", 0, 4, "auto"),
                        "The setting x is \"much\", but must be a number from 0 to 4, or auto."),
                wrong(() -> of("NaN").number("x", 0, 4), "The setting x is \"NaN\", but must be a number from 0 to 4."),
                wrong(() -> of("Infinity").number("x", 0, 4),
                        "The setting x is \"Infinity\", but must be a number from 0 to 4."),
                wrong(() -> of("0,5").number("x", 0, 4), "The setting x is \"0,5\", but must be a number from 0 to 4."),
                wrong(() -> of("1,,2").numbers("x", 0, 4),
                        "The setting x is \"1,,2\", but must be a number from 0 to 4."),
                wrong(() -> of("1,9").numbers("x", 0, 4),
                        "The setting x is \"1,9\", but must be a number from 0 to 4."),
                wrong(() -> of("on").flag("x"), "The setting x is \"on\", but must be true or false."),
                wrong(() -> of("green").choice("x", Colour.class),
                        "The setting x is \"green\", but must be one of red, dark_blue."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void eachMistakeHasItsSentence(String sentence, Executable reading) {
        assertEquals(sentence, assertThrows(UserException.class, reading).getMessage());
    }

    @Test
    void whatNoFileSystemCanHoldIsNoPath() {
        assertEquals("The setting x is \"a\0b\", but must be a path.",
                assertThrows(UserException.class, () -> of("a\0b").path("x", "a folder")).getMessage());
    }

    @Test
    void valuesAreReadAsWhatTheyMean() {
        assertEquals(4, of(" 4 ").whole("x", 0, 4));
        assertEquals(0, of("auto").wholeOr("x", 1, 4, "auto", 0));
        assertEquals(Long.MIN_VALUE, of("-9223372036854775808").whole("x", Long.MIN_VALUE, Long.MAX_VALUE));
        assertEquals(0.25, of("2.5e-1").number("x", 0.25, 1));
        assertEquals(List.of(1.0, 1.5, 2.0), of("1, 1.5 ,2").numbers("x", 0, 4));
        assertTrue(of("TRUE").flag("x") && of("yes").flag("x") && of("1").flag("x"));
        assertFalse(of("False").flag("x") || of("no").flag("x") || of("0").flag("x"));
        assertEquals(Colour.DARK_BLUE, of("Dark_Blue").choice("x", Colour.class));
        assertEquals("dark_blue", SettingsText.name(Colour.DARK_BLUE));
        assertEquals(Path.of("b").toAbsolutePath(), of("a/../b").path("x", "a folder"));
    }

    @Test
    void whatIsNotGivenOrEmptyHasThePresetsValue() {
        SettingsText text = new SettingsText(Map.of("a", "1", "b", "2"), Map.of("a", " ", "b", "3"));
        assertEquals("1", text.text("a"));
        assertEquals("3", text.text("b"));
        assertFalse(text.has("c"));
        assertEquals("", text.text("c"));
    }

    @Test
    void whatMeansTheSameIsOneTextOnceItHasBeenRead() {
        SettingsText text = new SettingsText(Map.of(), Map.of("delta", ".50", "rate", "1e-4", "flag", "yes",
                "scales", "1, 2.0"));
        text.number("delta", 0, 1);
        text.number("rate", 0, 1);
        text.flag("flag");
        text.numbers("scales", 0, 9);
        assertEquals("0.5 0.0001 true 1,2",
                text.text("delta") + " " + text.text("rate") + " " + text.text("flag") + " " + text.text("scales"));
    }
}
