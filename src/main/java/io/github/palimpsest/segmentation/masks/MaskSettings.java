package io.github.palimpsest.segmentation.masks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

import io.github.palimpsest.background.BackgroundCue;
import io.github.palimpsest.background.BackgroundCues;
import io.github.palimpsest.background.BackgroundScore;
import io.github.palimpsest.background.CueKind;
import io.github.palimpsest.background.CueOptions;
import io.github.palimpsest.background.Ground;
import io.github.palimpsest.background.TwoSidedCut;
import io.github.palimpsest.crf.CrfSettings;
import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.UserException;

/**
 * How training masks are made. What is left open is chosen from tags alone by {@link MaskChoice}.
 *
 * @param way to masks; null leaves it open
 * @param merge so many merged rounds of erasing, from 1; 0 leaves it open, and means all as long as it is not chosen
 * @param kind of the background cue; null leaves it open
 * @param options of the cue; its ground may be left open too
 * @param cut below which the cue is believed, in the paper's way
 * @param a of the {@link BackgroundScore}; null leaves it open
 * @param w of the {@link BackgroundScore}; null leaves it open
 * @param gamma exponent that maps are raised to before they are compared with the background's score, 0.1..4
 * @param sure pixels whose most probable label is less probable are unlabelled, 0..1, where a CRF makes the masks
 * @param parted whether a tag within another one is told from it, see {@link PartSearch}; else both claim the same
 * @param crf which makes the masks
 */
public record MaskSettings(Way way, int merge, CueKind kind, CueOptions options, TwoSidedCut cut, Double a, Double w,
        double gamma, double sure, boolean parted, CrfSettings crf) {

    /** From what is known of an image to a mask. */
    public enum Way {

        /** Mined pixels get their tag, a low cue is background, conflicts and the rest are unlabelled. */
        PAPER,
        /** Accumulated maps and the cue as scores, refined by a dense CRF; unlabelled where that is unsure. */
        CRF
    }

    /** As users write it; the other constants are those of {@link Way}. */
    private enum Masks {
        AUTO, CRF, PAPER
    }

    /** As users write it; the other constants are those of {@link CueKind}. */
    private enum Background {
        AUTO, RBD, OTSU, LI, TRIANGLE, LOCAL, LOW_RESPONSE, FOLDER, NONE
    }

    /** As users write it. */
    private enum PartsOfWholes {
        FEATURES, OFF
    }

    private static final String AUTO = "auto";

    /**
     * The settings' names and what they are unless given. No name is the end of another, since ImageJ's macros would
     * take one for the other.
     */
    public static Map<String, String> defaults() {
        String[] keysAndValues = {"masks", AUTO, "merge", AUTO, "background", AUTO, "cue_ground", AUTO,
                "cue_folder", "", "cue_window", AUTO, "cue_cut", "0.12", "background_score", AUTO,
                "background_weight", AUTO, "gamma", "0.5", "sure", "0.9", "parts", "features", "crf_iterations", "10",
                "crf_smoothness_weight", "3", "crf_smoothness_xy", "3", "crf_appearance_weight", "4",
                "crf_appearance_xy", "50", "crf_appearance_rgb", "5"};
        Map<String, String> defaults = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2)
            defaults.put(keysAndValues[i], keysAndValues[i + 1]);
        return defaults;
    }

    /**
     * Reads the settings named by {@link #defaults()}.
     *
     * @throws UserException for the first one that is wrong, naming it and what it may be
     */
    public static MaskSettings parse(SettingsText text) {
        Masks masks = text.choice("masks", Masks.class);
        Background background = text.choice("background", Background.class);
        CueKind kind = background == Background.AUTO ? null : CueKind.valueOf(background.name());
        Path folder = text.text("cue_folder").isEmpty() ? null
                : text.path("cue_folder", "the folder of background maps");
        if (kind == CueKind.FOLDER && folder == null)
            throw new UserException("The setting background=folder needs the folder of your maps: give cue_folder=...");
        if (kind != null && kind != CueKind.FOLDER && folder != null)
            throw new UserException("The setting cue_folder is given, but background=" + SettingsText.name(background)
                    + " does not use it. Give background=folder, or background=auto, or leave out cue_folder.");
        if (masks == Masks.PAPER && kind == CueKind.NONE)
            throw new UserException("The setting background=none leaves nothing that is surely background, which masks=paper needs. "
                    + "Give background=auto, or masks=crf.");
        Double a = open(text.numberOr("background_score", -10, 10, AUTO));
        Double w = open(text.numberOr("background_weight", 0, 10, AUTO));
        // Only dense masks have a score, or do without a cue.
        boolean isDense = kind == CueKind.NONE || a != null || w != null;
        Way way = masks != Masks.AUTO ? Way.valueOf(masks.name()) : isDense ? Way.CRF : null;
        CueOptions options = new CueOptions(text.choice("cue_ground", Ground.class), folder,
                (int) text.wholeOr("cue_window", 1, 10000, AUTO, 0));
        return new MaskSettings(way, (int) text.wholeOr("merge", 1, 100, AUTO, 0), kind, options,
                TwoSidedCut.parse("cue_cut", text.text("cue_cut")), a, w, text.number("gamma", .1, 4), text.number("sure", 0, 1),
                text.choice("parts", PartsOfWholes.class) == PartsOfWholes.FEATURES, crf(text));
    }

    private static Double open(OptionalDouble given) {
        return given.isPresent() ? given.getAsDouble() : null;
    }

    private static CrfSettings crf(SettingsText text) {
        return new CrfSettings((int) text.whole("crf_iterations", 0, 1000),
                text.number("crf_smoothness_weight", 0, 1000), text.number("crf_smoothness_xy", .1, 10000),
                text.number("crf_appearance_weight", 0, 1000), text.number("crf_appearance_xy", .1, 10000),
                text.number("crf_appearance_rgb", .1, 10000));
    }

    /** The settings with what was chosen; their way where an older version did not choose one. */
    public MaskSettings with(ChosenMasks chosen) {
        return new MaskSettings(chosen.way() == null ? way : chosen.way(), chosen.rounds(), chosen.kind(),
                options.withGround(chosen.ground()), cut, chosen.a(), chosen.w(), gamma, sure, parted, crf);
    }

    /** Whether the cue parts pixels by a grey level, so that one side must be the ground. */
    static boolean isThreshold(CueKind kind) {
        return kind == CueKind.OTSU || kind == CueKind.LI || kind == CueKind.TRIANGLE || kind == CueKind.LOCAL;
    }

    /** Whether nothing that the way needs is left open, the number of rounds apart. */
    public boolean isComplete() {
        boolean cueIsKnown = kind != null && !(isThreshold(kind) && options.ground() == Ground.AUTO);
        return way != null && cueIsKnown && (way == Way.PAPER || a != null && w != null);
    }

    /**
     * The background's score.
     *
     * @throws IllegalStateException if it is left open
     */
    public BackgroundScore score() {
        if (a == null || w == null)
            throw new IllegalStateException("the background's score is not chosen yet");
        return new BackgroundScore(a, w);
    }

    /**
     * The background cue.
     *
     * @throws IllegalStateException if its kind is left open
     * @throws UserException if its folder is missing
     */
    public BackgroundCue cue() {
        if (kind == null)
            throw new IllegalStateException("the background cue is not chosen yet");
        return BackgroundCues.of(kind, options);
    }
}
