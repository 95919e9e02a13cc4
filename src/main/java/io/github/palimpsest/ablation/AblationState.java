package io.github.palimpsest.ablation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import io.github.palimpsest.store.Json;
import io.github.palimpsest.task.UserException;

/**
 * What {@code ablation.json} holds: how far a table has come.
 *
 * @param format of this file; 1 is the first
 * @param settings that all rows have in common, by the name that the user gives them
 * @param rows that are done, in the order in which they were
 */
record AblationState(int format, Map<String, String> settings, List<Done> rows) {

    static final String FILE = "ablation.json";
    private static final int FORMAT = 1;

    AblationState {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        rows = List.copyOf(rows);
    }

    /** A row that is done with one seed. */
    record Done(long seed, Row row, Scores scores) {}

    /**
     * The state of a folder, or that of a new table.
     *
     * @throws UserException if the folder's table was begun with other settings, naming the first that differs
     */
    static AblationState of(Path folder, Map<String, String> settings) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file))
            return new AblationState(FORMAT, settings, List.of());
        AblationState state = Json.read(file, AblationState.class);
        if (state.format > FORMAT)
            throw new UserException(file + " was written by a later version of Palimpsest. Use that version, "
                    + "or another output.");
        TreeSet<String> keys = new TreeSet<>(settings.keySet());
        keys.addAll(state.settings.keySet());
        for (String key : keys)
            require(folder, key, state.settings.get(key), settings.get(key));
        return state;
    }

    /**
     * The scores of a row, if it is done.
     *
     * @throws UserException if it was done with other settings
     */
    Optional<Scores> scores(Path folder, Row row, long seed) {
        for (Done done : rows)
            if (done.seed() == seed && done.row().name().equals(row.name())) {
                require(folder, row.name(), done.row().erasing() + " " + done.row().segmentation(),
                        row.erasing() + " " + row.segmentation());
                return Optional.of(done.scores());
            }
        return Optional.empty();
    }

    AblationState with(Row row, long seed, Scores scores) {
        List<Done> more = new ArrayList<>(rows);
        more.add(new Done(seed, row, scores));
        return new AblationState(format, settings, more);
    }

    private static void require(Path folder, String what, String before, String now) {
        if (!String.valueOf(before).equals(String.valueOf(now)))
            throw new UserException("The table in " + folder + " was begun with " + what + "=" + text(before)
                    + ", but now it is " + text(now) + ". Use the same settings, or another output.");
    }

    private static String text(String value) {
        return value == null || value.isEmpty() ? "nothing" : value;
    }
}
