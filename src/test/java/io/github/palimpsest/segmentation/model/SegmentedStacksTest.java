package io.github.palimpsest.segmentation.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ShortProcessor;

import io.github.palimpsest.network.SegmentationNetwork.Head;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.tensor.Tensor;

/** {@code segment-folder} on stacks: every slice as if it were an image of its own. */
class SegmentedStacksTest {

    private static final int HEIGHT = 40;
    private static final int WIDTH = 56;

    @TempDir
    private static Path models;

    @TempDir
    private Path folder;
    private Path model;
    private Path images;
    private Path output;

    @BeforeAll
    static void writeModel() {
        SmallModel.telling().write(models.resolve("model.palimpsest"));
    }

    @BeforeEach
    void draw() throws IOException {
        model = models.resolve("model.palimpsest");
        images = Files.createDirectories(folder.resolve("pictures"));
        output = folder.resolve("labels");
        ImageStack stack = new ImageStack(WIDTH, HEIGHT);
        for (int slice = 0; slice < 4; slice++)
            stack.addSlice(slice(slice));
        ImagePlus image = new ImagePlus("stack", stack);
        image.setDimensions(1, 2, 2);
        image.setOpenAsHyperStack(true);
        calibrate(image);
        new FileSaver(image).saveAsTiffStack(images.resolve("stack.tif").toString());
    }

    private static void calibrate(ImagePlus image) {
        image.getCalibration().pixelWidth = 0.3;
        image.getCalibration().pixelHeight = 7;
        image.getCalibration().pixelDepth = 2.5;
        image.getCalibration().frameInterval = 30;
        image.getCalibration().setUnit("um");
    }

    private static ShortProcessor slice(int number) {
        Tensor waves = SmallModel.waves(HEIGHT, WIDTH);
        ShortProcessor pixels = new ShortProcessor(WIDTH, HEIGHT);
        for (int i = 0; i < WIDTH * HEIGHT; i++)
            pixels.set(i, 1000 + (int) ((20 + number) * waves.data()[(number % 3) * WIDTH * HEIGHT + i]));
        return pixels;
    }

    private SegmentFolder.Summary run(String... more) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of("model", model.toString(), "images",
                images.toString(), "output", output.toString(), "device", "cpu", "threads", "2", "memory", "4096",
                "refine", "off"));
        for (int i = 0; i < more.length; i += 2)
            settings.put(more[i], more[i + 1]);
        return SegmentFolder.run(SegmentFolderSettings.parse(settings), Progress.silent());
    }

    private static ImagePlus open(Path file) {
        return IJ.openImage(file.toString());
    }

    @Test
    void everySliceIsSegmentedAsAnImageOfItsOwn() {
        for (int slice = 0; slice < 4; slice++) {
            ImagePlus alone = new ImagePlus("alone", slice(slice));
            calibrate(alone);
            new FileSaver(alone).saveAsTiff(images.resolve("slice" + slice + ".tif").toString());
        }
        assertEquals(5, run("overlays", "on", "refine", "on").segmented());
        ImagePlus labels = open(output.resolve("stack.tif"));
        assertEquals(8, labels.getBitDepth());
        assertArrayEquals(new int[] {WIDTH, HEIGHT, 1, 2, 2}, labels.getDimensions());
        // ImageJ itself keeps six digits of it.
        ImagePlus image = open(images.resolve("stack.tif"));
        assertEquals(image.getCalibration().pixelWidth, labels.getCalibration().pixelWidth, 1e-9);
        assertEquals(image.getCalibration().pixelHeight, labels.getCalibration().pixelHeight, 1e-9);
        assertEquals(2.5, labels.getCalibration().pixelDepth, 1e-9);
        assertEquals(30, labels.getCalibration().frameInterval, 1e-9);
        assertEquals("\u00b5m", labels.getCalibration().getUnit());
        assertEquals(0xffe69f00, labels.getProcessor().getColorModel().getRGB(1));
        ImagePlus overlays = open(output.resolve("overlays/stack.tif"));
        for (int slice = 0; slice < 4; slice++) {
            ImagePlus alone = open(output.resolve("slice" + slice + ".tif"));
            assertArrayEquals((byte[]) alone.getProcessor().getPixels(), (byte[]) labels.getStack().getPixels(slice + 1));
            ImagePlus overlay = open(output.resolve("overlays/slice" + slice + ".tif.png"));
            assertArrayEquals((int[]) overlay.getProcessor().getPixels(), (int[]) overlays.getStack().getPixels(slice + 1));
        }
    }

    @Test
    void predictionsSayTheSliceWhereThereAreStacks() throws IOException {
        new FileSaver(new ImagePlus("alone", slice(0))).saveAsTiff(images.resolve("alone.tif").toString());
        run();
        List<String> lines = Files.readAllLines(output.resolve("predictions.csv"));
        assertEquals("file,tag,confidence,pixels,area,unit,slice", lines.get(0));
        assertTrue(lines.get(1).startsWith("alone.tif,disc,") && lines.get(1).endsWith(",pixel,"), lines.get(1));
        assertEquals(3 + 2 * 4, lines.size());
        ImagePlus labels = open(output.resolve("stack.tif"));
        for (int slice = 1; slice <= 4; slice++) {
            String[] ring = lines.get(2 + 2 * slice).split(",");
            int pixels = 0;
            for (byte label : (byte[]) labels.getStack().getPixels(slice))
                pixels += label == 2 ? 1 : 0;
            assertEquals(List.of("stack.tif", "ring", String.valueOf(pixels)), List.of(ring[0], ring[1], ring[3]));
            assertEquals(pixels * 2.1, Double.parseDouble(ring[4]), 1e-3);
            assertEquals(String.valueOf(slice), ring[6]);
        }
    }

    @Test
    void probabilitiesHaveAChannelForEachLabel() {
        run("probabilities", "on");
        ImagePlus maps = open(output.resolve("probabilities/stack.tif.tif"));
        ImagePlus labels = open(output.resolve("stack.tif"));
        assertArrayEquals(new int[] {WIDTH, HEIGHT, 3, 2, 2}, maps.getDimensions());
        for (int slice = 1; slice <= 4; slice++)
            for (int i = 0; i < WIDTH * HEIGHT; i++) {
                float sum = 0;
                int label = labels.getStack().getProcessor(slice).get(i);
                float own = maps.getStack().getProcessor(3 * (slice - 1) + 1 + label).getf(i);
                for (int channel = 1; channel <= 3; channel++) {
                    float value = maps.getStack().getProcessor(3 * (slice - 1) + channel).getf(i);
                    assertTrue(value <= own);
                    sum += value;
                }
                assertEquals(1, sum, 1e-4);
            }
    }

    @Test
    void givenTagsAreThoseOfAllSlices() throws IOException {
        Files.writeString(images.resolve("tags.csv"), "file,tags\nstack.tif,ring\n");
        run("tags", "given");
        List<String> lines = Files.readAllLines(output.resolve("predictions.csv"));
        assertEquals(5, lines.size());
        assertTrue(lines.stream().skip(1).allMatch(line -> line.startsWith("stack.tif,ring,")), lines.toString());
    }

    @Test
    void manyTagsTakeSixteenBits() {
        List<String> tags = IntStream.range(1, 257).mapToObj(i -> "tag" + i).toList();
        SegmentationModel many = SmallModel.model(Head.MULTI_DEPTH, tags, 1, 0);
        many.weights().get("segmentation/bias").data()[256] = 1000;
        model = folder.resolve("model.palimpsest");
        many.write(model);
        run();
        ImagePlus labels = open(output.resolve("stack.tif"));
        assertEquals(16, labels.getBitDepth());
        assertEquals(256, labels.getStack().getProcessor(4).get(3, 3));
    }

    @Test
    void aStackIsDoneOnce() {
        run("overlays", "on", "probabilities", "on");
        assertEquals(1, run("overlays", "on", "probabilities", "on").before());
    }

    /** The last slice is damaged only when it is read: nothing half-written stays. */
    @Test
    void aDamagedStackIsListedAndLeavesNothing() throws IOException {
        new FileSaver(new ImagePlus("alone", slice(0))).saveAsTiff(images.resolve("alone.tif").toString());
        Path stack = images.resolve("stack.tif");
        byte[] bytes = Files.readAllBytes(stack);
        Files.write(stack, Arrays.copyOf(bytes, bytes.length / 2));
        assertEquals(1, run().segmented());
        String skipped = Files.readString(output.resolve("skipped.csv"));
        assertTrue(skipped.contains("stack.tif") && skipped.contains("cut short"), skipped);
        try (Stream<Path> files = Files.walk(output)) {
            assertFalse(files.anyMatch(file -> file.toString().contains("stack")));
        }
        assertEquals("file,tag,confidence,pixels,area,unit", Files.readAllLines(output.resolve("predictions.csv")).get(0));
    }
}
