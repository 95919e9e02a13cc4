package io.github.palimpsest.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.Menus;
import ij.WindowManager;
import ij.io.FileSaver;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.process.FloatProcessor;

import io.github.palimpsest.command.SegmentImage;
import io.github.palimpsest.dataset.OpenImage;
import io.github.palimpsest.dataset.ReadSettings;
import io.github.palimpsest.imagej.WavyImages;
import io.github.palimpsest.segmentation.model.KeptModel;
import io.github.palimpsest.segmentation.model.SmallModel;

/** {@code segment-image} through every door, without a screen. */
class SegmentImageTest {

    private static final String KEYS = " device=cpu threads=1 memory=4096 refine=off ";

    @TempDir
    private static Path models;
    private static Path model;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeModel() throws IOException {
        model = models.resolve("a model.palimpsest");
        SmallModel.telling(new OpenImage(WavyImages.single(8), ReadSettings.DEFAULT).read(0)).write(model);
        Files.writeString(models.resolve("wrong.palimpsest"), "no model");
    }

    @AfterAll
    static void closeModel() {
        KeptModel.close();
        ResultsTable.getResultsTable().reset();
    }

    // ---- the terminal

    private record Ended(int code, String out, String err) {}

    private static Ended terminal(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of("segment-image"));
        all.addAll(List.of(words));
        all.addAll(List.of(KEYS.strip().split(" ")));
        int code = Main.run(all, new PrintStream(out, true), new PrintStream(err, true), null);
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Path saved(ImagePlus image) {
        Path file = folder.resolve(image.getTitle().replace(".tif", "") + ".tif");
        if (image.getStackSize() > 1)
            new FileSaver(image).saveAsTiffStack(file.toString());
        else
            new FileSaver(image).saveAsTiff(file.toString());
        return file;
    }

    @Test
    void theTerminalOpensAStackAndWritesTheResult() throws IOException {
        Path file = saved(WavyImages.stack(16, 1, 2, 2));
        byte[] before = Files.readAllBytes(file);
        Path output = folder.resolve("out put");
        Ended ended = terminal("model=" + model, "image=" + file, "output=" + output);
        assertEquals(0, ended.code, ended.err);
        assertTrue(ended.out.endsWith("Segmented wavy stack.tif: " + output + "\n"), ended.out);
        ImagePlus labels = IJ.openImage(output.resolve("wavy stack.tif").toString());
        assertArrayEquals(new int[] {WavyImages.WIDTH, WavyImages.HEIGHT, 1, 2, 2}, labels.getDimensions());
        assertEquals(9, Files.readAllLines(output.resolve("measurements/wavy stack.tif.csv")).size());
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    /** {@code @} is the folder. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model=MODEL image=@/image.tif                    | 1 | output= is missing: a terminal has no windows
            model=MODEL output=@/out                         | 2 | No image is open: open the image first, or name it with image=
            model=MODEL image=@/none.tif output=@/out        | 2 | image=@/none.tif is neither the title of an open
            model=MODEL image=@ output=@/out                 | 2 | image=@ is a folder
            model=MODEL image=@/text.png output=@/out        | 2 | @/text.png is not an image, whatever its name says
            model=MODEL image=@/text.tif output=@/out        | 2 | @/text.tif is not an image, whatever its name says
            model=MODEL image=@/text.dcm output=@/out        | 2 | ImageJ cannot open the image @/text.dcm
            model=MODEL image=@/cut.tif output=@/out         | 2 | The image @/cut.tif is broken or cut short
            image=@/image.tif output=@/out                   | 2 | model= is missing:
            model=@/none image=@/image.tif output=@/out      | 1 | There is no model @/none
            model=@/text.png image=@/image.tif output=@/out  | 1 | @/text.png is cut short or no zip file
            model=@ image=@/image.tif output=@/out           | 1 | @ is a folder, not a model
            model=MODEL image=@/void.tif output=@/out        | 1 | The image void.tif has no pixel that is a number
            model=MODEL image=@/image.tif output=@/out tags=cube | 1 | The model does not know the tag cube, but only disc, ring
            model=MODEL image=@/image.tif output=@           | 1 | The output @ holds other files already
            model=MODEL image=@/image.tif output=@/text.png  | 1 | The output @/text.png is a file
            model=MODEL image=@/image.tif output=@/out rois=maybe | 2 | rois=maybe is not a choice: it must be on or off.
            model=MODEL image=@/image.tif output=@/out tile=0 | 2 | tile=0
            model=MODEL imgae=@/image.tif output=@/out       | 2 | 'segment-image' has no key 'imgae'. Did you mean image=?
            """)
    void wrongUseIsASentence(String line, int code, String sentence) throws IOException {
        ImagePlus image = WavyImages.single(16);
        image.setTitle("image");
        Path whole = saved(image);
        Files.writeString(folder.resolve("text.png"), "no picture");
        Files.writeString(folder.resolve("text.tif"), "II*");
        Files.writeString(folder.resolve("text.dcm"), "no picture");
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(folder.resolve("cut.tif"), Arrays.copyOf(bytes, bytes.length / 2));
        ImagePlus nothing = new ImagePlus("void", new FloatProcessor(8, 8));
        nothing.getProcessor().setValue(Float.NaN);
        nothing.getProcessor().fill();
        saved(nothing);
        String[] words = line.replace("@", folder.toString()).split(" +");
        for (int i = 0; i < words.length; i++)
            words[i] = words[i].replace("MODEL", model.toString());
        Ended ended = terminal(words);
        assertEquals(code, ended.code, ended.err);
        assertTrue(ended.err.startsWith(sentence.replace("@", folder.toString())), ended.err);
        assertFalse(ended.err.contains("\tat "), ended.err);
        assertFalse(Files.exists(folder.resolve("out").resolve("image.tif")));
        assertFalse(Files.exists(folder.resolve("status.json")), "nothing is written beside the image");
    }

    // ---- ImageJ 1.x

    /**
     * Runs a macro as ImageJ without a screen does. ImageJ 1.x itself reads its menus only with a screen, so they are
     * brought here; in Fiji they are there.
     */
    @SuppressWarnings("unchecked")
    private static String macro(String text) throws Exception {
        Field menus = Menus.class.getDeclaredField("pluginsTable");
        menus.setAccessible(true);
        Object before = menus.get(null);
        menus.set(null, new Hashtable<>(Map.of("Segment Image...", LegacyBridge.class.getName() + "(\"segment-image\")")));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return thread.submit((Callable<String>) () -> IJ.runMacro(text)).get();
        } finally {
            thread.shutdown();
            menus.set(null, before);
            for (ImagePlus left = Interpreter.getLastBatchModeImage(); left != null; left = Interpreter
                    .getLastBatchModeImage())
                Interpreter.removeBatchModeImage(left);
        }
    }

    @Test
    void aMacroSegmentsTheActiveImage() throws Exception {
        ResultsTable.getResultsTable().reset();
        Path file = saved(WavyImages.stack(8, 1, 2, 1));
        String said = macro("open('" + file + "');\n"
                + "before = getImageID();\n"
                + "run('Segment Image...', 'model=[" + model + "]" + KEYS + "');\n"
                + "labels = getTitle(); slices = nSlices; regions = Overlay.size; getStatistics(area, mean, min, max);\n"
                + "rows = nResults; tag = getResultString('Tag', 3); slice = getResult('Slice', 3);\n"
                + "getPixelSize(unit, width, height);\n"
                + "selectImage(before);\n"
                + "run('Segment Image...', 'model=[" + model + "] tags=ring rois=off" + KEYS + "');\n"
                + "return labels + '/' + slices + '/' + regions + '/' + max + '/' + rows + '/' + tag + '/' + slice + '/'"
                + " + width + unit + '/' + nResults + '/' + nImages + '/' + Overlay.size;");
        assertEquals("wavy stack-labels/2/4/2/4/ring/2/0.25microns/6/3/0", said);
    }

    @Test
    void aMacroMayNameAnOpenImageOrAFile() throws Exception {
        Path single = saved(WavyImages.single(8));
        Path stack = saved(WavyImages.stack(8, 1, 3, 1));
        String said = macro("open('" + single + "'); open('" + stack + "');\n"
                + "run('Segment Image...', 'model=[" + model + "] image=[waves 8.tif]" + KEYS + "');\n"
                + "first = getTitle();\n"
                + "close('*');\n"
                + "run('Segment Image...', 'model=[" + model + "] image=[" + stack + "]" + KEYS + "');\n"
                + "return first + '/' + getTitle() + nSlices;");
        assertEquals("waves 8-labels/wavy stack-labels3", said);
    }

    /** What ImageJ is told, which stops a macro: see the tests with windows. */
    @Test
    void theBridgeTellsWhatIsWrong() throws Exception {
        String known = "model=[" + model + "] output=[" + folder.resolve("out") + "] ";
        assertTrue(complaint(known).startsWith("No image is open"), complaint(known));
        WindowManager.setTempCurrentImage(WavyImages.single(8));
        assertTrue(complaint("").startsWith("model= is missing"), complaint(""));
        assertTrue(complaint(known + "tags=cube").contains("does not know the tag cube"));
        assertTrue(complaint(known + "rois=maybe").startsWith("rois=maybe is not a choice"));
        assertTrue(complaint(known + "image=nothing").startsWith("image=nothing is neither the title of an open"));
        assertTrue(complaint("output=[" + folder + "] model=[" + models.resolve("wrong.palimpsest") + "]").contains("no zip file"));
    }

    /** What is written to the console, as without a screen. */
    private static String complaint(String options) throws Exception {
        ImagePlus active = WindowManager.getTempCurrentImage();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            Thread thread = new Thread(() -> {
                WindowManager.setTempCurrentImage(active);
                Macro.setOptions(options + KEYS);
                new LegacyBridge().run("segment-image");
            }, "Run$_test");
            thread.start();
            thread.join();
        } finally {
            System.setOut(console);
        }
        return said.toString(StandardCharsets.UTF_8).replace("Palimpsest: ", "");
    }

    // ---- SciJava

    private static Module scijava(Map<String, Object> inputs) throws Exception {
        try (Context context = new Context(CommandService.class)) {
            CommandInfo info = context.service(CommandService.class).getCommand(SegmentImage.class);
            return context.service(ModuleService.class).run(info, true, inputs).get();
        }
    }

    /** All of them: SciJava takes those that are missing from whatever ran before, in another process even. */
    private static Map<String, Object> inputs(Object... more) {
        Map<String, Object> inputs = new HashMap<>(Map.of("model", model.toFile(), "device", "cpu", "threads", 1, "memory",
                4096, "refine", "off", "tags", "predicted", "tile", "1.5"));
        inputs.putAll(Map.of("probabilities", "off", "overlays", "off", "rois", "on", "measurements", "on"));
        inputs.put("output", null);
        for (int i = 0; i < more.length; i += 2)
            inputs.put((String) more[i], more[i + 1]);
        return inputs;
    }

    @Test
    void sciJavaGivesTheLabelsAsAnOutput() throws Exception {
        ImagePlus image = WavyImages.stack(16, 1, 1, 2);
        Module done = scijava(inputs("image", image, "probabilities", "on", "output", folder.resolve("out").toFile()));
        ImagePlus labels = (ImagePlus) done.getOutput("label_image");
        assertEquals("wavy stack-labels", labels.getTitle());
        assertEquals(2, labels.getNFrames());
        assertNotNull(done.getOutput("probability_maps"));
        assertTrue(Files.exists(folder.resolve("out/measurements/wavy stack.tif.csv")));
        assertFalse(labels.isVisible());
    }

    @Test
    void sciJavaIsToldWhatIsWrong() throws Exception {
        SegmentImage none = (SegmentImage) scijava(inputs()).getDelegateObject();
        assertTrue(none.isCanceled());
        assertTrue(none.getCancelReason().startsWith("No image is open"), none.getCancelReason());
        SegmentImage cube = (SegmentImage) scijava(inputs("image", WavyImages.single(8), "tags", "cube")).getDelegateObject();
        assertTrue(cube.getCancelReason().contains("does not know the tag cube"), cube.getCancelReason());
    }
}
