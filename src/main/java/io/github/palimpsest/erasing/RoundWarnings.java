package io.github.palimpsest.erasing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.palimpsest.store.RunRecord.RoundRecord;

/** What is said of a round that has ended. */
final class RoundWarnings {

    private RoundWarnings() {}

    /** A sentence for each tag that the first round's classifier cannot tell apart: what it mines for it means nothing. */
    static List<String> of(RoundRecord round, RoundContext context) {
        List<String> warnings = new ArrayList<>();
        if (round.round() > 1)
            return warnings;
        int images = context.images().size();
        round.averagePrecisionByTag().forEach((tag, precision) -> {
            int index = context.tagNames().indexOf(tag);
            double share = (double) context.images().stream().filter(i -> i.tags().contains(index)).count() / images;
            // Scores that say nothing have an average precision of about the tag's share of the images.
            if (precision < share + 0.2 * (1 - share))
                warnings.add(String.format(Locale.ROOT, "The classifier hardly tells \"%s\" from the rest (average precision %.2f on "
                        + "images that it had not seen, where guessing gives %.2f): do not trust its regions. More images, or better "
                        + "tags, may help.", tag, precision, share));
        });
        return warnings;
    }

    /** A round in a sentence. */
    static String summary(RoundRecord round, ErasingSettings settings) {
        String precision = round.averagePrecision() == null ? "not known" : String.format(Locale.ROOT, "%.3f",
                round.averagePrecision());
        String end = round.merged()
                ? String.format(Locale.ROOT, "%.1f %% of the tagged images' pixels are mined.", 100 * round.mined())
                : String.format(Locale.ROOT, "That fails the rule (%s, %s), so the round is kept but not merged.",
                        settings.stopRule().name().toLowerCase(Locale.ROOT), settings.stopAt());
        return String.format(Locale.ROOT, "Round %d: loss %.4f, average precision on held-out images %s. %s", round.round(),
                round.loss(), precision, end);
    }
}
