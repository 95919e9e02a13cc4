package io.github.palimpsest.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

import io.github.palimpsest.background.CueKind;
import io.github.palimpsest.background.Ground;
import io.github.palimpsest.segmentation.SegmentationRecord;
import io.github.palimpsest.segmentation.SegmentationRecord.PassRecord;
import io.github.palimpsest.segmentation.masks.ChosenMasks;
import io.github.palimpsest.segmentation.masks.MaskSettings.Way;
import io.github.palimpsest.segmentation.masks.MaskStatistics;
import io.github.palimpsest.segmentation.masks.MaskStatistics.TagShare;
import io.github.palimpsest.segmentation.masks.PlainMasks;
import io.github.palimpsest.segmentation.masks.TriedMasks;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.task.UserException;

class RunPageTest {

    private static final String HOSTILE = "<script>alert('x')</script>&\"\u202e\u0007";

    @TempDir
    Path temp;

    private DrawnRun drawn;

    @BeforeEach
    void drawARun() throws Exception {
        drawn = DrawnRun.write(temp);
    }

    @Test
    void thePageHasEverySection() throws Exception {
        Document page = report(drawn);
        assertEquals(List.of("Warnings", "Round by round", "Curves", "Tags", "Settings", "Skipped images"),
                texts(page, "h2"));
        assertEquals(6, texts(page, "h3").size());
        assertEquals(3, page.getElementsByTagName("svg").getLength());
        String text = page.getDocumentElement().getTextContent();
        for (String part : List.of("12 images (2 of them without a tag)", "3 tags", "ciliate", "ended the run at round 3",
                "not merged", "fewer than 10 images", "broken.png: not an image", "CPU with oneDNN", "epoch"))
            assertTrue(text.contains(part), part);
    }

    @Test
    void scoresAreShownWhenThereAreSome() throws Exception {
        Files.writeString(drawn.run().scores(), """
                {"rounds":[{"round":1,"cam_miou":0.52,"cam_threshold":0.3,"accumulated_miou":0.52,"average_precision":0.96,
                "precision":0.9,"recall":0.2,"regions_miou":0.31},{"round":2,"cam_miou":null,"regions_miou":0.408}]}""");
        Document page = report(drawn);
        assertTrue(texts(page, "h2").contains("Scores"));
        assertEquals(4, page.getElementsByTagName("svg").getLength());
        String text = page.getDocumentElement().getTextContent();
        assertTrue(text.contains("0.520") && text.contains("0.408") && text.contains("0.30"));
    }

    @Test
    void thePageNeedsNothingFromOutside() throws Exception {
        Document page = report(drawn);
        assertEquals(0, page.getElementsByTagName("script").getLength());
        assertEquals(0, page.getElementsByTagName("link").getLength());
        NodeList pictures = page.getElementsByTagName("img");
        assertTrue(pictures.getLength() > 6 * 6);
        for (int i = 0; i < pictures.getLength(); i++) {
            String source = pictures.item(i).getAttributes().getNamedItem("src").getNodeValue();
            assertTrue(source.startsWith("data:image/png;base64,"));
        }
        String html = Files.readString(drawn.run().report());
        assertFalse(html.replace("http://www.w3.org/", "").matches("(?s).*(https?://|url\\(|@import).*"));
    }

    @Test
    void theSameRunGivesTheSameBytes() throws Exception {
        report(drawn);
        byte[] first = Files.readAllBytes(drawn.run().report());
        report(drawn);
        assertArrayEquals(first, Files.readAllBytes(drawn.run().report()));
    }

    @Test
    void hostileNamesAreOnlyText() throws Exception {
        RunRecord r = drawn.record();
        List<ImageRecord> images = new ArrayList<>(r.images());
        images.add(new ImageRecord("../" + HOSTILE + ".png", "00", 128, 128, List.of(HOSTILE)));
        List<String> tags = new ArrayList<>(r.tags());
        tags.add(HOSTILE);
        drawn.write(new RunRecord(r.format(), HOSTILE, HOSTILE, new LinkedHashMap<>(Map.of(HOSTILE, HOSTILE)), HOSTILE, HOSTILE,
                2, HOSTILE, tags, r.mean(), images, List.of(HOSTILE), List.of(HOSTILE), r.rounds(), false));
        Document page = report(drawn);
        assertEquals(0, page.getElementsByTagName("script").getLength());
        String text = page.getDocumentElement().getTextContent();
        assertTrue(text.contains("<script>alert('x')</script>&\"\ufffd\ufffd"));
        assertTrue(text.contains("cannot be shown"), "an image that cannot be read is said so");
    }

    @Test
    void aRunWithoutARoundHasAReportToo() throws Exception {
        RunRecord r = drawn.record();
        drawn.write(new RunRecord(r.format(), r.program(), r.command(), r.settings(), r.engine(), r.device(), 2, r.folder(), r.tags(),
                r.mean(), r.images(), List.of(), List.of(), List.of(), false));
        Document page = report(drawn);
        assertEquals(List.of("Tags", "Settings"), texts(page, "h2"));
        assertTrue(page.getDocumentElement().getTextContent().contains("No round has been finished yet"));
    }

    @Test
    void mapsThatAreMissingLeaveAGap() throws Exception {
        ImageRecord first = Examples.choose(drawn.record().images(), 1).get(0);
        Files.delete(drawn.run().cam(2, first.name()));
        Files.delete(drawn.run().regions(first.name()));
        assertTrue(report(drawn).getDocumentElement().getTextContent().contains("no map"));
    }

    @Test
    void filesThatAreBrokenAreSaidSoAndTheRestIsShown() throws Exception {
        ImageRecord first = Examples.choose(drawn.record().images(), 1).get(0);
        Files.writeString(drawn.run().cam(3, first.name()), "no TIFF");
        Files.writeString(drawn.run().log(2), "nothing,of,the,kind\n1,2,3,4\n");
        Files.writeString(drawn.run().scores(), "{\"rounds\":[7");
        Document page = report(drawn);
        assertEquals(5, texts(page, "h3").size());
        assertEquals(2, page.getElementsByTagName("svg").getLength());
        String text = page.getDocumentElement().getTextContent();
        for (String part : List.of(first.name() + " cannot be shown", "not a training log", "cannot be read as scores"))
            assertTrue(text.contains(part), part);
    }

    @Test
    void theExamplesCoverTheTags() {
        Set<String> seen = new HashSet<>();
        List<ImageRecord> examples = Examples.choose(drawn.record().images(), 4);
        examples.subList(0, 3).forEach(image -> seen.addAll(image.tags()));
        assertEquals(Set.copyOf(drawn.record().tags()), seen);
        assertEquals(examples, Examples.choose(drawn.record().images(), 4));
        assertTrue(Examples.choose(List.of(new ImageRecord("a", "", 1, 1, List.of())), 4).isEmpty());
    }

    @Test
    void numbersThatAreNoneAreLeftOut() throws Exception {
        RunRecord r = drawn.record();
        drawn.write(new RunRecord(r.format(), r.program(), r.command(), r.settings(), r.engine(), r.device(), 2, r.folder(), r.tags(),
                r.mean(), r.images(), List.of(), List.of(), List.of(new RoundRecord(1, true, .1, null, Map.of(), .1)), true));
        Document page = report(drawn);
        assertFalse(page.getDocumentElement().getTextContent().contains("NaN"));
        assertEquals(2, page.getElementsByTagName("svg").getLength(), "no curve of an average precision that nobody knows");
    }

    @Test
    void aRunThatWentOnTellsOfItsSegmentationFirst() throws Exception {
        SegmentedRun.write(temp);
        segmentation(drawn.run(), ".");
        Document page = report(drawn);
        assertEquals(List.of("From tags to a segmentation", "How the regions were mined"), texts(page, "h1"));
        List<String> sections = texts(page, "h2");
        assertTrue(sections.indexOf("Training masks") < sections.indexOf("Round by round"), sections.toString());
        assertEquals("Settings of the segmentation", sections.get(sections.size() - 1));
        String text = page.getDocumentElement().getTextContent();
        for (String part : List.of("12 images", "label 60.0\u00a0% of the pixels", "once more on what it made", "PSL is on",
                "of 2 ways that were tried on 10 images", "rbd (chosen)", "Thresholding alone (otsu) reaches 0.610",
                "(25.0\u00a0% objects)", "The part is told from its whole.", "model.palimpsest", "masks as thin as hairs", "0.970"))
            assertTrue(text.contains(part), part);
        Files.createDirectories(drawn.run().model().getParent());
        Files.writeString(drawn.run().model().resolveSibling("scores.json"), "{\"images\":3,\"miou\":0.8125}");
        assertTrue(texts(report(drawn), "dd").contains("0.813"), "the score is among the figures at the top");
    }

    @Test
    void aSegmentationBesideItsRunHasAPageThatNamesIt() throws Exception {
        RunFolder result = new RunFolder(temp.resolve("results/first"));
        segmentation(result, "../../" + temp.relativize(drawn.run().root()));
        assertEquals(drawn.run().root().normalize(), RunPage.runOf(result).root());
        Document page = report(result);
        assertEquals(List.of("Segmentation"), texts(page, "h1"));
        assertFalse(texts(page, "h2").contains("Round by round"));
        String text = page.getDocumentElement().getTextContent();
        assertTrue(text.contains("those of the run in " + drawn.run().root().normalize()), text);
        assertFalse(Files.exists(drawn.run().report()), "the run's own page is left alone");
    }

    @Test
    void aRunThatIsGoneIsSaid() {
        RunFolder result = new RunFolder(temp.resolve("results/lost"));
        assertTrue(assertThrows(UserException.class, () -> RunPage.runOf(result)).getMessage().contains("no run in"));
        segmentation(result, "../gone");
        String sentence = assertThrows(UserException.class, () -> report(result)).getMessage();
        assertTrue(sentence.contains("gone (no run.json)") && sentence.endsWith("output=."), sentence);
    }

    @Test
    void aSegmentationThatHasJustBegunIsToldToo() throws Exception {
        Json.write(drawn.run().segmentationRecord(), new SegmentationRecord(1, "Palimpsest", ".", Map.of(), "engine", "CPU", 2,
                null, null, null, "", List.of(), null, List.of(), false));
        assertTrue(report(drawn).getDocumentElement().getTextContent().contains("masks are not made yet"));
    }

    /** A finished segmentation as {@code train-psl} records it. */
    private static void segmentation(RunFolder folder, String run) {
        ChosenMasks best = new ChosenMasks(Way.CRF, CueKind.RBD, Ground.AUTO, .3, .2, 2, .3, .9);
        ChosenMasks other = new ChosenMasks(Way.CRF, CueKind.NONE, Ground.AUTO, .3, 0, 2, .3, .7);
        TriedMasks choice = new TriedMasks(best, List.of(best, other), 10,
                List.of(new PlainMasks(CueKind.OTSU, Ground.DARK, .25, .61)));
        MaskStatistics statistics = new MaskStatistics(12, 1000, 500, 400, 0,
                List.of(new TagShare("ciliate", 5, 4, 400, 100, 0)));
        Json.write(folder.segmentationRecord(), new SegmentationRecord(1, "Palimpsest", run, Map.of("use_psl", "auto"), "engine",
                "CPU", 2, choice, List.of("The part is told from its whole."), statistics, "PSL is on: 40 %.",
                List.of(new PassRecord(0, .3, .1, Map.of("ciliate", .2)), new PassRecord(1, .2, .05, Map.of())), .97, List.of("These are masks as thin as hairs."),
                true));
    }

    private Document report(DrawnRun drawn) throws Exception {
        return report(drawn.run());
    }

    private Document report(RunFolder folder) throws Exception {
        RunPage.write(folder, name -> {
            if (name.startsWith("../"))
                throw new UserException("It is not there.");
            return drawn.pixels(name);
        }, RunPage.DEFAULT_EXAMPLES);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(Files.readAllBytes(folder.report())));
    }

    private static List<String> texts(Document page, String element) {
        List<String> texts = new ArrayList<>();
        NodeList nodes = page.getElementsByTagName(element);
        for (int i = 0; i < nodes.getLength(); i++)
            texts.add(nodes.item(i).getTextContent());
        return texts;
    }
}
