package io.github.palimpsest.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Rectangle;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;

import io.github.palimpsest.network.SegmentationNetwork.Head;
import io.github.palimpsest.segmentation.WarningRecorder;
import io.github.palimpsest.segmentation.model.KeptModel;
import io.github.palimpsest.segmentation.model.SegmentFolder;
import io.github.palimpsest.segmentation.model.SegmentFolderSettings;
import io.github.palimpsest.segmentation.model.SegmentationModel;
import io.github.palimpsest.segmentation.model.SmallModel;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

class SegmentImageTest {

    private static final int PLANE = WavyImages.WIDTH * WavyImages.HEIGHT;

    @TempDir
    private static Path models;
    private static Path model;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeModel() {
        model = WavyModel.write(models);
    }

    @AfterAll
    static void closeModel() {
        KeptModel.close();
    }

    private static SegmentImageSettings settings(String... more) {
        return WavyModel.settings(model, more);
    }

    private static SegmentImage.Result run(ImagePlus image, String... more) {
        return SegmentImage.run(settings(more), image, Progress.silent());
    }

    private static String refused(ImagePlus image, String... more) {
        String said = assertThrows(UserException.class, () -> run(image, more)).getMessage();
        assertTrue(said.endsWith("."), said);
        return said;
    }

    @Test
    void labelsAreThoseOfAnOlderVersionInTheModelsColours() throws URISyntaxException {
        Path resources = Path.of(SegmentationModel.class.getResource("format-1.palimpsest").toURI()).getParent();
        float[] waves = SmallModel.waves(64, 96).data();
        int[] rgb = new int[64 * 96];
        for (int i = 0; i < 3 * rgb.length; i++)
            rgb[i % rgb.length] |= (int) waves[i] << 16 - 8 * (i / rgb.length);
        ImagePlus image = new ImagePlus("waves", new ColorProcessor(96, 64, rgb));
        ImagePlus labels = run(image, "model", resources.resolve("format-1.palimpsest").toString(), "refine",
                "on").labels();
        ImagePlus expected = IJ.openImage(resources.resolve("format-1-labels.png").toString());
        byte[] there = (byte[]) expected.getProcessor().getPixels();
        byte[] found = (byte[]) labels.getProcessor().getPixels();
        // Another processor may round otherwise, which decides pixels on a border.
        int differing = (int) IntStream.range(0, found.length).filter(i -> there[i] != found[i]).count();
        assertTrue(differing <= found.length / 200, differing + " pixels differ");
        assertEquals(Set.of(0, 1, 2), values(labels.getProcessor()));
        LUT lut = labels.getLuts()[0];
        assertEquals(List.of(0xff000000, 0xffe69f00, 0xff56b4e9), List.of(lut.getRGB(0), lut.getRGB(1), lut.getRGB(2)));
        assertEquals("0: background (#000000)\n1: disc (#e69f00)\n2: ring (#56b4e9)\n", labels.getInfoProperty());
    }

    private static Set<Integer> values(ImageProcessor labels) {
        Set<Integer> values = new TreeSet<>();
        for (int i = 0; i < labels.getPixelCount(); i++)
            values.add(labels.get(i));
        return values;
    }

    /** To the pixel, for the same pixels in a file. */
    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24, 32})
    void segmentFolderSaysTheSame(int bits) throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        ImagePlus single = WavyImages.single(bits);
        ImagePlus stack = WavyImages.stack(bits, 1, 2, 1);
        new FileSaver(single).saveAsTiff(images.resolve("single.tif").toString());
        new FileSaver(stack).saveAsTiffStack(images.resolve("stack.tif").toString());
        Path output = folder.resolve("labels");
        SegmentFolder.run(SegmentFolderSettings.parse(Map.of("model", model.toString(), "images", images.toString(),
                "output", output.toString(), "device", "cpu", "threads", "1", "memory", "4096")), Progress.silent());
        assertSamePlanes(IJ.openImage(output.resolve("single.tif").toString()), run(single, "refine", "on").labels());
        assertSamePlanes(IJ.openImage(output.resolve("stack.tif").toString()), run(stack, "refine", "on").labels());
    }

    private static void assertSamePlanes(ImagePlus expected, ImagePlus found) {
        assertArrayEquals(expected.getDimensions(), found.getDimensions());
        assertTrue(values(found.getProcessor()).size() > 1, "there is something to compare");
        for (int plane = 1; plane <= expected.getStackSize(); plane++)
            assertEquals(List.of(bytes(expected, plane)), List.of(bytes(found, plane)));
        assertEquals(expected.getCalibration().pixelWidth, found.getCalibration().pixelWidth, 1e-9);
        assertEquals(expected.getCalibration().getUnit(), found.getCalibration().getUnit());
    }

    private static String bytes(ImagePlus image, int plane) {
        return HexFormat.of().formatHex((byte[]) image.getStack().getPixels(plane));
    }

    @Test
    void aStackIsItsSlicesOneByOne() {
        ImagePlus stack = WavyImages.stack(16, 1, 2, 3);
        SegmentImage.Result all = run(stack, "overlays", "on", "probabilities", "on");
        assertArrayEquals(new int[] {WavyImages.WIDTH, WavyImages.HEIGHT, 1, 2, 3}, all.labels().getDimensions());
        assertTrue(all.labels().isHyperStack());
        assertArrayEquals(new int[] {WavyImages.WIDTH, WavyImages.HEIGHT, 3, 2, 3}, all.probabilities().getDimensions());
        for (ImagePlus made : List.of(all.labels(), all.overlay(), all.probabilities())) {
            assertEquals(0.25, made.getCalibration().pixelWidth);
            assertEquals(0.5, made.getCalibration().pixelHeight);
            assertEquals(2, made.getCalibration().pixelDepth);
            assertEquals(30, made.getCalibration().frameInterval);
            assertEquals("micron", made.getCalibration().getUnit());
        }
        List<Measurement> measurements = new ArrayList<>();
        for (int slice = 1; slice <= 6; slice++) {
            ImagePlus alone = new ImagePlus("alone", stack.getStack().getProcessor(slice));
            alone.setCalibration(stack.getCalibration());
            SegmentImage.Result one = run(alone, "overlays", "on", "probabilities", "on");
            assertEquals(bytes(one.labels(), 1), bytes(all.labels(), slice));
            assertArrayEquals((int[]) one.overlay().getStack().getPixels(1), (int[]) all.overlay().getStack().getPixels(slice));
            for (int channel = 1; channel <= 3; channel++)
                assertArrayEquals((float[]) one.probabilities().getStack().getPixels(channel),
                        (float[]) all.probabilities().getStack().getPixels(3 * (slice - 1) + channel));
            for (Measurement row : one.measurements())
                measurements.add(new Measurement(slice, row.tag(), row.confidence(), row.pixels(), row.area(), row.unit(),
                        row.means()));
        }
        assertEquals(measurements, all.measurements());
    }

    @Test
    void probabilitiesAreLargestWhereTheLabelIs() {
        SegmentImage.Result result = run(WavyImages.single(24), "probabilities", "on", "refine", "off");
        assertEquals("ring", result.probabilities().getStack().getSliceLabel(3));
        for (int i = 0; i < PLANE; i++) {
            float own = result.probabilities().getStack().getProcessor(1 + result.labels().getProcessor().get(i)).getf(i);
            for (int channel = 1; channel <= 3; channel++)
                assertTrue(own >= result.probabilities().getStack().getProcessor(channel).getf(i));
        }
    }

    /** Counted here pixel by pixel. */
    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32})
    void measurementsAreTrue(int bits) {
        ImagePlus image = WavyImages.stack(bits, 1, 1, 2);
        SegmentImage.Result result = run(image);
        assertEquals(4, result.measurements().size());
        for (Measurement row : result.measurements()) {
            int label = 1 + SmallModel.TAGS.indexOf(row.tag());
            long pixels = 0;
            double sum = 0;
            for (int i = 0; i < PLANE; i++)
                if (result.labels().getStack().getProcessor(row.slice()).get(i) == label) {
                    pixels++;
                    sum += image.getStack().getProcessor(row.slice()).getf(i);
                }
            assertEquals(pixels, row.pixels());
            assertTrue(pixels > 20, "there is something to measure");
            assertEquals(pixels * 0.125, row.area(), 1e-9);
            assertEquals("micron", row.unit());
            assertEquals(sum / pixels, row.means().get(0), 1e-6 * Math.abs(sum / pixels));
            assertTrue(row.confidence() > 0 && row.confidence() < 1);
        }
    }

    /** With a density calibration, and on colours, as ImageJ itself measures the same region. */
    @ParameterizedTest
    @ValueSource(ints = {16, 24})
    void meansAreThoseThatImageJMeasures(int bits) {
        ImagePlus image = WavyImages.single(bits);
        if (bits == 16)
            image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] {5, 0.01}, "OD");
        SegmentImage.Result result = run(image);
        assertFalse(result.labels().getCalibration().calibrated(), "labels are no densities");
        for (int i = 0; i < 2; i++) {
            image.setRoi(result.regions().get(i));
            // ImageJ rounds luminances to whole numbers before it takes their mean.
            assertEquals(image.getStatistics().mean, result.measurements().get(i).means().get(0), bits == 24 ? 0.5 : 1e-3);
            assertEquals(image.getStatistics().area, result.measurements().get(i).area(), 1e-6);
        }
    }

    @Test
    void channelsAreMeasuredEachAndLookedAtTogether() {
        CompositeImage image = new CompositeImage(WavyImages.stack(8, 2, 1, 2), IJ.COMPOSITE);
        SegmentImage.Result result = run(image);
        assertArrayEquals(new int[] {WavyImages.WIDTH, WavyImages.HEIGHT, 1, 1, 2}, result.labels().getDimensions());
        Measurement row = result.measurements().get(result.measurements().size() - 1);
        assertEquals(2, row.slice());
        int label = 1 + SmallModel.TAGS.indexOf(row.tag());
        for (int channel = 0; channel < 2; channel++) {
            double sum = 0;
            for (int i = 0; i < PLANE; i++)
                if (result.labels().getStack().getProcessor(2).get(i) == label)
                    sum += image.getStack().getProcessor(3 + channel).get(i);
            assertEquals(sum / row.pixels(), row.means().get(channel), 1e-4);
        }
    }

    @Test
    void regionsAreExactlyThePixelsOfTheirTag() {
        ImagePlus image = WavyImages.stack(8, 1, 2, 2);
        SegmentImage.Result result = run(image);
        assertEquals(8, result.regions().size());
        int place = 0;
        for (int slice = 1; slice <= 4; slice++)
            for (int label = 1; label <= 2; label++) {
                Roi region = result.regions().get(place++);
                assertEquals(SmallModel.TAGS.get(label - 1) + "-000" + slice, region.getName());
                assertEquals(List.of(0, (slice - 1) % 2 + 1, (slice - 1) / 2 + 1),
                        List.of(region.getCPosition(), region.getZPosition(), region.getTPosition()));
                assertEquals(new Color(label == 1 ? 0xe69f00 : 0x56b4e9), region.getStrokeColor());
                ImageProcessor mask = region.getMask();
                Rectangle bounds = region.getBounds();
                for (int i = 0; i < PLANE; i++) {
                    int x = i % WavyImages.WIDTH - bounds.x;
                    int y = i / WavyImages.WIDTH - bounds.y;
                    boolean inside = x >= 0 && y >= 0 && x < bounds.width && y < bounds.height
                            && (mask == null || mask.get(x, y) != 0);
                    assertEquals(result.labels().getStack().getProcessor(slice).get(i) == label, inside);
                }
            }
        assertEquals(3, run(WavyImages.stack(8, 1, 3, 1), "tags", "ring").regions().get(2).getPosition());
        assertEquals("ring", run(WavyImages.single(8), "tags", "ring").regions().get(0).getName());
    }

    @Test
    void nothingOfTheImageChanges() {
        ImagePlus image = WavyImages.stack(16, 1, 2, 3);
        image.setPosition(1, 2, 2);
        image.setRoi(3, 4, 10, 12);
        image.setOverlay(new Overlay(new Roi(1, 1, 5, 5)));
        image.setLut(LUT.createLutFromColor(Color.PINK));
        image.setDisplayRange(1100, 3000);
        Map<String, Object> before = state(image);
        run(image, "overlays", "on", "probabilities", "on", "output", folder.resolve("out").toString());
        Map<String, Object> after = state(image);
        before.forEach((key, value) -> assertEquals(value, after.get(key), key));
        ImagePlus single = WavyImages.single(8);
        before = state(single);
        run(single);
        assertEquals(before, state(single));
    }

    private static Map<String, Object> state(ImagePlus image) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("title", image.getTitle());
        state.put("slice", image.getCurrentSlice());
        state.put("changes", image.changes);
        state.put("range", List.of(image.getDisplayRangeMin(), image.getDisplayRangeMax()));
        state.put("roi", String.valueOf(image.getRoi()));
        state.put("overlay", image.getOverlay() == null ? "none" : List.of(image.getOverlay().toArray()));
        state.put("calibration", image.getCalibration().toString());
        state.put("dimensions", Arrays.stream(image.getDimensions()).boxed().toList());
        state.put("info", String.valueOf(image.getInfoProperty()));
        state.put("lut", IntStream.range(0, 256).mapToObj(i -> image.getLuts()[0].getRGB(i)).toList().hashCode());
        state.put("pixels", IntStream.rangeClosed(1, image.getStackSize()).mapToObj(plane -> image.getStack()
                .getProcessor(plane).getIntArray()).map(Arrays::deepHashCode).toList());
        return state;
    }

    @Test
    void givenTagsAreKeptTo() {
        ImagePlus image = WavyImages.single(24);
        assertEquals(Set.of(0, 2), values(run(image, "tags", " ring ").labels().getProcessor()));
        assertEquals(Set.of(0, 1, 2), values(run(image, "tags", "ring; disc").labels().getProcessor()));
        assertEquals(Set.of(0, 1, 2), values(run(image, "tags", "ring,disc|").labels().getProcessor()));
        assertTrue(refused(image, "tags", "ring;cube").contains("does not know the tag cube, but only disc, ring"));
    }

    @Test
    void tagsMayHaveInTheirNamesWhatSeparatesThem() {
        SegmentImageSettings settings = settings("tags", "a,b;c");
        assertEquals(Set.of("a,b;c"), settings.givenTags(List.of("a,b;c", "a")).orElseThrow());
        assertEquals(Set.of("a,b", "c"), settings.givenTags(List.of("a,b", "c")).orElseThrow());
        assertEquals(Set.of("a", "b", "c"), settings.givenTags(List.of("a", "b", "c")).orElseThrow());
    }

    @Test
    void manyTagsTakeSixteenBits() {
        List<String> tags = IntStream.range(1, 257).mapToObj(i -> "tag" + i).toList();
        SegmentationModel many = SmallModel.model(Head.MULTI_DEPTH, tags, 1, 0);
        many.weights().get("segmentation/bias").data()[256] = 1000;
        Path file = folder.resolve("many.palimpsest");
        many.write(file);
        SegmentImage.Result result = run(WavyImages.single(8), "model", file.toString(), "refine", "off");
        assertEquals(16, result.labels().getBitDepth());
        assertEquals(256, result.labels().getProcessor().get(3, 3));
        assertEquals(256, result.labels().getDisplayRangeMax());
        assertEquals(PLANE, result.measurements().get(255).pixels());
        assertEquals(List.of("tag256"), result.regions().stream().map(Roi::getName).toList());
    }

    @Test
    void everythingIsWrittenWhereItIsWanted() throws IOException {
        Path output = folder.resolve("out");
        ImagePlus stack = WavyImages.stack(8, 1, 2, 1);
        SegmentImage.Result result = run(stack, "output", output.toString(), "overlays", "on", "probabilities", "on");
        assertSamePlanes(IJ.openImage(output.resolve("wavy stack.tif").toString()), result.labels());
        ImagePlus overlay = IJ.openImage(output.resolve("overlays/wavy stack.tif").toString());
        assertEquals(result.overlay().getStack().getProcessor(2).get(99) & 0xffffff,
                overlay.getStack().getProcessor(2).get(99) & 0xffffff);
        ImagePlus maps = IJ.openImage(output.resolve("probabilities/wavy stack.tif").toString());
        assertArrayEquals((float[]) result.probabilities().getStack().getPixels(5), (float[]) maps.getStack().getPixels(5));
        assertEquals(2, maps.getNSlices());
        assertEquals(List.of("value,tag,colour", "0,background,#000000", "1,disc,#e69f00", "2,ring,#56b4e9"),
                Files.readAllLines(output.resolve("legend.csv")));
        try (ZipFile zip = new ZipFile(output.resolve("rois/wavy stack.tif.zip").toFile())) {
            assertEquals(List.of("disc-0001.roi", "ring-0001.roi", "disc-0002.roi", "ring-0002.roi"),
                    zip.stream().map(Object::toString).toList());
        }
        List<String> lines = Files.readAllLines(output.resolve("measurements/wavy stack.tif.csv"));
        assertEquals("image,slice,tag,confidence,pixels,area,unit,mean", lines.get(0));
        Measurement last = result.measurements().get(3);
        String[] cells = lines.get(4).split(",");
        assertEquals(List.of("wavy stack.tif", "2", "ring", String.valueOf(last.pixels()), "micron"),
                List.of(cells[0], cells[1], cells[2], cells[4], cells[6]));
        assertEquals(last.confidence(), Double.parseDouble(cells[3]), 1e-4);
        assertEquals(last.area(), Double.parseDouble(cells[5]), 1e-6);
        assertEquals(last.means().get(0), Double.parseDouble(cells[7]), 1e-3);
        run(WavyImages.single(8), "output", output.toString(), "rois", "off");
        assertTrue(Files.exists(output.resolve("waves 8.tif")), "more images find place in the folder");
        assertFalse(Files.exists(output.resolve("rois/waves 8.zip")));
    }

    @Test
    void anotherImageOfTheSameNameDoesNotOverwriteTheFirst() throws IOException {
        Path output = folder.resolve("days");
        for (String day : List.of("a", "b"))
            Files.createDirectories(folder.resolve(day));
        for (String day : List.of("a", "b"))
            IJ.saveAsTiff(WavyImages.single(8), folder.resolve(day).resolve("cell.tif").toString());
        ImagePlus first = IJ.openImage(folder.resolve("a/cell.tif").toString());
        run(first, "output", output.toString());
        byte[] measured = Files.readAllBytes(output.resolve("measurements/cell.tif.csv"));
        run(first, "output", output.toString());
        assertArrayEquals(measured, Files.readAllBytes(output.resolve("measurements/cell.tif.csv")));
        ImagePlus second = IJ.openImage(folder.resolve("b/cell.tif").toString());
        String said = assertThrows(UserException.class, () -> run(second, "output", output.toString())).getMessage();
        assertTrue(said.contains("holds results of another image named cell.tif"), said);
    }

    @Test
    void theTableSaysWhatAreasAreIn() {
        ResultsTable table = ResultsTable.getResultsTable();
        table.reset();
        ImagePlus plain = WavyImages.single(8);
        plain.setCalibration(new Calibration());
        Display.show(run(WavyImages.stack(8, 1, 1, 1)), "calibrated", Progress.silent());
        Display.show(run(plain), "plain", Progress.silent());
        assertEquals("micron", table.getStringValue("Unit", 0));
        assertEquals("pixel", table.getStringValue("Unit", table.size() - 1));
        table.reset();
    }

    @Test
    void whatItMadeIsNotSegmentedAgain() {
        ImagePlus labels = run(WavyImages.single(8)).labels();
        String said = assertThrows(UserException.class, () -> run(labels)).getMessage();
        assertTrue(said.contains("is itself what Segment Image made"), said);
    }

    @Test
    void titlesThatAreNoFileNamesDoNotLeaveTheFolder() {
        Path output = folder.resolve("out");
        ImagePlus image = WavyImages.single(8);
        image.setTitle("../../a:b/c");
        run(image, "output", output.toString());
        assertTrue(Files.exists(output.resolve("_.._.._a_b_c.tif")));
    }

    @Test
    void otherPeoplesFoldersAreLeftAlone() throws IOException {
        ImagePlus image = WavyImages.single(8);
        Path images = Files.createDirectories(folder.resolve("images"));
        new FileSaver(image).saveAsTiff(images.resolve("waves 8.tif").toString());
        byte[] before = Files.readAllBytes(images.resolve("waves 8.tif"));
        assertTrue(refused(image, "output", images.toString()).contains("waves 8.tif, which might be overwritten"));
        assertArrayEquals(before, Files.readAllBytes(images.resolve("waves 8.tif")));
        assertTrue(refused(image, "output", images.resolve("waves 8.tif").toString()).contains("is a file"));
        Path output = folder.resolve("out");
        run(image, "output", output.toString());
        Path other = folder.resolve("other.palimpsest");
        SmallModel.model(Head.MULTI_DEPTH, List.of("disc", "cube"), 1, 0).write(other);
        assertTrue(refused(image, "output", output.toString(), "model", other.toString()).contains("other tags"));
        Files.writeString(output.resolve("segmentation.json"), "{}");
        assertTrue(refused(image, "output", output.toString()).contains("segment-folder"));
        assertTrue(refused(image, "output", folder.resolve("never").toString(), "tags", "cube").contains("cube"));
        assertFalse(Files.exists(folder.resolve("never")));
    }

    @Test
    void gapsAreAWarningAndLeftOutOfMeans() {
        ImagePlus image = WavyImages.single(32);
        for (int x = 0; x < WavyImages.WIDTH; x++)
            image.getProcessor().setf(x, 0, x % 2 == 0 ? Float.NaN : Float.NEGATIVE_INFINITY);
        WarningRecorder told = new WarningRecorder();
        SegmentImage.Result result = SegmentImage.run(settings(), image, told);
        List<String> warnings = told.warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("waves 32 has pixels that are NaN or infinite"), warnings.get(0));
        assertTrue(result.measurements().stream().allMatch(row -> Double.isFinite(row.means().get(0))));
    }

    @Test
    void picturesThatAreNotWantedAreNotMade() {
        SegmentImage.Result result = run(WavyImages.single(8), "rois", "off", "measurements", "off");
        assertNull(result.overlay());
        assertNull(result.probabilities());
        assertEquals(List.of(), result.regions());
        assertEquals(List.of(), result.measurements());
    }

    @Test
    void aSliceWithoutTagsHasALineAllTheSame() {
        SegmentImage.Result result = run(WavyImages.single(8), "tags", ";");
        assertEquals(Set.of(0), values(result.labels().getProcessor()));
        assertEquals(1, result.measurements().size());
        assertEquals("", result.measurements().get(0).tag());
        assertEquals(0, result.measurements().get(0).pixels());
    }

    @Test
    void progressIsThatOfTheWholeStack() {
        List<Double> fractions = new ArrayList<>();
        SegmentImage.run(settings("refine", "on"), WavyImages.stack(8, 1, 2, 1), new WarningRecorder() {
            @Override
            public void report(double fraction, String stage) {
                fractions.add(fraction);
            }
        });
        assertEquals(List.of(0.0, 0.5, 1.0), fractions);
    }
}
