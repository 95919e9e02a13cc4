package io.github.palimpsest.ablation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One row of the table: how a segmentation is trained.
 *
 * @param name unique in the table
 * @param erasing settings of {@code train-ae} by name; the same in all rows, which share one run
 * @param segmentation settings of {@code train-psl} by name
 */
public record Row(String name, Map<String, String> erasing, Map<String, String> segmentation) {

    static final String PSL = "PSL";

    private static final Map<String, String> ERASING = Map.of("rounds", "4");

    public Row {
        erasing = Collections.unmodifiableMap(new LinkedHashMap<>(erasing));
        segmentation = Collections.unmodifiableMap(new LinkedHashMap<>(segmentation));
    }

    /**
     * The paper's table: 1 to 4 rounds of erasing without PSL, then on three rounds PSL as it is, with the true tags in
     * place of v, without v, and PSL++.
     */
    public static List<Row> ofThePaper() {
        return List.of(rounds("1 round", 1), rounds("2 rounds", 2), rounds("3 rounds", 3), rounds("4 rounds", 4),
                psl(PSL, "predicted", 0), psl("PSL, true tags", "true_tags", 0), psl("PSL without v", "without_v", 0),
                psl("PSL++", "predicted", 1));
    }

    private static Row rounds(String name, int rounds) {
        return new Row(name, ERASING, texts("merge", Integer.toString(rounds), "use_psl", "off", "passes", "0"));
    }

    private static Row psl(String name, String confidence, int passes) {
        return new Row(name, ERASING, texts("merge", "3", "use_psl", "on", "confidence", confidence,
                "passes", Integer.toString(passes)));
    }

    private static Map<String, String> texts(String... keysAndValues) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2)
            texts.put(keysAndValues[i], keysAndValues[i + 1]);
        return texts;
    }

    /** The same row with this seed in both. */
    Row withSeed(long seed) {
        Map<String, String> first = new LinkedHashMap<>(erasing);
        Map<String, String> second = new LinkedHashMap<>(segmentation);
        first.put("seed", Long.toString(seed));
        second.put("seed", Long.toString(seed));
        return new Row(name, first, second);
    }

    /** The name as that of a folder. */
    String folder() {
        return name.replace("++", "-plus-plus").replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
    }
}
