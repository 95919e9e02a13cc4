package io.github.palimpsest.segmentation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.segmentation.masks.MaskSettings;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.task.UserException;

/** The values of the settings that a user does not give. */
final class SegmentationPresets {

    private SegmentationPresets() {}

    /**
     * The settings of a preset.
     *
     * @param given what the user gives
     * @param run that the regions come from: its network, seed and preset are gone on with
     */
    static Map<String, String> of(Map<String, String> given, RunRecord run) {
        String preset = given(given, "preset", run.settings().getOrDefault("preset", "default"));
        Backbone backbone = Backbone.named(run.settings().getOrDefault("backbone", "mobilenet_v2"));
        Map<String, String> values = switch (preset) {
            case "default" -> recommended(backbone, given(given, "training", backbone == Backbone.SMALL ? "head" : "last"));
            case "paper" -> paper();
            default -> throw new UserException("The setting preset is \"" + preset + "\", but must be one of default, paper.");
        };
        MaskSettings.defaults().forEach(values::putIfAbsent);
        values.put("preset", preset);
        values.put("seed", run.settings().getOrDefault("seed", "1"));
        values.put("threads", Integer.toString(run.threads()));
        values.put("weights", "none".equals(run.settings().get("weights")) ? "none" : "download");
        values.putAll(settings("result", "", "images", "", "device", "auto", "memory", "2048", "disk", "8192"));
        return values;
    }

    private static String given(Map<String, String> given, String key, String otherwise) {
        String value = given.get(key);
        return value == null || value.isBlank() ? otherwise : value.strip().toLowerCase(Locale.ROOT);
    }

    /** The best that was measured; BENCHMARKS.md says how. */
    private static Map<String, String> recommended(Backbone backbone, String training) {
        return settings("use_psl", "auto", "confidence", "predicted", "psl_weight", "1", "psl_from", "auto", "head", "multi_depth",
                "training", training, "passes", "1", "epochs", "auto", "fine_tuning", "3",
                "fine_rate", "0.0005", "batch", "8", "optimizer", "adam", "learning_rate", "0.002", "weight_decay", "0.0001",
                "schedule", "cosine", "crop", "321", "scale", "auto", "jitter",
                backbone == Backbone.SMALL ? "1" : "1,0.75,1.33", "tag_threshold", "0.3");
    }

    /** The published method, as far as it is known. */
    private static Map<String, String> paper() {
        return settings("masks", "paper", "background", "rbd", "cue_cut", "0.06", "parts", "off", "use_psl", "on", "confidence", "predicted",
                "psl_weight", "1", "psl_from", "1", "head", "large_fov", "training", "full", "passes", "1", "epochs", "15",
                "fine_tuning", "0", "fine_rate", "0.0005", "batch", "30", "optimizer", "sgd", "learning_rate", "0.001",
                "weight_decay", "0.0005", "schedule", "step", "crop", "321", "scale", "1", "jitter", "1", "tag_threshold", "0.3");
    }

    private static Map<String, String> settings(String... keysAndValues) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2)
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        return settings;
    }
}
