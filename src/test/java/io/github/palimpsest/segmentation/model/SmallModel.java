package io.github.palimpsest.segmentation.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.palimpsest.crf.CrfSettings;
import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.EngineSettings.Device;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.network.SegmentationNetwork;
import io.github.palimpsest.network.SegmentationNetwork.Head;
import io.github.palimpsest.segmentation.TagRule;
import io.github.palimpsest.store.TagColours;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Tensor;

/** Models that nobody trained, and pictures to try them on. */
public final class SmallModel {

    public static final List<String> TAGS = List.of("disc", "ring");

    private SmallModel() {}

    static Engine engine() {
        return Engines.start(new EngineSettings(Device.CPU, 2, 4L << 30));
    }

    /** The head of several depths, with a threshold below which no confidence falls: both tags are always found. */
    public static SegmentationModel model() {
        return model(Head.MULTI_DEPTH, TAGS, 1, 0);
    }

    /** One for which the waves show all labels: their mean logits are equal, and their differences large. */
    public static SegmentationModel telling() {
        return telling(waves(64, 96));
    }

    /** One for which a picture {@code 3×H×W} shows all labels. */
    public static SegmentationModel telling(Tensor picture) {
        SegmentationModel model = model();
        Tensor kernel = model.weights().get("segmentation/kernel");
        for (int i = 0; i < kernel.length(); i++)
            kernel.data()[i] *= 8;
        Tensor logits;
        try (TiledNetwork network = new TiledNetwork(engine(), model, 1, 1 << 20, Progress.silent())) {
            logits = network.of(picture, 0).labels();
        }
        Tensor bias = model.weights().get("segmentation/bias");
        int plane = logits.length() / bias.length();
        for (int label = 0; label < bias.length(); label++) {
            double sum = 0;
            for (int i = 0; i < plane; i++)
                sum += logits.data()[label * plane + i];
            bias.data()[label] -= (float) Math.rint(sum / plane * 16) / 16;
        }
        return model;
    }

    public static SegmentationModel model(Head head, List<String> tags, double scale, double threshold) {
        return model(head, tags, scale, scale, threshold);
    }

    /** One that looks for tags at a scale of its own. */
    static SegmentationModel model(Head head, List<String> tags, double scale, double tagScale, double threshold) {
        SegmentationNetwork network = new SegmentationNetwork(Backbone.SMALL.trunk(4), head, tags.size());
        ModelDescription description = ModelDescription.of(network, tags, TagColours.of(tags.size()), scale, tagScale, true,
                new TagRule(false, threshold), new CrfSettings(2, 3, 3, 4, 20, 10), Map.of("seed", "1"));
        return new SegmentationModel(description, weights(network));
    }

    /** Random weights of which 6 bits count, so that they compress; the sum over a kernel's inputs keeps its size. */
    private static Map<String, Tensor> weights(SegmentationNetwork network) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        network.whole().weights().forEach((name, shape) -> {
            Tensor tensor = Tensor.zeros(shape);
            Random random = new Random(name.hashCode());
            double size = shape.length < 4 ? 0.1 : Math.sqrt(2.0 / (shape[1] * shape[2] * shape[3]));
            double step = size / 8;
            for (int i = 0; i < tensor.length(); i++) {
                double noise = Math.rint(8 * random.nextGaussian()) * Math.scalb(1, Math.getExponent(step));
                tensor.data()[i] = (float) (noise + (name.endsWith("/variance") || name.endsWith("/gamma") ? 1 : 0));
            }
            weights.put(name, tensor);
        });
        return weights;
    }

    /** Soft coloured waves, the same on every machine. */
    public static Tensor waves(int height, int width) {
        Tensor rgb = Tensor.zeros(3, height, width);
        for (int c = 0; c < 3; c++)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    rgb.data()[(c * height + y) * width + x] = (float) Math.rint(
                            127.5 + 127 * StrictMath.sin(0.11 * (c + 1) * x) * StrictMath.cos(0.07 * (3 - c) * y + c));
        return rgb;
    }
}
