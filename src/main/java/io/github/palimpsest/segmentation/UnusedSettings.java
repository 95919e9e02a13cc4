package io.github.palimpsest.segmentation;

import java.util.List;
import java.util.Map;

import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.UserException;

/** Settings that a user gives although another one makes them mean nothing. */
final class UnusedSettings {

    /** That a setting is only looked at where another has one of these values. */
    private record Use(String key, String other, List<String> values) {}

    private static final List<Use> USES = List.of(
            new Use("fine_tuning", "training", List.of("last")),
            new Use("fine_rate", "training", List.of("last")),
            new Use("crop", "training", List.of("full")),
            new Use("confidence", "use_psl", List.of("on", "auto")),
            new Use("psl_weight", "use_psl", List.of("on", "auto")),
            new Use("psl_from", "use_psl", List.of("on", "auto")),
            new Use("cue_cut", "masks", List.of("paper", "auto")),
            new Use("gamma", "masks", List.of("crf", "auto")),
            new Use("background_score", "masks", List.of("crf", "auto")),
            new Use("background_weight", "masks", List.of("crf", "auto")));

    private UnusedSettings() {}

    /**
     * Makes sure that there are none.
     *
     * @param given by the user
     * @param text all settings, read already
     * @throws UserException for the first one, naming what would make it mean something
     */
    static void requireNone(Map<String, String> given, SettingsText text) {
        for (Use use : USES) {
            String value = given.get(use.key());
            // A zero asks for nothing.
            if (value == null || value.isBlank() || text.text(use.key()).equals("0"))
                continue;
            if (!use.values().contains(text.text(use.other())))
                throw new UserException("The setting " + use.key() + " is given, but " + use.other() + "=" + text.text(use.other())
                        + " does not use it. Give " + use.other() + "=" + use.values().get(0) + ", or leave out " + use.key() + ".");
        }
    }
}
