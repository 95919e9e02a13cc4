package io.github.palimpsest.segmentation.masks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.palimpsest.background.CueKind;
import io.github.palimpsest.background.Ground;
import io.github.palimpsest.task.SettingsText;

/**
 * What training masks were tried ({@link MaskChoice}), and what was chosen. Of those that features explain as well as the best, or
 * nearly so, the most generous wins: what comes after, the CRF, the network and the CRF again, takes some of the foreground away
 * and gives none back. Where even the best are not explained well, dense masks are wrong in too many places: the paper's way, which
 * leaves open what was neither mined nor is surely ground, teaches more.
 *
 * @param best the choice
 * @param tried everything that was tried, in the order in which it was, the best included
 * @param images that were looked at
 * @param plain what thresholds alone would give on the same images; none where there was nothing to look at
 */
public record TriedMasks(ChosenMasks best, List<ChosenMasks> tried, int images, List<PlainMasks> plain) {

    /** So much less well explained is nearly as well. */
    static final double NEARLY = .01;

    /** Dense masks explained as well as this are taken where the way is open. BENCHMARKS.md has what it was chosen on. */
    static final double WELL_EXPLAINED = .78;

    public TriedMasks {
        tried = List.copyOf(tried);
        plain = List.copyOf(plain);
    }

    /**
     * Chooses.
     *
     * @param dense masks that were tried; some with a cue unless the way is that of dense ones. In the paper's way they only serve to
     *            compare cues.
     * @param way that the masks are made in; null leaves it open
     */
    static TriedMasks of(List<ChosenMasks> dense, MaskSettings.Way way, int images, List<PlainMasks> plain) {
        TriedMasks crf = new TriedMasks(mostGenerous(dense), dense, images, plain);
        boolean isDense = way == null ? crf.best.explained() >= WELL_EXPLAINED : way == MaskSettings.Way.CRF;
        if (isDense)
            return crf;
        // Only a cue makes background in the paper's way.
        List<ChosenMasks> cues = dense.stream().filter(TriedMasks::hasCue).toList();
        ChosenMasks best = mostGenerous(cues);
        List<ChosenMasks> bestOfEach = new TriedMasks(best, cues, images, plain).bestOfEach();
        return new TriedMasks(best.paper(), bestOfEach.stream().map(ChosenMasks::paper).toList(), images, plain);
    }

    private static boolean hasCue(ChosenMasks one) {
        return one.kind() != CueKind.NONE;
    }

    /** Of those that are explained nearly as well as the best, that with the most foreground; the first of equals. */
    private static ChosenMasks mostGenerous(List<ChosenMasks> tried) {
        double enough = tried.stream().mapToDouble(ChosenMasks::explained).max().orElseThrow() - NEARLY;
        return tried.stream().filter(one -> one.explained() >= enough)
                .reduce((a, b) -> b.foreground() > a.foreground() ? b : a).orElseThrow();
    }

    /** What would be chosen of each kind of cue and number of rounds, in the order in which they were tried. */
    public List<ChosenMasks> bestOfEach() {
        Map<List<Object>, List<ChosenMasks>> groups = new LinkedHashMap<>();
        for (ChosenMasks one : tried)
            groups.computeIfAbsent(List.of(one.rounds(), one.kind()), group -> new ArrayList<>()).add(one);
        return groups.values().stream().map(group -> group.contains(best) ? best : mostGenerous(group)).toList();
    }

    /** What was chosen, and from what, for the user. */
    public String sentence() {
        String cue = SettingsText.name(best.kind())
                + (best.ground() == Ground.AUTO ? "" : " (the ground is " + SettingsText.name(best.ground()) + ")");
        String score = Double.isNaN(best.a()) || Double.isNaN(best.w()) ? ""
                : String.format(Locale.ROOT, ", score %.2f, weight %.2f", best.a(), best.w());
        String way = best.way() == null ? "" : "masks=" + SettingsText.name(best.way()) + ", ";
        String what = way + "background cue " + cue + score + ", " + best.rounds()
                + (best.rounds() == 1 ? " round" : " rounds") + " of erasing";
        if (tried.isEmpty())
            return "Training masks as set: " + what + ".";
        String which = best.way() == MaskSettings.Way.PAPER ? "%d cues that were tried on %d images, this is the one of which "
                + "features explain dense masks best" : "%d ways that were tried on %d images, this is the most generous of those "
                + "that features explain best";
        return String.format(Locale.ROOT, "Training masks: of " + which + " (%.3f; masks=auto makes dense ones from %.2f on): %s.",
                tried.size(), images, best.explained(), WELL_EXPLAINED, what);
    }
}
