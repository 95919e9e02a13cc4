package io.github.palimpsest.erasing;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.task.UserException;

/** The values of the settings that a user does not give. */
final class Presets {

    private Presets() {}

    /**
     * The settings of a preset.
     *
     * @param given what the user gives: the network and the way of training bear on the rest
     */
    static Map<String, String> of(Map<String, String> given) {
        String preset = given(given, "preset", "default");
        return switch (preset) {
            case "default" -> recommended(given);
            case "paper" -> paper(given);
            default -> throw new UserException("The setting preset is \"" + preset + "\", but must be one of default, paper.");
        };
    }

    private static String given(Map<String, String> given, String key, String otherwise) {
        String value = given.get(key);
        return value == null || value.isBlank() ? otherwise : value.strip().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> everywhere() {
        return settings("preset", "default", "format", "auto", "split", "", "seed", "1", "device", "auto", "threads", "0",
                "memory", "2048", "cache", "512", "disk", "8192");
    }

    /** The best that was measured; BENCHMARKS.md says how. */
    private static Map<String, String> recommended(Map<String, String> given) {
        Backbone backbone = Backbone.named(given(given, "backbone", "mobilenet_v2"));
        boolean small = backbone == Backbone.SMALL;
        String training = given(given, "training", small ? "full" : "head");
        Map<String, String> values = everywhere();
        values.putAll(settings("backbone", backbone.terminalName(), "weights", small ? "none" : "download",
                "training", training, "head", "linear", "rounds", "auto", "stop_rule", "average_precision", "stop_at",
                stopAt(given, "average_precision"),
                "loss", "logistic", "dense_negatives", "3", "negative_cells", "40", "mirrored", "false",
                "mining", "share_of_maximum", "delta", "0.5", "envelope_from", "0", "erase_untagged", "true"));
        values.putAll(switch (backbone) {
            case MOBILENET_V2 -> settings("stride", "32", "scales", "auto");
            case VGG16 -> settings("stride", "16", "scales", "1.5");
            case SMALL -> settings("stride", "4", "scales", "1", "delta", "0.55");
        });
        values.putAll(training.equals("full") ? small
                ? settings("optimizer", "adam", "epochs", "20", "batch", "16", "learning_rate", "0.003", "weight_decay", "0.0001",
                        "crop", "128")
                : settings("optimizer", "sgd", "epochs", "10", "batch", "16", "learning_rate", "0.001", "weight_decay", "0.0005",
                        "crop", "321")
                : settings("optimizer", "adam", "epochs", "30", "batch", "61", "learning_rate", "0.003", "weight_decay", "0.001",
                        "crop", "321"));
        return values;
    }

    /** The published method, as far as it is known. */
    private static Map<String, String> paper(Map<String, String> given) {
        Map<String, String> values = everywhere();
        values.putAll(settings("preset", "paper", "backbone", "vgg16", "weights", "download", "training", "full", "head",
                "convolutional", "stride", "8", "rounds", "auto", "stop_rule", "loss", "stop_at", stopAt(given, "loss"),
                "loss", "squared", "dense_negatives", "0", "negative_cells", "40", "scales", "1", "mirrored", "false",
                "mining", "share_of_maximum", "delta", "0.2", "envelope_from", "0", "erase_untagged", "false",
                "optimizer", "sgd", "epochs", "15", "batch", "30", "learning_rate", "0.001", "weight_decay", "0.0005", "crop", "321"));
        // Strides and weights of another network that the user asks for.
        Backbone backbone = Backbone.named(given(given, "backbone", "vgg16"));
        if (backbone != Backbone.VGG16)
            values.put("stride", Integer.toString(backbone.defaultOutputStride()));
        if (backbone == Backbone.SMALL)
            values.put("weights", "none");
        // A frozen trunk has no other head.
        if (given(given, "training", "full").equals("head"))
            values.put("head", "linear");
        return values;
    }

    /** Each rule has a constant of its own, whoever chose the rule. */
    private static String stopAt(Map<String, String> given, String rule) {
        return given(given, "stop_rule", rule).equals("loss") ? "1.5" : "0.77";
    }

    private static Map<String, String> settings(String... keysAndValues) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2)
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        return settings;
    }
}
