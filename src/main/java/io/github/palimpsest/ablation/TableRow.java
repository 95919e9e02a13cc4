package io.github.palimpsest.ablation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A row with what it reached so far.
 *
 * @param scores with every seed, in the table's order of seeds; null where it is not done
 */
record TableRow(Row row, List<Scores> scores, Optional<Published> published) {

    /** The mean over the seeds that are done, 0..1; null where none is. */
    Double mean() {
        return done() == 0 ? null : scores.stream().filter(Objects::nonNull).mapToDouble(Scores::miou).average()
                .getAsDouble();
    }

    double lowest() {
        return scores.stream().filter(Objects::nonNull).mapToDouble(Scores::miou).min().orElse(Double.NaN);
    }

    double highest() {
        return scores.stream().filter(Objects::nonNull).mapToDouble(Scores::miou).max().orElse(Double.NaN);
    }

    private long done() {
        return scores.stream().filter(Objects::nonNull).count();
    }
}
