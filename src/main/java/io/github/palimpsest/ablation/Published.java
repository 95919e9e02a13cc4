package io.github.palimpsest.ablation;

import java.util.Map;
import java.util.Optional;

/**
 * A figure of the paper (Wei et al., CVPR 2017): mean IoU on PASCAL VOC 2012 val.
 *
 * @param miou 0..1
 * @param recalled whether it is recalled and could not be checked
 */
record Published(double miou, boolean recalled) {

    private static final Map<String, Published> FIGURES = Map.of("1 round", new Published(.449, true),
            "2 rounds", new Published(.495, true), "3 rounds", new Published(.509, true),
            "4 rounds", new Published(.488, true), Row.PSL, new Published(.541, false),
            "PSL, true tags", new Published(.535, false), "PSL without v", new Published(.531, false),
            "PSL++", new Published(.550, false));

    static Optional<Published> of(Row row) {
        return Optional.ofNullable(FIGURES.get(row.name()));
    }
}
