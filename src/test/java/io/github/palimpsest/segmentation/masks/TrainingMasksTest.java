package io.github.palimpsest.segmentation.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.background.BackgroundCue;
import io.github.palimpsest.crf.DenseCrf;
import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.CancellableProgress;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/** Random images of two tags, one tag and none, in a run of two rounds. */
class TrainingMasksTest {

    private static final int WIDTH = 24;
    private static final int HEIGHT = 16;

    /** Any map will do; this one hangs on the picture. */
    private static final BackgroundCue RED = scene -> {
        Tensor cue = scene.rgb().slice(0).reshape(1, scene.height(), scene.width());
        for (int i = 0; i < cue.length(); i++)
            cue.data()[i] /= 255;
        return cue;
    };

    @TempDir
    private Path folder;
    private WrittenRun written;
    private RunRecord record;

    @BeforeEach
    void runOfTwoRounds() {
        SplittableRandom random = new SplittableRandom(3);
        written = new WrittenRun(folder, "cat", "dog", "cow");
        written.round(true);
        written.round(true);
        for (String[] image : new String[][] {{"a/both.png", "dog", "cow"}, {"one.png", "cow"}, {"none.png"},
                {"two.png", "cat"}}) {
            int[] rgb = new int[WIDTH * HEIGHT];
            for (int i = 0; i < rgb.length; i++)
                rgb[i] = random.nextInt(1 << 24);
            String[] tags = List.of(image).subList(1, image.length).toArray(String[]::new);
            ImageRecord added = written.image(image[0], WIDTH, rgb, tags);
            if (tags.length == 0)
                continue;
            for (int round = 1; round <= 2; round++) {
                float[] maps = new float[tags.length * 6];
                for (int i = 0; i < maps.length; i++)
                    maps[i] = (float) random.nextDouble(-1, 3);
                written.cam(round, added, 3, maps);
            }
            written.regions(added, Stream.generate(() -> digits(random)).limit(tags.length).toArray(String[]::new));
        }
        record = written.record();
    }

    /** Half of the pixels not mined, the others in one of two rounds. */
    private static String digits(SplittableRandom random) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < WIDTH * HEIGHT; i++)
            digits.append(Math.max(0, random.nextInt(4) - 1));
        return digits.toString();
    }

    private static MaskSettings settings(String... keysAndValues) {
        Map<String, String> given = new HashMap<>(
                Map.of("background", "rbd", "background_score", ".4", "background_weight", ".3"));
        for (int i = 0; i < keysAndValues.length; i += 2)
            given.put(keysAndValues[i], keysAndValues[i + 1]);
        return MaskSettings.parse(new SettingsText(MaskSettings.defaults(), given));
    }

    private TrainingMasks masks(MaskSettings settings) {
        return new TrainingMasks(written.run, record, written.run, settings, RED, Parts.none());
    }

    private MaskStatistics write(TrainingMasks masks, int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            return masks.write(written.images(), pool, Progress.silent());
        }
    }

    private TaggedImage image(String name) {
        return written.images().stream().filter(image -> image.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void thePapersWayIsWhatItSaysOfEveryPixel() {
        TrainingMasks masks = masks(settings("masks", "paper", "cue_cut", "0.4,cow:0.2", "merge", "1"));
        List<String> tags = List.of("cat", "dog", "cow");
        for (TaggedImage image : written.images()) {
            byte[] mask = masks.of(image, 0).labels();
            Tensor rgb = ImageReader.read(image.file());
            LabelStack regions = image.tags().isEmpty() ? null : LabelStack.read(written.run.regions(image.name()));
            double cut = image.tags().contains(2) ? .2 : .4;
            for (int i = 0; i < mask.length; i++) {
                int mined = 0;
                int label = 0;
                for (int k = 0; regions != null && k < regions.labels().size(); k++)
                    if (regions.slices().get(k)[i] == 1) {
                        mined++;
                        label = 1 + tags.indexOf(regions.labels().get(k));
                    }
                boolean low = rgb.data()[i] / 255 < cut;
                int expected = regions == null ? 0 : mined == 1 && !low ? label : mined == 0 && low ? 0 : 255;
                assertEquals(expected, mask[i] & 0xff, image.name() + " at " + i);
            }
        }
    }

    /** Without iterations the CRF leaves the probabilities alone. */
    @Test
    void theSoftWayIsTheMostProbableLabelIfItIsSure() {
        TrainingMasks masks = masks(settings("crf_iterations", "0", "sure", "0.55"));
        TaggedImage image = image("a/both.png");
        byte[] mask = masks.of(image, 0).labels();
        Tensor rgb = ImageReader.read(image.file());
        Tensor maps = Resize.bilinear(accumulated(image.name()), HEIGHT, WIDTH);
        int pixels = WIDTH * HEIGHT;
        int unsure = 0;
        for (int i = 0; i < pixels; i++) {
            double[] p = {Math.max(0, .4 + .3 * (1 - 2 * rgb.data()[i] / 255)) + 1e-4, Math.sqrt(maps.data()[i]) + 1e-4,
                    Math.sqrt(maps.data()[pixels + i]) + 1e-4};
            int best = p[0] >= p[1] && p[0] >= p[2] ? 0 : p[1] >= p[2] ? 1 : 2;
            boolean sure = p[best] / (p[0] + p[1] + p[2]) >= .55;
            unsure += sure ? 0 : 1;
            assertEquals(sure ? new int[] {0, 2, 3}[best] : 255, mask[i] & 0xff, "at " + i);
        }
        assertTrue(unsure > 0 && unsure < pixels);
    }

    /** The maximum over both rounds, straight from the files. */
    private Tensor accumulated(String name) {
        Tensor accumulated = null;
        for (int round = 1; round <= 2; round++) {
            Tensor maps = MapStack.read(written.run.cam(round, name)).maps();
            int cells = maps.size(1) * maps.size(2);
            for (int t = 0; t < maps.size(0); t++) {
                float max = 0;
                for (int i = 0; i < cells; i++)
                    max = Math.max(max, maps.data()[t * cells + i]);
                for (int i = 0; i < cells; i++)
                    maps.data()[t * cells + i] = Math.max(0, maps.data()[t * cells + i] / max);
            }
            for (int i = 0; accumulated != null && i < maps.length(); i++)
                maps.data()[i] = Math.max(maps.data()[i], accumulated.data()[i]);
            accumulated = maps;
        }
        return accumulated;
    }

    @Test
    void theCrfSeesTheImageAndItsProbabilities() {
        MaskSettings settings = settings("sure", "0.6");
        TaggedImage image = image("one.png");
        Tensor rgb = ImageReader.read(image.file());
        Tensor background = Tensor.zeros(1, HEIGHT, WIDTH);
        for (int i = 0; i < background.length(); i++)
            background.data()[i] = (float) (.4 + .3 * (1 - 2 * (rgb.data()[i] / 255)));
        Tensor marginals = new DenseCrf(settings.crf()).refine(rgb,
                SoftMask.probabilities(background, accumulated(image.name()), .5), 2);
        assertArrayEquals(SoftMask.labels(marginals, new byte[] {3}, .6), masks(settings).of(image, 0).labels());
    }

    @Test
    void imagesWithoutTagsAreBackground() {
        for (String way : List.of("paper", "crf"))
            assertArrayEquals(new byte[WIDTH * HEIGHT], masks(settings("masks", way)).of(image("none.png"), 0).labels());
    }

    @Test
    void whatIsWrittenIsTheMasksAndTheCues() {
        TrainingMasks masks = masks(settings("masks", "paper", "cue_cut", "0.3"));
        MaskStatistics statistics = write(masks, 2);
        MaskStatistics.Count count = new MaskStatistics.Count(record.tags());
        for (TaggedImage image : written.images()) {
            LabelImage mask = LabelImage.read(written.run.mask(image.name()));
            assertArrayEquals(masks.of(image, 0).labels(), mask.labels());
            assertEquals(!image.tags().isEmpty(), Files.exists(written.run.background(image.name())));
            ImageRecord of = record.images().stream().filter(r -> r.name().equals(image.name())).findFirst()
                    .orElseThrow();
            count.add(of, mask, image.tags().isEmpty() ? null : LabelStack.read(written.run.regions(image.name())));
        }
        assertEquals(count.statistics(), statistics);
        assertTrue(statistics.conflicts() > 0);
        MapStack cue = MapStack.read(written.run.background("one.png"));
        assertEquals(List.of(TrainingMasks.CUE_LABEL), cue.labels());
        assertEquals(ImageReader.read(image("one.png").file()).data()[7] / 255, cue.maps().data()[7]);
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws IOException {
        MaskStatistics one = write(masks(settings()), 1);
        Map<Path, byte[]> first = bytes();
        for (Path file : first.keySet())
            Files.delete(file);
        assertEquals(one, write(masks(settings()), 3));
        Map<Path, byte[]> second = bytes();
        assertEquals(7, first.size());
        assertEquals(first.keySet(), second.keySet());
        first.forEach((file, bytes) -> assertArrayEquals(bytes, second.get(file), file.toString()));
    }

    private Map<Path, byte[]> bytes() throws IOException {
        Map<Path, byte[]> bytes = new HashMap<>();
        for (String part : List.of("masks", "background"))
            try (Stream<Path> files = Files.walk(written.run.root().resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList())
                    bytes.put(file, Files.readAllBytes(file));
            }
        return bytes;
    }

    @Test
    void masksThatAreThereAreKeptAndCounted() throws IOException {
        MaskStatistics all = write(masks(settings("masks", "paper")), 1);
        Path kept = written.run.mask("one.png");
        Path lost = written.run.mask("two.png");
        byte[] bytes = Files.readAllBytes(lost);
        Files.delete(lost);
        Files.delete(written.run.background("one.png"));
        var time = Files.getLastModifiedTime(kept);
        assertEquals(all, write(masks(settings("masks", "paper")), 2));
        assertEquals(time, Files.getLastModifiedTime(kept));
        assertFalse(Files.exists(written.run.background("one.png")), "the image was not looked at again");
        assertArrayEquals(bytes, Files.readAllBytes(lost));
    }

    @Test
    void whoeverStopsItGoesOnWithTheSame() throws IOException {
        MaskStatistics whole = write(masks(settings()), 1);
        Map<Path, byte[]> expected = bytes();
        for (Path file : expected.keySet())
            Files.delete(file);
        CancellableProgress progress = new CancellableProgress(() -> Files.exists(written.run.mask("one.png")));
        try (WorkerPool pool = new WorkerPool(1)) {
            assertThrows(CancelledException.class, () -> masks(settings()).write(written.images(), pool, progress));
        }
        assertEquals(whole, write(masks(settings()), 2));
        bytes().forEach((file, bytes) -> assertArrayEquals(expected.get(file), bytes, file.toString()));
    }

    @Test
    void longCuesAreReduced() {
        WrittenRun wide = new WrittenRun(folder.resolve("wide"), "cat");
        wide.round(true);
        ImageRecord image = wide.image("wide.png", 1024, 8, "cat");
        wide.cam(1, image, 2, 0, 1);
        wide.regions(image, "0".repeat(1024 * 8));
        TrainingMasks masks = new TrainingMasks(wide.run, wide.record(), wide.run, settings("masks", "paper"), RED, Parts.none());
        try (WorkerPool pool = new WorkerPool(1)) {
            masks.write(wide.images(), pool, Progress.silent());
        }
        Tensor cue = MapStack.read(wide.run.background("wide.png")).maps();
        assertTrue(cue.hasShape(1, 4, 512), cue.toString());
        assertEquals(128 / 255f, cue.data()[100], 1e-6);
    }

    @Test
    void whatDoesNotFitGetsASentence() throws IOException {
        assertSentence(() -> masks(settings("merge", "3")), "merged only 2");
        assertSentence(() -> masks(settings("cue_cut", "0.1,cat:0.2,fox:0.3")), "fox");
        TrainingMasks masks = masks(settings());
        Path mask = written.run.mask("one.png");
        new LabelImage(2, 2, new byte[4]).write(mask, List.of(0));
        assertSentence(() -> write(masks, 1), mask + " is 2×2 pixels");
        byte[] foreign = new byte[WIDTH * HEIGHT];
        foreign[5] = 1;
        new LabelImage(WIDTH, HEIGHT, foreign).write(mask, List.of(0));
        assertSentence(() -> write(masks, 1), mask + " has the label 1");
        Files.writeString(mask, "no PNG");
        assertSentence(() -> write(masks, 1), "Delete it");
        Files.delete(mask);
        new WrittenRun(folder, "cat").image("one.png", 3, 3, "cat");
        assertSentence(() -> write(masks, 1), "3×3 pixels, but was 24×16");
        assertSentence(() -> masks.of(new TaggedImage("new.png", folder.resolve("new.png"), List.of()), 0), "new.png");
    }

    private static void assertSentence(Runnable work, String what) {
        String sentence = assertThrows(UserException.class, work::run).getMessage();
        assertTrue(sentence.contains(what), sentence);
    }
}
