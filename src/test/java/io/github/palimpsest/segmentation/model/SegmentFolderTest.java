package io.github.palimpsest.segmentation.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ShortProcessor;

import io.github.palimpsest.network.SegmentationNetwork.Head;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.task.CancellableProgress;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

class SegmentFolderTest {

    private static final int HEIGHT = 40;
    private static final int WIDTH = 56;

    @TempDir
    private Path folder;
    private Path model;
    private Path images;
    private Path output;

    @BeforeEach
    void draw() throws IOException {
        model = folder.resolve("model.palimpsest");
        SmallModel.telling().write(model);
        images = folder.resolve("pictures");
        output = folder.resolve("labels");
        for (String name : List.of("a.png", "b.png", "deep/er/c.png", "deep/d.bmp"))
            picture(name);
        ImagePlus calibrated = sixteenBits();
        calibrated.getCalibration().pixelWidth = 0.25;
        calibrated.getCalibration().pixelHeight = 0.5;
        calibrated.getCalibration().setUnit("um");
        new FileSaver(calibrated).saveAsTiff(images.resolve("deep/t.tif").toString());
    }

    private void picture(String name) throws IOException {
        Tensor waves = SmallModel.waves(HEIGHT, WIDTH + name.length());
        int width = waves.size(2);
        BufferedImage image = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * HEIGHT; i++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++)
                rgb = rgb << 8 | (int) waves.data()[c * width * HEIGHT + i];
            image.setRGB(i % width, i / width, rgb);
        }
        Path file = images.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    }

    private static ImagePlus sixteenBits() {
        ShortProcessor pixels = new ShortProcessor(WIDTH, HEIGHT);
        for (int i = 0; i < WIDTH * HEIGHT; i++)
            pixels.set(i, 1000 + (int) (20 * SmallModel.waves(HEIGHT, WIDTH).data()[i]));
        return new ImagePlus("t", pixels);
    }

    private SegmentFolderSettings settings(String... more) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of("model", model.toString(), "images",
                images.toString(), "output", output.toString(), "device", "cpu", "threads", "2", "memory", "4096"));
        for (int i = 0; i < more.length; i += 2)
            settings.put(more[i], more[i + 1]);
        return SegmentFolderSettings.parse(settings);
    }

    private SegmentFolder.Summary run(String... more) {
        return SegmentFolder.run(settings(more), Progress.silent());
    }

    private String refused(String... more) {
        String sentence = assertThrows(UserException.class, () -> run(more)).getMessage();
        assertTrue(sentence.endsWith("."), sentence);
        return sentence;
    }

    private static Map<String, byte[]> files(Path root) {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList())
                files.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return files;
    }

    private static void assertSameFiles(Map<String, byte[]> expected, Map<String, byte[]> found) {
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
    }

    @Test
    void everyPictureGetsALabelImageALegendAndItsLines() throws IOException {
        SegmentFolder.Summary summary = run();
        assertEquals(new SegmentFolder.Summary(5, 0, List.of()), summary);
        for (String name : List.of("a.png.png", "b.png.png", "deep/er/c.png.png", "deep/d.bmp.png", "deep/t.tif"))
            assertTrue(Files.exists(output.resolve(name)), name);
        assertEquals(List.of("value,tag,colour", "0,background,#000000", "1,disc,#e69f00", "2,ring,#56b4e9"),
                Files.readAllLines(output.resolve("legend.csv")));
        List<String> lines = Files.readAllLines(output.resolve("predictions.csv"));
        assertEquals("file,tag,confidence,pixels,area,unit", lines.get(0));
        assertEquals(1 + 2 * 5, lines.size());
        LabelImage labels = LabelImage.read(output.resolve("a.png.png"));
        assertEquals(WIDTH + 5, labels.width());
        int[] counts = new int[3];
        for (byte label : labels.labels())
            counts[label]++;
        assertTrue(lines.get(1).matches("a[.]png,disc,[01][.]\\d{4}," + counts[1] + "," + counts[1] + ",pixel"),
                lines.get(1));
        assertTrue(lines.get(2).matches("a[.]png,ring,[01][.]\\d{4}," + counts[2] + "," + counts[2] + ",pixel"),
                lines.get(2));
        assertEquals(List.of("file,reason"), Files.readAllLines(output.resolve("skipped.csv")));
    }

    @Test
    void aTiffStaysATiffWithItsCalibration() throws IOException {
        run();
        ImagePlus labels = IJ.openImage(output.resolve("deep/t.tif").toString());
        assertEquals(8, labels.getBitDepth());
        assertEquals(0.25, labels.getCalibration().pixelWidth, 1e-9);
        assertEquals(0.5, labels.getCalibration().pixelHeight, 1e-9);
        assertEquals("\u00b5m", labels.getCalibration().getUnit());
        int discs = 0;
        for (byte label : (byte[]) labels.getProcessor().getPixels())
            discs += label == 1 ? 1 : 0;
        String line = Files.readAllLines(output.resolve("predictions.csv")).stream()
                .filter(l -> l.startsWith("deep/t.tif,disc")).findFirst().orElseThrow();
        String[] cells = line.split(",");
        assertEquals(discs, Integer.parseInt(cells[3]));
        assertEquals(discs * 0.125, Double.parseDouble(cells[4]), 1e-9);
        assertEquals("\u00b5m", cells[5]);
    }

    @Test
    void overlaysAndProbabilitiesAreWrittenIfWanted() throws IOException {
        run("overlays", "on", "probabilities", "on", "refine", "off");
        MapStack maps = MapStack.read(output.resolve("probabilities/a.png.tif"));
        assertEquals(List.of("background", "disc", "ring"), maps.labels());
        LabelImage labels = LabelImage.read(output.resolve("a.png.png"));
        BufferedImage overlay = ImageIO.read(output.resolve("overlays/a.png.png").toFile());
        BufferedImage image = ImageIO.read(images.resolve("a.png").toFile());
        int plane = labels.labels().length;
        for (int i = 0; i < plane; i++) {
            int label = labels.labels()[i];
            for (int other = 0; other < 3; other++)
                assertTrue(maps.maps().data()[label * plane + i] >= maps.maps().data()[other * plane + i]);
            int x = i % labels.width();
            int y = i / labels.width();
            int colour = new int[] {0, 0xe69f00, 0x56b4e9}[label];
            int red = image.getRGB(x, y) >> 16 & 255;
            assertEquals(label == 0 ? red : (red + (colour >> 16)) / 2.0, overlay.getRGB(x, y) >> 16 & 255, 0.5);
        }
    }

    @Test
    void doneImagesAreNotDoneAgainAndNewOnesAre() throws IOException {
        run();
        FileTime before = Files.getLastModifiedTime(output.resolve("a.png.png"));
        picture("new.png");
        assertEquals(new SegmentFolder.Summary(6, 5, List.of()), run());
        assertEquals(before, Files.getLastModifiedTime(output.resolve("a.png.png")));
        assertTrue(Files.readString(output.resolve("predictions.csv")).contains("new.png"));
    }

    @Test
    void whatChangedOrWentIsDoneAgain() throws IOException {
        run();
        Files.delete(output.resolve("a.png.png"));
        Files.writeString(output.resolve("progress/b.png.json"), "{");
        Files.copy(images.resolve("a.png"), images.resolve("deep/er/c.png"), StandardCopyOption.REPLACE_EXISTING);
        assertEquals(2, run().before());
        assertArrayEquals(Files.readAllBytes(output.resolve("a.png.png")),
                Files.readAllBytes(output.resolve("deep/er/c.png.png")));
    }

    /** A kill leaves what was there at some moment: any of the files may be missing, and temporary ones may be left. */
    @Test
    void aKilledRunGoesOnToTheSameBytes() throws IOException {
        run("overlays", "on", "probabilities", "on");
        Map<String, byte[]> expected = files(output);
        SplittableRandom random = new SplittableRandom(3);
        for (int kill = 0; kill < 4; kill++) {
            for (String name : List.copyOf(expected.keySet()))
                if (random.nextBoolean() && !name.equals("segmentation.json") && !name.equals(".lock"))
                    Files.deleteIfExists(output.resolve(name));
            Files.writeString(output.resolve(".a.png.tmp-0123456789abcdef"), "half");
            run("overlays", "on", "probabilities", "on", "threads", String.valueOf(1 + kill));
            assertSameFiles(expected, files(output));
        }
    }

    @Test
    void aStoppedRunGoesOnToTheSameBytes() {
        run();
        Map<String, byte[]> expected = files(output);
        output = folder.resolve("stopped");
        for (int checks = 1; checks < 8; checks += 3) {
            AtomicInteger left = new AtomicInteger(checks);
            assertThrows(CancelledException.class, () -> SegmentFolder.run(settings("threads", "1"),
                    new CancellableProgress(() -> left.decrementAndGet() < 0)));
        }
        run();
        assertSameFiles(expected, files(output));
    }

    @Test
    void badImagesAreListedAndTheRestGoesOn() throws IOException {
        Files.writeString(images.resolve("broken.png"), "no image");
        Files.writeString(images.resolve("text.tif"), "II*");
        SegmentFolder.Summary summary = run();
        assertEquals(5, summary.segmented());
        List<String> lines = Files.readAllLines(output.resolve("skipped.csv"));
        assertEquals(3, lines.size());
        assertTrue(lines.get(1).startsWith("broken.png,") && lines.get(2).startsWith("text.tif,"), lines.toString());
        assertFalse(Files.readString(output.resolve("predictions.csv")).contains("broken"));
    }

    @Test
    void onlyBadImagesAreAFailure() throws IOException {
        images = folder.resolve("bad");
        Files.createDirectories(images);
        Files.writeString(images.resolve("broken.png"), "no image");
        assertTrue(refused().contains("None of the 1 images"));
        assertTrue(Files.exists(output.resolve("skipped.csv")));
    }

    @Test
    void givenTagsAreKeptTo() throws IOException {
        Files.writeString(images.resolve("tags.csv"), "file,tags\na.png,ring\nb.png,\ndeep/t.tif,disc|ring\n");
        assertEquals(3, run("tags", "given").segmented());
        List<String> lines = Files.readAllLines(output.resolve("predictions.csv"));
        assertTrue(lines.get(1).startsWith("a.png,ring,"), lines.toString());
        assertEquals("b.png,,,0,0,pixel", lines.get(2));
        assertEquals(5, lines.size());
        Files.writeString(images.resolve("tags.csv"), "file,tags\na.png,disc\nb.png,\ndeep/t.tif,disc|ring\n");
        assertEquals(2, run("tags", "given").before());
        assertTrue(Files.readString(output.resolve("predictions.csv")).contains("a.png,disc"));
    }

    @Test
    void predictedTagsNeedNoTableAndSeeAllImages() throws IOException {
        Files.writeString(images.resolve("tags.csv"), "file,tags\na.png,cube\n");
        assertEquals(5, run().segmented());
        String unknown = refused("tags", "given", "output", folder.resolve("other").toString());
        assertTrue(unknown.contains("cube") && unknown.contains("disc, ring"), unknown);
    }

    @Test
    void aSplitIsKeptTo() throws IOException {
        Files.writeString(images.resolve("split.csv"), "file,split\na.png,val\ndeep/t.tif,val\nb.png,train\n");
        assertEquals(2, run("split", "val").segmented());
        assertTrue(refused("split", "test").contains("no split named test"));
    }

    @Test
    void manyTagsTakeSixteenBits() throws IOException {
        List<String> tags = IntStream.range(1, 257).mapToObj(i -> "tag" + i).toList();
        model = folder.resolve("many.palimpsest");
        SegmentationModel many = SmallModel.model(Head.MULTI_DEPTH, tags, 1, 0);
        many.weights().get("segmentation/bias").data()[256] = 1000;
        many.write(model);
        run("refine", "off");
        BufferedImage png = ImageIO.read(output.resolve("a.png.png").toFile());
        assertEquals(16, png.getColorModel().getPixelSize());
        assertEquals(256, png.getRaster().getSample(3, 3, 0));
        ImagePlus tiff = IJ.openImage(output.resolve("deep/t.tif").toString());
        assertEquals(16, tiff.getBitDepth());
        assertEquals(256, tiff.getProcessor().get(3, 3));
    }

    @Test
    void anotherModelOrSettingIsRefusedByName() {
        run();
        assertTrue(refused("refine", "off").contains("refine=on, not refine=off"));
        SmallModel.model().write(model);
        assertTrue(refused().contains("another model (model.palimpsest"));
    }

    @Test
    void mistakesAreSentences() throws IOException {
        assertTrue(refused("output", images.resolve("out").toString()).contains("lies in the images' folder"));
        assertTrue(refused("output", images.toString()).contains("lies in the images' folder"));
        assertTrue(refused("tags", "some").contains("predicted, given"));
        assertTrue(refused("refine", "maybe").contains("on, off"));
        assertTrue(refused("model", "").contains("model"));
        assertTrue(refused("model", folder.resolve("none").toString()).contains("There is no model"));
        assertTrue(refused("images", folder.resolve("none").toString()).contains("does not exist"));
        assertTrue(refused("images", model.toString()).contains("is a file"));
        assertTrue(refused("tile", "0").contains("tile"));
        Files.createDirectories(folder.resolve("empty"));
        assertTrue(refused("images", folder.resolve("empty").toString()).contains("no image"));
        assertTrue(refused("tags", "given").contains("have the tag deep"));
        Path plain = Files.createDirectories(folder.resolve("plain"));
        Files.copy(images.resolve("a.png"), plain.resolve("a.png"));
        assertTrue(refused("tags", "given", "images", plain.toString())
                .contains("tags=given needs a folder of tagged images"));
        Files.createDirectories(output);
        Files.writeString(output.resolve("mine.txt"), "precious");
        assertTrue(refused().contains("mine.txt"));
        Files.createDirectories(images.resolve("overlays"));
        Files.copy(images.resolve("a.png"), images.resolve("overlays/a.png"));
        assertTrue(refused("overlays", "on").contains("subfolder overlays"));
    }
}
