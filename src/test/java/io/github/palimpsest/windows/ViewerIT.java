package io.github.palimpsest.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.Point;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.awt.event.WindowEvent;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import javax.swing.AbstractButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JTextArea;
import javax.swing.JTextField;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.process.ColorProcessor;
import io.github.palimpsest.segmentation.masks.WrittenRun;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.RunRecord.ImageRecord;

/** The viewer in a plain ImageJ 1.x, used with mouse and keyboard. */
class ViewerIT {

    private static final int SIDE = 64;
    private static final String TITLE = "Palimpsest: rounds of run";
    private static final Map<String, String> SETTINGS = Map.of("mining", "share_of_maximum", "delta", "0.5",
            "envelope_from", "0");

    private static PlainImageJ imagej;
    private static WrittenRun written;

    @BeforeAll
    static void start() throws Exception {
        imagej = PlainImageJ.start("viewer");
        Path folder = imagej.folder().resolve("a run");
        written = new WrittenRun(folder, "cell", "fibre");
        ImageRecord cells = written.image("cells.tif", SIDE, pixels(), "cell", "fibre");
        ImageRecord more = written.image("more.png", SIDE, pixels(), "cell");
        written.image("nothing.png", SIDE, SIDE);
        ImagePlus calibrated = new ImagePlus("cells", new ColorProcessor(SIDE, SIDE, pixels()));
        calibrated.getCalibration().pixelWidth = .5;
        calibrated.getCalibration().pixelHeight = .5;
        calibrated.getCalibration().setUnit("um");
        IJ.saveAsTiff(calibrated, folder.resolve("images").resolve("cells.tif").toString());
        for (int round = 1; round <= 3; round++) {
            written.cam(round, cells, 4, 0, 1, 0, 0, 2, 8, 4, 0, 0, 2, 1, 0, 0, 0, 0, 0,
                    0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 6, 0, 0, 0, 2);
            written.cam(round, more, 4, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0);
        }
        String first = IntStream.range(0, SIDE * SIDE).mapToObj(i -> i < SIDE ? "1" : "0").reduce("", String::concat);
        written.regions(cells, first, "0".repeat(SIDE * SIDE));
        written.regions(more, first);
        for (ImageRecord image : List.of(cells, more))
            new LabelStack(List.of("erased"), SIDE, SIDE, List.of(new byte[SIDE * SIDE])).write(written.run.erased(image.name()));
        written.round(true);
        written.round(true);
        written.record(SETTINGS, false);
    }

    /** Two cells and a fibre on a pale ground. */
    private static int[] pixels() {
        return IntStream.range(0, SIDE * SIDE).map(i -> {
            int x = i % SIDE;
            int y = i / SIDE;
            if (Math.hypot(x - 24, y - 24) < 13)
                return Math.hypot(x - 24, y - 24) < 5 ? 0x603080 : 0xC090B0;
            return Math.abs(x - 54) < 3 ? 0x508060 : 0xE8E4DC;
        }).toArray();
    }

    @AfterAll
    static void end() throws Exception {
        if (imagej != null)
            imagej.close();
    }

    @BeforeEach
    void open() {
        String run = written.run.root().toString();
        imagej.play(desktop -> {
            IJ.run("View Rounds...", "run_folder=[" + run + "]");
            desktop.window(TITLE);
            Viewer viewer = new Viewer(desktop);
            desktop.await(() -> viewer.text("mined-0").contains("px"), "a first picture");
            java.awt.Robot eye = new java.awt.Robot();
            desktop.await(() -> !eye.getPixelColor(600, 400).equals(eye.getPixelColor(600, 8)), "a painted window");
            // A screen without a window manager gives the keyboard to what is clicked.
            desktop.click(viewer.find(JLabel.class, "title"));
            return null;
        });
    }

    /** However a test ends, the next one begins without a viewer, and the thread of this one is gone. */
    @AfterEach
    void close() {
        imagej.play(desktop -> {
            Window window = desktop.window(TITLE);
            java.awt.EventQueue.invokeAndWait(() -> window.dispatchEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSING)));
            desktop.await(() -> !desktop.isVisible(TITLE), "an end of the viewer");
            desktop.await(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(thread ->
                    thread.getName().equals("palimpsest-viewer")), "an end of its thread");
            return null;
        });
        assertEquals("", imagej.console());
    }

    /** What a test sees of the viewer. */
    private record Viewer(Desktop desktop) {

        <C extends JComponent> C find(Class<C> type, String name) {
            return desktop.all(type, (java.awt.Container) desktop.window(TITLE)).stream()
                    .filter(component -> name.equals(component.getName())).findFirst()
                    .orElseThrow(() -> new AssertionError("There is no " + name));
        }

        boolean has(String name) {
            return desktop.all(JComponent.class, (java.awt.Container) desktop.window(TITLE)).stream()
                    .anyMatch(component -> name.equals(component.getName()));
        }

        String status() {
            return find(JTextArea.class, "status").getText();
        }

        String text(String name) {
            return find(JLabel.class, name).getText();
        }

        String pixel() {
            return find(JComponent.class, "pixel").getAccessibleContext().getAccessibleDescription();
        }

        long mined() {
            return Long.parseLong(text("mined-0").replaceAll("\\D", ""));
        }

        /** Clicks a place of the picture, as fractions of its sides: the images are square and fill the lower side. */
        void clickPicture(double x, double y) {
            Component canvas = find(JComponent.class, "picture");
            Point corner = canvas.getLocationOnScreen();
            int side = Math.min(canvas.getWidth(), canvas.getHeight()) - 28;
            desktop.click(corner.x + (canvas.getWidth() - side) / 2 + (int) (x * side),
                    corner.y + (canvas.getHeight() - side) / 2 + (int) (y * side));
        }
    }

    @Test
    void theThresholdIsLive() {
        imagej.play(desktop -> {
            Viewer viewer = new Viewer(desktop);
            desktop.screenshot("viewer");
            long own = viewer.mined();
            assertEquals("0.5", viewer.find(JTextField.class, "delta").getText());
            assertTrue(own > 0, "something is mined");
            assertEquals(own * .25, Double.parseDouble(viewer.text("mined-2").replaceAll("[^0-9.]", "")), .06,
                    "in square microns");
            assertTrue(viewer.text("mined-2").endsWith("\u00b5m\u00b2"), viewer.text("mined-2"));
            Component slider = viewer.find(JComponent.class, "delta-slider");
            Point corner = slider.getLocationOnScreen();
            desktop.click(corner.x + slider.getWidth() / 5, corner.y + slider.getHeight() / 2);
            desktop.await(() -> viewer.mined() > own, "more to mine");
            desktop.screenshot("viewer-threshold");
            long more = viewer.mined();
            desktop.type(KeyEvent.VK_CLOSE_BRACKET);
            desktop.await(() -> viewer.mined() < more, "less to mine");
            desktop.click(viewer.find(AbstractButton.class, "delta-own"));
            desktop.await(() -> viewer.mined() == own, "what the run mined");
            return null;
        });
    }

    @Test
    void aClickTellsTagRoundAndScore() {
        imagej.play(desktop -> {
            Viewer viewer = new Viewer(desktop);
            viewer.clickPicture(.383, .383);
            desktop.await(() -> viewer.pixel().startsWith("x 24, y 24: cell, round 1, score "), "a reading: " + viewer.pixel());
            assertTrue(viewer.pixel().endsWith("(100 % of the maximum), not mined"), viewer.pixel());
            desktop.type(KeyEvent.VK_T);
            desktop.type(KeyEvent.VK_2);
            desktop.await(() -> viewer.pixel().contains("fibre, round 2, score 0.000"), "the other tag: " + viewer.pixel());
            viewer.clickPicture(.008, .008);
            desktop.await(() -> viewer.pixel().startsWith("x 0, y 0: fibre"), "another pixel: " + viewer.pixel());
            desktop.click(viewer.find(AbstractButton.class, "tag-1"));
            desktop.click(viewer.find(AbstractButton.class, "round-1"));
            desktop.await(() -> viewer.pixel().endsWith("mined in round 1"), "the first tag: " + viewer.pixel());
            desktop.screenshot("viewer-pixel");
            return null;
        });
    }

    @Test
    void keysAndTypingChooseAnImage() {
        imagej.play(desktop -> {
            Viewer viewer = new Viewer(desktop);
            assertEquals("cells.tif", viewer.text("title"));
            desktop.type(KeyEvent.VK_PAGE_DOWN);
            desktop.await(() -> viewer.text("title").equals("more.png") && viewer.text("mined-0").contains("px"),
                    "the next image");
            assertTrue(!viewer.has("mined-2"), "its pixels have no size");
            desktop.click(viewer.find(AbstractButton.class, "next"));
            desktop.await(() -> viewer.text("title").equals("nothing.png") && viewer.text("mined-0").equals("\u2013"),
                    "the last image");
            desktop.screenshot("viewer-no-tag");
            desktop.type(KeyEvent.VK_PAGE_DOWN);
            desktop.type(KeyEvent.VK_T);
            desktop.type(KeyEvent.VK_2);
            desktop.type(KeyEvent.VK_PAGE_UP);
            desktop.await(() -> viewer.text("title").equals("more.png"), "the image before");
            JTextField filter = viewer.find(JTextField.class, "filter");
            desktop.click(filter);
            desktop.typeOver("fibre1");
            assertEquals("fibre1", filter.getText());
            assertTrue(viewer.find(AbstractButton.class, "round-2").isSelected(), "what is typed there is no key of the viewer");
            desktop.type(KeyEvent.VK_BACK_SPACE);
            desktop.await(() -> viewer.text("title").equals("cells.tif"), "the only image of that tag");
            return null;
        });
    }

    @Test
    void thePageKeysWorkWhateverHasTheFocus() {
        imagej.play(desktop -> {
            Viewer viewer = new Viewer(desktop);
            for (String focused : List.of("preview", "delta-slider")) {
                desktop.click(viewer.find(JComponent.class, focused));
                desktop.type(KeyEvent.VK_PAGE_DOWN);
                desktop.await(() -> viewer.text("title").equals("more.png"), "the next image after a click on " + focused);
                desktop.type(KeyEvent.VK_PAGE_UP);
                desktop.await(() -> viewer.text("title").equals("cells.tif"), "the image before");
            }
            return null;
        });
    }

    @Test
    void aTypedThresholdCountsWhenTheFieldIsLeft() {
        imagej.play(desktop -> {
            Viewer viewer = new Viewer(desktop);
            long own = viewer.mined();
            desktop.click(viewer.find(JTextField.class, "delta"));
            desktop.typeOver("0.9");
            viewer.clickPicture(.383, .383);
            desktop.await(() -> viewer.mined() < own, "less to mine");
            return null;
        });
    }

    @Test
    void aThresholdThatIsNoneIsToldAndTheOldOneStays() {
        imagej.play(desktop -> {
            Viewer viewer = new Viewer(desktop);
            long own = viewer.mined();
            JTextField delta = viewer.find(JTextField.class, "delta");
            desktop.click(delta);
            desktop.typeOver("junk");
            viewer.clickPicture(.383, .383);
            String sentence = "\u03b4 is to be a number from 0.001 to 1, not \u201cjunk\u201d: it is 0.5 still.";
            desktop.await(() -> viewer.status().equals(sentence) && delta.getText().equals("0.5"), "a sentence: " + viewer.status());
            desktop.await(() -> viewer.pixel().startsWith("x 24, y 24"), "a reading");
            assertEquals(sentence, viewer.status(), "the click that left the field does not take it away");
            desktop.screenshot("viewer-no-threshold");
            assertEquals(own, viewer.mined());
            desktop.click(delta);
            desktop.typeOver("7");
            desktop.type(KeyEvent.VK_ENTER);
            desktop.await(() -> viewer.status().contains("not \u201c7\u201d"), "a sentence: " + viewer.status());
            desktop.typeOver("0.6");
            desktop.type(KeyEvent.VK_ENTER);
            desktop.await(() -> viewer.status().startsWith("Page Up/Down"), "an end of the sentence: " + viewer.status());
            return null;
        });
    }

    @Test
    void layersAreSwitchedAndFaded() {
        imagej.play(desktop -> {
            Viewer viewer = new Viewer(desktop);
            Component canvas = viewer.find(JComponent.class, "picture");
            Point corner = canvas.getLocationOnScreen();
            Point middle = new Point(corner.x + canvas.getWidth() / 2, corner.y + canvas.getHeight() / 2);
            java.awt.Robot eye = new java.awt.Robot();
            int with = eye.getPixelColor(middle.x, middle.y).getRGB();
            desktop.click(viewer.find(AbstractButton.class, "preview"));
            desktop.click(viewer.find(AbstractButton.class, "cam"));
            desktop.await(() -> (eye.getPixelColor(middle.x, middle.y).getRGB() & 0xFFFFFF) == 0xC090B0
                    || (eye.getPixelColor(middle.x, middle.y).getRGB() & 0xFFFFFF) == 0xE8E4DC, "the image alone");
            assertNotEquals(with, eye.getPixelColor(middle.x, middle.y).getRGB());
            assertTrue(!viewer.find(AbstractButton.class, "truth").isEnabled(), "there are no masks");
            desktop.click(viewer.find(AbstractButton.class, "original"));
            desktop.await(() -> (eye.getPixelColor(middle.x, middle.y).getRGB() & 0xFFFFFF) == 0xFDFCF9, "nothing but paper");
            return null;
        });
    }

    @Test
    void theHyperstackOpensAndWhatIsMissingIsSaid() {
        imagej.play(desktop -> {
            Viewer viewer = new Viewer(desktop);
            desktop.click(viewer.find(AbstractButton.class, "bigdataviewer"));
            desktop.await(() -> viewer.status().startsWith("BigDataViewer is not installed here"), "a sentence");
            desktop.screenshot("viewer-no-bigdataviewer");
            desktop.click(viewer.find(AbstractButton.class, "hyperstack"));
            desktop.await(() -> WindowManager.getImage("cells-rounds") != null && WindowManager.getImage("cells-rounds").isVisible(),
                    "the hyperstack");
            ImagePlus hyperstack = WindowManager.getImage("cells-rounds");
            assertEquals(List.of(SIDE, SIDE, 5, 2, viewer.has("round-3") ? 3 : 2),
                    IntStream.of(hyperstack.getDimensions()).boxed().toList());
            assertEquals(.5, hyperstack.getCalibration().pixelWidth);
            desktop.click(viewer.find(AbstractButton.class, "tag-2"));
            desktop.click(viewer.find(AbstractButton.class, "round-2"));
            desktop.await(() -> hyperstack.getZ() == 2 && hyperstack.getT() == 2, "the hyperstack at what was chosen");
            hyperstack.getWindow().setLocation(300, 120);
            for (int i = 0; i < 4; i++)
                IJ.run(hyperstack, "In [+]", "");
            hyperstack.getWindow().toFront();
            desktop.screenshot("viewer-hyperstack");
            desktop.onEvents(() -> {
                hyperstack.close();
                return null;
            });
            return null;
        });
    }

    @Test
    void macrosShowAndSave() {
        String run = written.run.root().toString();
        imagej.play(desktop -> {
            IJ.run("View Rounds...", "run_folder=[" + run + "] show_as=hyperstack image_name=more.png opacity=0.3");
            ImagePlus hyperstack = IJ.getImage();
            assertEquals("more-rounds", hyperstack.getTitle());
            assertEquals(.3, ((ij.gui.ImageRoi) hyperstack.getOverlay().get(0)).getOpacity(), .01);
            desktop.onEvents(() -> {
                hyperstack.close();
                return null;
            });
            File figure = new File(run + " figure.png");
            IJ.run("View Rounds...", "run_folder=[" + run + "] show_as=figure tag_name=fibre output=[" + figure + "]");
            assertTrue(figure.length() > 1000, "the figure");
            // What is said of a saved file is said in the log.
            Window log = desktop.window("Log");
            desktop.onEvents(() -> {
                log.dispose();
                return null;
            });
            return null;
        });
    }

    /** A round ends while somebody looks. */
    @Test
    void aRunThatIsTrainedIsFollowed() {
        String before = imagej.play(desktop -> new Viewer(desktop).text("state"));
        assertEquals("64 \u00d7 64 pixels \u00b7 2 rounds, still being trained", before);
        written.round(true);
        written.record(SETTINGS, true);
        imagej.play(desktop -> {
            Viewer viewer = new Viewer(desktop);
            desktop.await(() -> viewer.has("round-3"), "the new round");
            desktop.type(KeyEvent.VK_3);
            desktop.await(() -> viewer.find(AbstractButton.class, "round-3").isSelected(), "the choice of it");
            assertEquals("64 \u00d7 64 pixels \u00b7 3 rounds", viewer.text("state"));
            return null;
        });
    }

    @Test
    void aDamagedFileIsASentenceAndTheRestIsShown() throws Exception {
        File map = written.run.cam(1, "more.png").toFile();
        byte[] whole = Files.readAllBytes(map.toPath());
        Files.writeString(map.toPath(), "no TIFF");
        try {
            imagej.play(desktop -> {
                Viewer viewer = new Viewer(desktop);
                desktop.type(KeyEvent.VK_PAGE_DOWN);
                desktop.await(() -> viewer.status().contains("more.png.tif is damaged"), "a sentence");
                desktop.screenshot("viewer-damaged");
                desktop.type(KeyEvent.VK_2);
                desktop.await(() -> viewer.text("mined-0").contains("px"), "the sound round");
                return null;
            });
        } finally {
            Files.write(map.toPath(), whole);
        }
    }
}
