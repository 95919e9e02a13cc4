package io.github.palimpsest.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

    private static Document report(DrawnRun drawn) throws Exception {
        RunPage.write(drawn.run(), name -> {
            if (name.startsWith("../"))
                throw new UserException("It is not there.");
            return drawn.pixels(name);
        }, RunPage.DEFAULT_EXAMPLES);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(Files.readAllBytes(drawn.run().report())));
    }

    private static List<String> texts(Document page, String element) {
        List<String> texts = new ArrayList<>();
        NodeList nodes = page.getElementsByTagName(element);
        for (int i = 0; i < nodes.getLength(); i++)
            texts.add(nodes.item(i).getTextContent());
        return texts;
    }
}
