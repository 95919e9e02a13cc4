package io.github.palimpsest.segmentation.masks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.tensor.Tensor;

/** A run folder as erasing leaves it, written file by file by a test. */
public final class WrittenRun {

    public final RunFolder run;
    private final Path images;
    private final List<String> tags;
    private final List<ImageRecord> records = new ArrayList<>();
    private final List<RoundRecord> rounds = new ArrayList<>();

    public WrittenRun(Path folder, String... tags) {
        run = new RunFolder(folder.resolve("run"));
        images = folder.resolve("images");
        this.tags = List.of(tags);
    }

    /** An image whose pixels are these, 0xRRGGBB, row by row. */
    public ImageRecord image(String name, int width, int[] rgb, String... itsTags) {
        BufferedImage picture = new BufferedImage(width, rgb.length / width, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, width, rgb.length / width, rgb, 0, width);
        try {
            Files.createDirectories(images.resolve(name).getParent());
            ImageIO.write(picture, "png", images.resolve(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ImageRecord record = new ImageRecord(name, "", width, rgb.length / width, List.of(itsTags));
        records.add(record);
        return record;
    }

    /** An image of one colour. */
    public ImageRecord image(String name, int width, int height, String... itsTags) {
        return image(name, width, IntStream.range(0, width * height).map(i -> 0x808080).toArray(), itsTags);
    }

    public void round(boolean merged) {
        rounds.add(new RoundRecord(rounds.size() + 1, merged, .1, .9, Map.of(), .2));
    }

    /** The maps of a round, all tags after another, so many cells wide. */
    public void cam(int round, ImageRecord image, int width, float... values) {
        int n = image.tags().size();
        Tensor maps = Tensor.of(values, n, values.length / n / width, width);
        new MapStack(image.tags(), maps).write(run.cam(round, image.name()));
    }

    /** What was mined of each tag, as text of one digit for every pixel. */
    public void regions(ImageRecord image, String... mined) {
        List<byte[]> slices = new ArrayList<>();
        for (String digits : mined) {
            byte[] slice = new byte[digits.length()];
            for (int i = 0; i < slice.length; i++)
                slice[i] = (byte) (digits.charAt(i) - '0');
            slices.add(slice);
        }
        new LabelStack(image.tags(), image.width(), image.height(), slices).write(run.regions(image.name()));
    }

    RunRecord record() {
        return record(Map.of(), true);
    }

    /** Writes {@code run.json}. */
    public RunRecord record(Map<String, String> settings, boolean finished) {
        RunRecord record = new RunRecord(RunRecord.FORMAT, "test", "train-ae", settings, "engine", "cpu", 1,
                images.toString(), tags, List.of(128.0, 128.0, 128.0), records, List.of(), List.of(), rounds, finished);
        Json.write(run.record(), record);
        return record;
    }

    List<TaggedImage> images() {
        return records.stream().map(image -> new TaggedImage(image.name(), images.resolve(image.name()),
                image.tags().stream().map(tags::indexOf).sorted().toList())).toList();
    }
}
