package io.github.palimpsest.segmentation.masks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.background.BackgroundScore;
import io.github.palimpsest.background.CueKind;
import io.github.palimpsest.background.Ground;
import io.github.palimpsest.crf.CrfSettings;
import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.UserException;

class MaskSettingsTest {

    private static MaskSettings of(String... keysAndValues) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2)
            given.put(keysAndValues[i], keysAndValues[i + 1]);
        return MaskSettings.parse(new SettingsText(MaskSettings.defaults(), given));
    }

    @Test
    void unlessToldTheyLeaveOpenWhatTheDataDecide() {
        MaskSettings settings = of();
        assertNull(settings.way());
        assertEquals(0, settings.merge());
        assertNull(settings.kind());
        assertNull(settings.a());
        assertNull(settings.w());
        assertEquals(Ground.AUTO, settings.options().ground());
        assertEquals(CrfSettings.DEFAULT, settings.crf());
        assertFalse(settings.isComplete());
    }

    @Test
    void everyOneCanBeGiven() {
        MaskSettings settings = of("masks", "PAPER", "merge", "2", "background", "low_response",
                "cue_cut", ".06,cat:.12", "background_score", ".3", "background_weight", "0", "gamma", "1",
                "sure", "0.5", "crf_iterations", "5");
        assertEquals(MaskSettings.Way.PAPER, settings.way());
        assertEquals(2, settings.merge());
        assertEquals(CueKind.LOW_RESPONSE, settings.kind());
        assertEquals(.12, settings.cut().byTag().get("cat"));
        assertEquals(new BackgroundScore(.3, 0), settings.score());
        assertEquals(5, settings.crf().iterations());
        assertTrue(settings.isComplete());
        Path maps = of("background", "folder", "cue_folder", "maps").options().folder();
        assertEquals(Path.of("maps").toAbsolutePath(), maps);
    }

    @Test
    void aThresholdWithoutItsGroundIsNotComplete() {
        String[] given = {"masks", "crf", "background", "otsu", "background_score", ".3", "background_weight", ".2"};
        assertFalse(of(given).isComplete());
        assertTrue(of("masks", "crf", "background", "otsu", "background_score", ".3", "background_weight", ".2", "cue_ground",
                "dark").isComplete());
        assertFalse(of("masks", "crf", "background", "rbd", "background_score", ".3").isComplete());
        assertTrue(of("background", "rbd", "masks", "paper").isComplete());
    }

    @Test
    void theWayIsOpenUnlessSomethingOfOneWayIsAskedFor() {
        assertNull(of("background", "rbd", "cue_ground", "dark", "gamma", "1").way());
        assertFalse(of("background", "rbd").isComplete());
        for (String key : List.of("background_score", "background_weight"))
            assertEquals(MaskSettings.Way.CRF, of(key, ".3").way(), "the paper's way has no score");
        assertEquals(MaskSettings.Way.CRF, of("background", "none").way(), "only a cue makes background in the paper's way");
    }

    @Test
    void whatWasChosenTakesItsPlace() {
        MaskSettings settings = of().with(new ChosenMasks(MaskSettings.Way.CRF, CueKind.OTSU, Ground.BRIGHT, .4, .25, 3, .3, .8));
        assertTrue(settings.isComplete());
        assertEquals(3, settings.merge());
        assertEquals(CueKind.OTSU, settings.kind());
        assertEquals(Ground.BRIGHT, settings.options().ground());
        assertEquals(new BackgroundScore(.4, .25), settings.score());
        assertEquals(MaskSettings.Way.CRF, settings.way());
        ChosenMasks older = new ChosenMasks(null, CueKind.RBD, Ground.AUTO, Double.NaN, Double.NaN, 2, .3, .8);
        assertEquals(MaskSettings.Way.PAPER, of("masks", "paper").with(older).way(), "an older version chose no way");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"masks|soft|auto, crf, paper", "merge|0|from 1 to 100, or auto",
            "background|saliency|auto, rbd, otsu",
            "cue_ground|grey|dark, bright, auto", "cue_cut|2|cue_cut", "background_score|high|or auto",
            "background_weight|-1|from 0 to 10, or auto", "sure|1.1|from 0 to 1", "gamma|0|from 0.1 to 4",
            "crf_iterations|-1|from 0 to 1000", "background|folder|cue_folder=", "cue_window|0|or auto"})
    void mistakesAreToldWithTheSettingsName(String key, String value, String sentence) {
        String told = assertThrows(UserException.class, () -> of(key, value)).getMessage();
        assertTrue(told.contains(key) && told.contains(sentence), told);
    }

    @Test
    void mapsThatNobodyWouldLookAtAreAMistake() {
        String told = assertThrows(UserException.class, () -> of("background", "rbd", "cue_folder", "maps"))
                .getMessage();
        assertTrue(told.contains("cue_folder") && told.contains("background=rbd"), told);
    }

    /** ImageJ's macros find a key wherever it stands before "=" and after no letter. */
    @Test
    void noSettingsNameIsTheEndOfAnother() {
        Set<String> keys = MaskSettings.defaults().keySet();
        List<String> ends = keys.stream()
                .filter(key -> keys.stream().anyMatch(other -> !other.equals(key) && other.endsWith(key))).toList();
        assertEquals(List.of(), ends);
        assertTrue(keys.stream().allMatch(key -> key.length() >= 4 && key.equals(key.toLowerCase(Locale.ROOT))));
    }
}
