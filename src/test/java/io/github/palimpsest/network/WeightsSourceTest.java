package io.github.palimpsest.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

class WeightsSourceTest {

    @TempDir
    Path folder;

    @Test
    void noneGivesNoWeights() {
        WeightsSource none = new WeightsSource(Backbone.MOBILENET_V2, " none ");
        assertFalse(none.isPretrained());
        assertEquals(Map.of(), none.load(Progress.silent()));
    }

    @Test
    void aFileIsRead() {
        Path file = folder.resolve("vgg16.h5");
        KerasFileWriter.writeVgg16(file, Backbone.VGG16.trunk(16).spec(), new HashMap<>());
        WeightsSource source = new WeightsSource(Backbone.VGG16, file.toString());
        assertTrue(source.isPretrained());
        assertEquals(26, source.load(Progress.silent()).size());
    }

    @Test
    void theSmallNetworkHasNothingToDownload() {
        assertEquals("There are no weights to download for the network small: it is trained from scratch. Use weights=none, or "
            + "another network.", sentence(Backbone.SMALL, "download"));
    }

    @Test
    void aWrongSettingIsRefusedBeforeAnyWork() {
        assertEquals("The setting weights= is empty: give it a Keras weight file (.h5), download or none.",
            sentence(Backbone.VGG16, " "));
        String missing = folder.resolve("nowhere.h5").toString();
        assertEquals("The weight file " + missing + " does not exist. Give weights= a Keras weight file (.h5) of this network "
            + "without its top, or use weights=none.", sentence(Backbone.VGG16, missing));
    }

    @Test
    void theWeightsOfAnotherNetworkAreRefused() {
        Path file = KerasWeightsTest.resource("keras2.h5");
        WeightsSource source = new WeightsSource(Backbone.MOBILENET_V2, file.toString());
        String sentence = assertThrows(UserException.class, () -> source.load(Progress.silent())).getMessage();
        assertTrue(sentence.startsWith("The weight file " + file + " is not of this network or not whole: it lacks "), sentence);
    }

    private static String sentence(Backbone backbone, String setting) {
        return assertThrows(UserException.class, () -> new WeightsSource(backbone, setting)).getMessage();
    }
}
