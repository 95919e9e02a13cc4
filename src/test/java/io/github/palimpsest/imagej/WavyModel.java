package io.github.palimpsest.imagej;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.palimpsest.dataset.OpenImage;
import io.github.palimpsest.dataset.ReadSettings;
import io.github.palimpsest.segmentation.model.SmallModel;

/** A model that tells {@link WavyImages} apart, and how it is applied to them in tests. */
final class WavyModel {

    private WavyModel() {}

    /** Writes it. */
    static Path write(Path folder) {
        Path model = folder.resolve("model.palimpsest");
        SmallModel.telling(new OpenImage(WavyImages.single(8), ReadSettings.DEFAULT).read(0)).write(model);
        return model;
    }

    /** Settings that ask for little; more, or others, as key, value, key, value. */
    static SegmentImageSettings settings(Path model, String... more) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of("model", model.toString(), "device", "cpu", "threads", "1",
                "memory", "4096", "refine", "off"));
        for (int i = 0; i < more.length; i += 2)
            settings.put(more[i], more[i + 1]);
        return SegmentImageSettings.parse(settings);
    }
}
