package io.github.palimpsest.erasing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.dataset.sample.SampleFolder;
import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.EngineSettings.Device;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.segmentation.model.SegmentationModel;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.Safetensors;
import io.github.palimpsest.task.Progress;

/** A run on a few small drawn images that takes about a second, and what there is to see in a run folder. */
public final class SmallRun {

    /** Every mixture of tags of the sample once. */
    public static final int IMAGES = 12;

    private SmallRun() {}

    static Engine engine() {
        return Engines.start(new EngineSettings(Device.CPU, 2, 4L << 30));
    }

    /** Draws the images. */
    public static Path sample(Path folder) {
        SampleFolder.write(folder, IMAGES, 64, 5, Progress.silent());
        return folder;
    }

    /**
     * Settings of a small whole run; more, or others, as key, value, key, value. One thread, because on a busy machine two
     * wait for each other; the squared loss, because it mines something after a few steps.
     */
    public static Map<String, String> settings(Path images, Path output, String... more) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of("images", images.toString(), "output", output.toString(),
                "backbone", "small", "training", "full", "device", "cpu"));
        settings.putAll(Map.of("rounds", "2", "epochs", "2", "batch", "6", "crop", "64", "threads", "1", "loss", "squared",
                "dense_negatives", "0", "delta", "0.5"));
        for (int i = 0; i < more.length; i += 2)
            settings.put(more[i], more[i + 1]);
        return settings;
    }

    static void train(Map<String, String> settings, Progress progress) {
        AdversarialErasing.train(ErasingSettings.parse(settings), progress);
    }

    /** The bytes of every file by its name, relative to the folder; none where there is no folder yet. */
    public static Map<String, byte[]> files(Path folder) {
        Map<String, byte[]> files = new TreeMap<>();
        if (!Files.exists(folder))
            return files;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList())
                files.put(folder.relativize(file).toString().replace('\\', '/'), content(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** A segmentation tells where its run is from where it lies itself, which is not part of what it is. */
    private static byte[] content(Path file) throws IOException {
        if (!file.endsWith("segmentation.json"))
            return Files.readAllBytes(file);
        return Files.readString(file).replaceFirst("\"run\": \"[^\"]*\",", "").getBytes(StandardCharsets.UTF_8);
    }

    /** The files of a folder below another one. */
    static Map<String, byte[]> files(Path folder, String... below) {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : below)
            files(folder.resolve(name)).forEach((file, bytes) -> files.put(name + "/" + file, bytes));
        return files;
    }

    /** Fails if there is another file, one less, or one other byte. */
    public static void assertSameFiles(Map<String, byte[]> expected, Map<String, byte[]> actual, String message) {
        assertEquals(expected.keySet(), actual.keySet(), message);
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), message + ": " + name));
    }

    /**
     * Reads every file of a run that may have been killed, but for those that never got their name; fails if one is
     * broken.
     */
    public static void assertNothingIsBroken(Path run) {
        files(run).forEach((name, bytes) -> {
            Path file = run.resolve(name);
            String last = file.getFileName().toString();
            if (last.startsWith("."))
                return;
            String top = name.substring(0, Math.max(0, name.indexOf('/')));
            if (last.endsWith(".json"))
                Json.read(file, Map.class);
            else if (last.endsWith(".safetensors"))
                Safetensors.read(file);
            else if (top.equals("regions") || top.equals("erased"))
                LabelStack.read(file);
            else if (last.endsWith(".tif"))
                MapStack.read(file);
            else if (last.endsWith(".palimpsest"))
                SegmentationModel.open(file);
            else if (last.endsWith(".png"))
                ImageReader.read(file);
            else
                assertEquals('\n', bytes[bytes.length - 1], name + " ends in the middle of a line");
        });
    }
}
