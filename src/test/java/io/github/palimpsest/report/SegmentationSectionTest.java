package io.github.palimpsest.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import io.github.palimpsest.evaluation.ConfusionMatrix;
import io.github.palimpsest.report.SegmentationStory.Pass;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.UserException;

class SegmentationSectionTest {

    private static final String HOSTILE = "<script>alert('x')</script>&\"\u202e\u0007";

    @TempDir
    Path temp;

    private SegmentedRun run;

    @BeforeEach
    void segment() throws Exception {
        run = SegmentedRun.write(temp);
    }

    @Test
    void everyPartOfTheStoryIsTold() throws Exception {
        Document page = parsed(run.html());
        assertEquals(List.of("Warnings about the segmentation", "From regions to a segmentation", "Training masks",
                "What was tried for the background", "Training of the segmentation"), texts(page, "h2"));
        assertEquals(2, texts(page, "h3").size());
        assertEquals(2, page.getElementsByTagName("svg").getLength());
        // The image, cue, mask and first pass; the second pass has left no predictions.
        assertEquals(2 * 4, page.getElementsByTagName("img").getLength());
        String text = page.getDocumentElement().getTextContent();
        for (String part : List.of("PSL takes part", "40.0\u00a0%", "41.0\u00a0%", "2.0\u00a0%", "12.0\u00a0%", "0.250",
                "otsu (chosen)", "otsu, thresholding alone", "0.798", "not there", "PSL++, pass 1", "0.050",
                "almost nothing"))
            assertTrue(text.contains(part), part);
        assertEquals(run.html(), run.html());
    }

    @Test
    void whatWasTriedIsInOrderOfTheCriterion() throws Exception {
        List<String> heads = texts(parsed(run.html()), "th");
        assertTrue(heads.indexOf("otsu (chosen)") < heads.indexOf("rbd"));
        assertTrue(heads.indexOf("rbd") < heads.indexOf("none"), "what could not be measured comes last");
    }

    @Test
    void aPartOfTheLossThatIsOffHasNoCurve() throws Exception {
        Path first = run.drawn().run().passLog(0);
        assertTrue(PassCurves.of(0, first).figure().contains("online mask"));
        assertFalse(PassCurves.of(1, run.drawn().run().passLog(1)).figure().contains("online mask"));
        Files.writeString(first, "epoch,loss,online\n1,0.5,\n2,0.25,0.1\n");
        assertTrue(PassCurves.of(0, first).figure().contains("online mask"));
    }

    @Test
    void scoresAreShownWhenThereAreSome() throws Exception {
        Path folder = Files.createDirectories(run.drawn().run().root().resolve("segmentation"));
        Files.writeString(folder.resolve("scores.json"), """
                {"images":101,"miou":0.6812,"pixel_accuracy":0.9,"classes":{"background":{"iou":0.8,"precision":0.9,
                "recall":null,"pixels":12345},"cow":"?"},"warnings":["look \\"here\\""]}""");
        ConfusionFigure.write(List.of("background", "cow"), new ConfusionMatrix(2), folder.resolve("confusion.png"));
        Document page = parsed(run.html());
        assertTrue(texts(page, "h2").contains("Scores of the segmentation"));
        String text = page.getDocumentElement().getTextContent();
        for (String part : List.of("0.681", "90.0\u00a0%", "12345", "101"))
            assertTrue(text.contains(part), part);
        assertEquals(2 * 4 + 1, page.getElementsByTagName("img").getLength());
    }

    @Test
    void damagedFilesAreSaidAndTheRestIsShown() throws Exception {
        RunFolder folder = run.drawn().run();
        Files.createDirectories(folder.root().resolve("segmentation"));
        Files.writeString(folder.root().resolve("segmentation/scores.json"), "{\"miou\":");
        Files.writeString(folder.passLog(0), "epoch;loss\n1;2\n");
        String text = parsed(run.html()).getDocumentElement().getTextContent();
        assertTrue(text.contains("cannot be read as scores"), text);
        assertTrue(text.contains("is not a training log"), text);
        String unreadable = SegmentationSection.html(folder, run.drawn().record().images(), run.story(), name -> {
            throw new UserException(HOSTILE);
        }, 2);
        String told = parsed(unreadable).getDocumentElement().getTextContent();
        assertEquals(2, told.split("cannot be shown", -1).length - 1);
    }

    @Test
    void anyonesTextIsHarmless() throws Exception {
        SegmentationStory hostile = new SegmentationStory(List.of(HOSTILE), List.of(), List.of(HOSTILE),
                new SegmentationStory.Masks(0, 0, 0, 0,
                        List.of(new SegmentationStory.TagMask(HOSTILE, 1, 1, 1, 1, 1L, 1))),
                List.of(new SegmentationStory.CueTrial(HOSTILE, null, null, 1, Double.NaN, true)),
                List.of(new SegmentationStory.PlainThreshold(HOSTILE, null, null)),
                List.of(new Pass(0, null, null, Map.of(HOSTILE, .1))), List.of(HOSTILE));
        Document page = parsed(SegmentationSection.html(run.drawn().run(), run.drawn().record().images(), hostile,
                run.drawn()::pixels, 1));
        assertEquals(0, page.getElementsByTagName("script").getLength());
    }

    @Test
    void aRunWithoutASegmentationHasNoSections() {
        SegmentationStory nothing = new SegmentationStory(List.of(), List.of(), List.of(), null, List.of(), List.of(),
                List.of(), List.of());
        assertEquals("", SegmentationSection.html(new RunFolder(temp.resolve("none")), run.drawn().record().images(),
                nothing, run.drawn()::pixels, 3));
    }

    private static Document parsed(String sections) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader("<main>" + sections + "</main>")));
    }

    private static List<String> texts(Document page, String element) {
        NodeList nodes = page.getElementsByTagName(element);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++)
            texts.add(nodes.item(i).getTextContent());
        return texts;
    }
}
