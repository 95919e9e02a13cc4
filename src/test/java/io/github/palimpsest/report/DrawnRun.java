package io.github.palimpsest.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

import io.github.palimpsest.dataset.sample.SampleFolder;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Tensor;

/** A run folder as a perfect method would leave it on the sample: each round mines its share of the true cells. */
record DrawnRun(Path sample, RunFolder run, RunRecord record) {

    private static final int ROUNDS = 3;

    static DrawnRun write(Path folder) throws IOException {
        Path sample = folder.resolve("sample");
        SampleFolder.write(sample, 12, 128, 4, Progress.silent());
        List<String> classes = Files.readAllLines(sample.resolve("classes.txt"));
        RunFolder run = new RunFolder(folder.resolve("run"));
        List<ImageRecord> images = new ArrayList<>();
        for (String line : Files.readAllLines(sample.resolve("tags.csv")).subList(1, 13)) {
            String[] cells = line.split(",", -1);
            List<String> tags = cells[1].isEmpty() ? List.of() : List.of(cells[1].split(";"));
            images.add(new ImageRecord(cells[0], "00", 128, 128, tags));
            mine(run, cells[0], tags, classes, sample);
        }
        List<RoundRecord> rounds = new ArrayList<>();
        for (int t = 1; t <= ROUNDS; t++) {
            Map<String, Double> byTag = new LinkedHashMap<>();
            for (String tag : classes.subList(1, 4))
                byTag.put(tag, 1 - .04 * t * t - .02 * tag.length());
            rounds.add(new RoundRecord(t, t < ROUNDS, .05 * t, t == 2 ? null : 1 - .05 * t * t, byTag, .02 * t * t));
            StringBuilder log = new StringBuilder("epoch,loss\n");
            for (int epoch = 1; epoch <= 20; epoch++)
                log.append(epoch).append(',').append(.7 / epoch + .05 * t).append('\n');
            Files.writeString(run.log(t), log);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("rounds", "auto");
        RunRecord record = new RunRecord(RunRecord.FORMAT, "Palimpsest 0.1.0", "train-ae", settings, "ND4J 1.0.0-M2.1",
                "CPU with oneDNN", 2, "", classes.subList(1, 4), List.of(206.1, 201.9, 190.2), images, List.of("broken.png: not an image"),
                List.of("The tag diatom has fewer than 10 images."), rounds, true);
        Json.write(run.record(), record);
        return new DrawnRun(sample, run, record);
    }

    void write(RunRecord changed) {
        Json.write(run.record(), changed);
    }

    Tensor pixels(String image) {
        BufferedImage picture = read(sample.resolve("images").resolve(image));
        float[] data = new float[3 * 128 * 128];
        for (int i = 0; i < 128 * 128; i++)
            for (int c = 0; c < 3; c++)
                data[c * 128 * 128 + i] = picture.getRGB(i % 128, i / 128) >> 16 - 8 * c & 255;
        return Tensor.of(data, 3, 128, 128);
    }

    private static void mine(RunFolder run, String image, List<String> tags, List<String> classes, Path sample) {
        BufferedImage picture = read(sample.resolve("images").resolve(image));
        BufferedImage mask = read(sample.resolve("masks").resolve(image));
        byte[] erased = new byte[128 * 128];
        List<byte[]> regions = new ArrayList<>();
        List<float[][]> maps = new ArrayList<>();
        for (String tag : tags) {
            byte[] region = new byte[128 * 128];
            float[][] map = new float[ROUNDS][16 * 16];
            for (int i = 0; i < region.length; i++)
                if (mask.getRaster().getSample(i % 128, i / 128, 0) == classes.indexOf(tag)) {
                    boolean half = (i % 128 + i / 128 & 16) == 0;
                    region[i] = (byte) (vividness(picture, i) > 90 ? 1 : half ? 2 : 3);
                    erased[i] = region[i];
                    map[region[i] - 1][i / 128 / 8 * 16 + i % 128 / 8]++;
                }
            regions.add(region);
            maps.add(map);
        }
        new LabelStack(List.of("erased"), 128, 128, List.of(erased)).write(run.erased(image));
        if (tags.isEmpty())
            return;
        new LabelStack(tags, 128, 128, regions).write(run.regions(image));
        for (int t = 1; t <= ROUNDS; t++) {
            float[] all = new float[tags.size() * 256];
            for (int k = 0; k < tags.size(); k++)
                System.arraycopy(maps.get(k)[t - 1], 0, all, 256 * k, 256);
            new MapStack(tags, Tensor.of(all, tags.size(), 16, 16)).write(run.cam(t, image));
        }
    }

    private static int vividness(BufferedImage picture, int i) {
        int rgb = picture.getRGB(i % 128, i / 128);
        int r = rgb >> 16 & 255;
        int g = rgb >> 8 & 255;
        int b = rgb & 255;
        return Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b));
    }

    private static BufferedImage read(Path file) {
        try {
            return ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
