package io.github.palimpsest.evaluation.masks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonObject;

import io.github.palimpsest.evaluation.ConfusionMatrix;
import io.github.palimpsest.evaluation.masks.RegionScores.RoundScore;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

class RegionEvaluationTest {

    @TempDir
    Path folder;

    private RunFolder run;
    private Path masks;

    @BeforeEach
    void makeFolders() throws IOException {
        run = new RunFolder(folder.resolve("run"));
        masks = Files.createDirectories(folder.resolve("data/masks"));
        Files.writeString(folder.resolve("data/classes.txt"), "background\nsheep\ncow\n");
    }

    /** One image of 5 pixels with a cow, one of 2 without; maps as large as the image, so that nothing is interpolated. */
    @Test
    void aRunWorkedOutByHand() throws IOException {
        List<ImageRecord> images = List.of(new ImageRecord("a.png", "", 5, 1, List.of("cow")),
                new ImageRecord("b.png", "", 2, 1, List.of()), new ImageRecord("unmasked.png", "", 2, 1, List.of()));
        record(List.of("cow", "sheep"), images, new RoundRecord(1, true, 0.1, 0.75, Map.of(), 0.2),
                new RoundRecord(2, true, 0.2, null, Map.of(), 0.4), new RoundRecord(3, false, 0.3, 0.5, Map.of(), 0.4));
        mask("a.png", 5, 1, 2, 2, 2, 0, 255);
        mask("b.png", 2, 1, 0, 2);
        mask("elsewhere.png", 2, 1, 0, 0);
        cam(1, "a.png", 2, 0.5f, -1, 0.28f, 2);  // ÷ 2: 1, 0.25, 0, 0.14
        cam(2, "a.png", -1, 3, 4, 0.1f, 0);      // ÷ 4: 0, 0.75, 1, 0.025
        cam(3, "a.png", -1, -2, -3, -4, 0);      // nothing
        new LabelStack(List.of("cow"), 5, 1, List.of(new byte[] {1, 0, 2, 2, 1})).write(run.regions("a.png"));

        List<String> warnings = new ArrayList<>();
        RegionScores scores = RegionEvaluation.evaluate(run, masks, listening(warnings));
        assertEquals(List.of(), warnings.stream().filter(warning -> !warning.contains("no tags")).toList());
        assertEquals(2, scores.images());
        assertEquals(1, scores.imagesWithoutMask());
        assertEquals(1, scores.masksWithoutImage());

        // Round 1: with b from 0.15 on the cow has pixels 0 and 1, of 4 true ones: 2/4; background 2 of 4 (3 and b0; missed 2, b1).
        RoundScore first = scores.rounds().get(0);
        assertEquals((2.0 / 4 + 2.0 / 4) / 2, first.camMiou(), 1e-12);
        assertEquals(0.15, first.camThreshold());
        assertEquals(first.camMiou(), first.accumulatedMiou());
        assertEquals(0.75, first.averagePrecision());
        // Mined in round 1: pixel 0, and pixel 4, which is ignored.
        assertEquals(1, first.precision());
        assertEquals(1.0 / 4, first.recall());
        assertEquals((1.0 / 4 + 2.0 / 5) / 2, first.regionsMiou(), 1e-12);

        // Round 2: own map has 1 and 2 from 0.05 on; with round 1's, 0 to 2 from 0.15 on.
        RoundScore second = scores.rounds().get(1);
        assertEquals(0.5, second.camMiou(), 1e-12);
        assertEquals(0.05, second.camThreshold());
        assertEquals((3.0 / 4 + 2.0 / 3) / 2, second.accumulatedMiou(), 1e-12);
        assertEquals(0.15, second.accumulatedThreshold());
        assertNull(second.averagePrecision());
        // Mined by round 2: 0, 2 and, wrongly, 3.
        assertEquals(2.0 / 3, second.precision(), 1e-12);
        assertEquals(2.0 / 4, second.recall(), 1e-12);
        assertEquals((2.0 / 5 + 1.0 / 4) / 2, second.regionsMiou(), 1e-12);

        // Round 3 was not merged; its map is nowhere positive, so all is background: 2 of 6.
        RoundScore third = scores.rounds().get(2);
        assertEquals(2.0 / 6 / 2, third.camMiou(), 1e-12);
        assertNull(third.accumulatedMiou());
        assertNull(third.regionsMiou());
        assertNull(third.precision());
        assertEquals(0.5, third.averagePrecision());

        JsonObject json = Json.read(run.scores(), JsonObject.class);
        JsonObject round = json.getAsJsonArray("rounds").get(1).getAsJsonObject();
        assertEquals(List.of("round", "cam_miou", "cam_threshold", "accumulated_miou", "accumulated_threshold",
                "average_precision", "precision", "recall", "regions_miou"), List.copyOf(round.keySet()));
        assertEquals(2, round.get("round").getAsInt());
        assertTrue(round.get("average_precision").isJsonNull());
        List<String> csv = Files.readAllLines(run.root().resolve("scores.csv"));
        assertEquals("round,cam_miou,cam_threshold,accumulated_miou,accumulated_threshold,average_precision,precision,recall,"
                + "regions_miou", csv.get(0));
        assertEquals("1,0.5,0.15,0.5,0.15,0.75,1.0,0.25,0.325", csv.get(1));
        assertTrue(csv.get(3).endsWith(",0.05,,,0.5,,,"), csv.get(3));
        assertTrue(scores.table().contains("2 images scored, 1 have no mask"), scores.table());
    }

    /** Several tags in an image, small maps, ignored pixels: against one confusion matrix for each threshold. */
    @Test
    void aRandomRunAgainstBruteForce() throws IOException {
        Random random = new Random(11);
        List<String> tags = List.of("sheep", "cow");
        List<ImageRecord> images = new ArrayList<>();
        List<byte[]> truths = new ArrayList<>();
        List<Tensor[]> cams = new ArrayList<>();
        List<LabelStack> regions = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            int w = 5 + k;
            int h = 9 - k;
            List<String> of = List.of(List.of("cow", "sheep"), List.of("sheep"), List.<String>of()).get(k % 3);
            images.add(new ImageRecord("d/" + k + ".jpg", "", w, h, of));
            int[] truth = random.ints((long) w * h, -1, 3).map(v -> v < 0 ? 255 : v).toArray();
            mask("d/" + k + ".png", w, h, truth);
            byte[] labels = new byte[truth.length];
            for (int i = 0; i < labels.length; i++)
                labels[i] = (byte) truth[i];
            truths.add(labels);
            Tensor[] maps = new Tensor[2];
            List<byte[]> slices = new ArrayList<>();
            for (String tag : of) {
                byte[] slice = new byte[w * h];
                for (int i = 0; i < slice.length; i++)
                    slice[i] = (byte) random.nextInt(3);
                slices.add(slice);
            }
            for (int round = 1; round <= 2 && !of.isEmpty(); round++) {
                maps[round - 1] = Tensor.zeros(of.size(), 3, 4);
                for (int i = 0; i < maps[round - 1].length(); i++)
                    maps[round - 1].data()[i] = (float) random.nextGaussian();
                new MapStack(of, maps[round - 1]).write(run.cam(round, images.get(k).name()));
            }
            cams.add(maps);
            regions.add(new LabelStack(of, w, h, slices));
            if (!of.isEmpty())
                regions.get(k).write(run.regions(images.get(k).name()));
        }
        record(tags, images, new RoundRecord(1, true, 0, null, Map.of(), 0), new RoundRecord(2, true, 0, null, Map.of(), 0));
        RegionScores scores = RegionEvaluation.evaluate(run, masks, Progress.silent());

        for (int round = 1; round <= 2; round++) {
            RoundScore score = scores.rounds().get(round - 1);
            double bestOwn = 0;
            double bestAccumulated = 0;
            for (int b = 1; b <= 19; b++) {
                ConfusionMatrix own = new ConfusionMatrix(3);
                ConfusionMatrix accumulated = new ConfusionMatrix(3);
                for (int k = 0; k < images.size(); k++)
                    for (int i = 0; i < truths.get(k).length; i++) {
                        own.add(truths.get(k)[i] & 0xff, argmax(images.get(k), cams.get(k), round, round, i, b * 0.05), 1);
                        accumulated.add(truths.get(k)[i] & 0xff, argmax(images.get(k), cams.get(k), 1, round, i, b * 0.05), 1);
                    }
                bestOwn = Math.max(bestOwn, own.meanIou());
                bestAccumulated = Math.max(bestAccumulated, accumulated.meanIou());
            }
            assertEquals(bestOwn, score.camMiou(), 1e-12);
            assertEquals(bestAccumulated, score.accumulatedMiou(), 1e-12);

            ConfusionMatrix mined = new ConfusionMatrix(3);
            for (int k = 0; k < images.size(); k++)
                for (int i = 0; i < truths.get(k).length; i++) {
                    int label = 0;
                    double highest = -1;
                    for (int c = 0; c < images.get(k).tags().size(); c++) {
                        int in = regions.get(k).slices().get(c)[i];
                        double value = value(images.get(k), cams.get(k), 1, round, c, i);
                        if (in > 0 && in <= round && value > highest) {
                            highest = value;
                            label = images.get(k).tags().get(c).equals("sheep") ? 1 : 2;
                        }
                    }
                    mined.add(truths.get(k)[i] & 0xff, label, 1);
                }
            assertEquals(mined.meanIou(), score.regionsMiou(), 1e-12);
            assertEquals(mined.objectPrecision(), score.precision(), 1e-12);
            assertEquals(mined.objectRecall(), score.recall(), 1e-12);
        }
        byte[] json = Files.readAllBytes(run.scores());
        RegionEvaluation.evaluate(run, masks, Progress.silent());
        assertEquals(new String(json), Files.readString(run.scores()));
    }

    @Test
    void otherScoresInTheFileStay() throws IOException {
        smallRun();
        Json.write(run.scores(), Map.of("segmentation", Map.of("miou", 0.5), "rounds", "old"));
        RegionEvaluation.evaluate(run, masks, Progress.silent());
        JsonObject json = Json.read(run.scores(), JsonObject.class);
        assertEquals(0.5, json.getAsJsonObject("segmentation").get("miou").getAsDouble());
        assertEquals(1, json.getAsJsonArray("rounds").size());
        Files.writeString(run.scores(), "[1]");
        RegionEvaluation.evaluate(run, masks, Progress.silent());
        assertEquals(1, Json.read(run.scores(), JsonObject.class).getAsJsonArray("rounds").size());
    }

    @Test
    void aMaskThatCannotBeUsedIsLeftOutWithAWarningUnlessAllAre() throws IOException {
        smallRun();
        Files.writeString(masks.resolve("b.png"), "no image");
        List<String> warnings = new ArrayList<>();
        RegionScores scores = RegionEvaluation.evaluate(run, masks, listening(warnings));
        assertEquals(1, scores.images());
        assertEquals(1, scores.unusable().size());
        assertTrue(warnings.stream().anyMatch(warning -> warning.contains("b.png")), warnings.toString());
        mask("a.png", 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThrows(UserException.class, () -> RegionEvaluation.evaluate(run, masks, Progress.silent()));
    }

    @Test
    void whatTheRunLacksIsNamed() throws IOException {
        UserException none = assertThrows(UserException.class, () -> RegionEvaluation.evaluate(run, masks, Progress.silent()));
        assertTrue(none.getMessage().contains("run.json"), none.getMessage());
        smallRun();
        Files.delete(run.cam(1, "a.png"));
        UserException lost = assertThrows(UserException.class, () -> RegionEvaluation.evaluate(run, masks, Progress.silent()));
        assertTrue(lost.getMessage().contains(run.cam(1, "a.png").toString()), lost.getMessage());
        record(List.of("cow"), List.of());
        UserException early = assertThrows(UserException.class, () -> RegionEvaluation.evaluate(run, masks, Progress.silent()));
        assertTrue(early.getMessage().contains("no finished round"), early.getMessage());
    }

    @Test
    void stoppingLeavesNothingWritten() throws IOException {
        smallRun();
        Progress stopped = new Listening(new ArrayList<>(), true);
        assertThrows(CancelledException.class, () -> RegionEvaluation.evaluate(run, masks, stopped));
        assertTrue(Files.notExists(run.scores()));
    }

    private void smallRun() throws IOException {
        record(List.of("cow"), List.of(new ImageRecord("a.png", "", 2, 1, List.of("cow")),
                new ImageRecord("b.png", "", 2, 1, List.of())), new RoundRecord(1, true, 0.1, 0.75, Map.of(), 0.2));
        mask("a.png", 2, 1, 2, 0);
        mask("b.png", 2, 1, 0, 0);
        cam(1, "a.png", 1, 0);
        new LabelStack(List.of("cow"), 2, 1, List.of(new byte[] {1, 0})).write(run.regions("a.png"));
    }

    private void record(List<String> tags, List<ImageRecord> images, RoundRecord... rounds) {
        Json.write(run.record(), new RunRecord(RunRecord.FORMAT, "test", "train-ae", Map.of(), "", "", 1, "", tags, List.of(0.0, 0.0, 0.0), images, List.of(),
                List.of(), List.of(rounds), true));
    }

    private void mask(String name, int width, int height, int... values) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, width, height, values);
        Files.createDirectories(masks.resolve(name).getParent());
        ImageIO.write(image, "png", masks.resolve(name).toFile());
    }

    private void cam(int round, String image, float... row) {
        new MapStack(List.of("cow"), Tensor.of(row, 1, 1, row.length)).write(run.cam(round, image));
    }

    private static int argmax(ImageRecord image, Tensor[] cams, int from, int to, int pixel, double b) {
        int label = 0;
        double highest = b;
        for (int c = 0; c < image.tags().size(); c++)
            if (value(image, cams, from, to, c, pixel) > highest) {
                highest = value(image, cams, from, to, c, pixel);
                label = image.tags().get(c).equals("sheep") ? 1 : 2;
            }
        return label;
    }

    private static float value(ImageRecord image, Tensor[] cams, int from, int to, int tag, int pixel) {
        float highest = 0;
        for (int round = from; round <= to; round++) {
            float[] map = Resize.bilinear(cams[round - 1], image.height(), image.width()).slice(tag).data();
            float maximum = 0;
            for (float value : map)
                maximum = Math.max(maximum, value);
            if (maximum > 0)
                highest = Math.max(highest, map[pixel] / maximum);
        }
        return highest;
    }

    private static Progress listening(List<String> warnings) {
        return new Listening(warnings, false);
    }

    private record Listening(List<String> warnings, boolean isCancelled) implements Progress {
        @Override
        public void report(double fraction, String stage) {}

        @Override
        public void say(String sentence) {}

        @Override
        public void warn(String sentence) {
            warnings.add(sentence);
        }
    }
}
