package io.github.palimpsest.erasing;

import java.util.Map;

/**
 * What adversarial erasing is told by its user.
 *
 * @param values by the names that the user gives them
 */
public record ErasingSettings(Map<String, String> values) {

    /** Reads settings; an empty text means that the preset decides. */
    public static ErasingSettings parse(Map<String, String> values) {
        return new ErasingSettings(Map.copyOf(values));
    }
}
