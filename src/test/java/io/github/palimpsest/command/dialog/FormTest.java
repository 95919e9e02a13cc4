package io.github.palimpsest.command.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import ij.Prefs;

import io.github.palimpsest.command.CommandDefinition;

class FormTest {

    private static final CommandDefinition COMMAND = CommandDefinition.named("train-ae");

    private static String typed(String key, String text) {
        return Form.typed(COMMAND.input(key), text);
    }

    @Test
    void blanksAroundAValueAreNotMeant() {
        assertEquals("/x/a b", typed("images", " /x/a b\t"));
        assertEquals("train", typed("split", " train "));
    }

    @Test
    void quotesAroundAPathAreNotMeant() {
        assertEquals("C:\\my images", typed("images", " \"C:\\my images\" "));
        assertEquals("/a\"b", typed("images", "/a\"b"));
        assertEquals("\"", typed("images", "\""));
        assertEquals("\"train\"", typed("split", "\"train\""));
    }

    /** An older version kept them as they were typed, and ImageJ adds a slash to a folder. */
    @Test
    void whatWasRememberedWithBlanksCanBeUsed() {
        String key = "palimpsest.train-ae.images";
        Prefs.set(key, " /x/ ");
        try {
            assertEquals("/x/", DialogMemory.recall(COMMAND).get("images"));
        } finally {
            Prefs.set(key, null);
        }
    }
}
