package io.github.palimpsest.segmentation.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.task.SettingsText;

/**
 * How a model is applied, whatever to.
 *
 * @param model the model's file
 * @param refine whether the CRF refines
 * @param limits of what is worked on at a time
 * @param engine device, threads and memory
 */
public record ApplySettings(Path model, boolean refine, Limits limits, EngineSettings engine) {

    /** As users turn things on and off. */
    private enum Switch {
        ON, OFF
    }

    private static final long MEGABYTE = 1 << 20;
    private static final double MEGAPIXEL = 1e6;

    private static final Map<String, String> DEFAULTS = Map.of("refine", "on", "tile", "1.5", "device", "auto",
            "threads", "0", "memory", "2048");

    /** The defaults of the settings read here, and others. */
    public static Map<String, String> defaultsAnd(Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>(DEFAULTS);
        all.putAll(others);
        return Collections.unmodifiableMap(all);
    }

    /**
     * Reads {@code model, refine, tile, device, threads, memory}.
     *
     * @throws io.github.palimpsest.task.UserException for the first one that is wrong
     */
    public static ApplySettings parse(SettingsText text) {
        Path model = text.path("model", "the model's file");
        boolean refine = isOn(text, "refine");
        Limits limits = new Limits((long) (MEGAPIXEL * text.number("tile", 0.01, 1000)), Limits.DEFAULT.crfPixels());
        int threads = (int) text.whole("threads", 0, 1024);
        EngineSettings engine = new EngineSettings(text.choice("device", EngineSettings.Device.class),
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                text.whole("memory", 1, 1 << 24) * MEGABYTE);
        return new ApplySettings(model, refine, limits, engine);
    }

    /** Whether a setting is {@code on} and not {@code off}. */
    public static boolean isOn(SettingsText text, String key) {
        return text.choice(key, Switch.class) == Switch.ON;
    }
}
