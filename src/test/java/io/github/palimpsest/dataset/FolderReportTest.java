package io.github.palimpsest.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.task.CancellableProgress;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

class FolderReportTest {

    @TempDir
    Path root;

    /** A folder that exists in memory only: how many images have which tags. */
    private static TaggedFolder folder(List<String> tags, Object... counted) {
        List<TaggedImage> images = new ArrayList<>();
        for (int i = 0; i < counted.length; i += 2)
            for (int n = 0; n < (Integer) counted[i]; n++)
                images.add(new TaggedImage("i" + images.size(), Path.of("i"),
                        ((List<?>) counted[i + 1]).stream().map(t -> (Integer) t).toList()));
        return new TaggedFolder(Path.of("folder"), "table", tags, images, List.of());
    }

    private static void assertOneSays(List<String> warnings, String... parts) {
        assertTrue(warnings.stream().anyMatch(w -> List.of(parts).stream().allMatch(w::contains)), warnings.toString());
    }

    @Test
    void aGoodFolderIsNotWarnedAbout() {
        assertEquals(List.of(), FolderReport.aboutTags(folder(List.of("cat", "dog"), 10, List.of(0), 10, List.of(1), 5,
                List.of())));
    }

    @Test
    void fewImagesAndTagsEverywhereAreWarnedAbout() {
        List<String> warnings = FolderReport.aboutTags(folder(List.of("cat", "dog", "yak"), 9, List.of(0, 1), 20,
                List.of(0)));
        assertOneSays(warnings, "Only 9 images", "dog");
        assertOneSays(warnings, "No image", "yak");
        assertOneSays(warnings, "Every image", "cat");
    }

    @Test
    void tagsThatKeepCompanyAreWarnedAboutFromNinetyFivePercent() {
        List<String> tags = List.of("body", "face");
        assertOneSays(FolderReport.aboutTags(folder(tags, 19, List.of(0, 1), 1, List.of(1), 30, List.of(0), 9,
                List.of())),
                "face is within body", "19 of 20");
        assertOneSays(FolderReport.aboutTags(folder(tags, 19, List.of(0, 1), 1, List.of(1), 9, List.of())),
                "body and face can hardly be told apart", "19 of 19");
        assertEquals(List.of(), FolderReport.aboutTags(folder(tags, 18, List.of(0, 1), 2, List.of(1), 30, List.of(0),
                9, List.of())));
        assertEquals(1, FolderReport.aboutTags(folder(tags, 20, List.of(0, 1), 9, List.of())).size());
    }

    @Test
    void oneTagOnEveryImageCannotBeLearnt() {
        assertTrue(assertThrows(UserException.class, () -> FolderReport.requireLearnable(folder(List.of("cat"), 30,
                List.of(0))))
                .getMessage().contains("add images that lack a tag"));
        FolderReport.requireLearnable(folder(List.of("cat"), 30, List.of(0), 1, List.of()));
        FolderReport.requireLearnable(folder(List.of("cat", "dog"), 30, List.of(0), 1, List.of(1)));
    }

    @ParameterizedTest
    @CsvSource({"Red cell,red_cell,true", "nucleus,nuclues,false", "nucleus,nucleos,true", "flower,flowers,true",
            "cell1,cell2,false",
        "cells,cells2,false", "cat,hat,false", "grade a,grade b,false", "typeA,typeB,false", "HER2+,HER2-,false",
        "lymphocyte,lymphocite,true",
        "Neutrophil,neutrophil,true", "well-fed,well fed,true", "car 1,car 11,false", "abcde,xbcde,true",
        "day 1,day 12,false"})
    void aSlipOfThePenIsTold(String a, String b, boolean expected) {
        assertEquals(expected, Spelling.isSame(a, b) || Spelling.isSlip(a, b));
        assertEquals(expected, Spelling.isSame(b, a) || Spelling.isSlip(b, a));
    }

    @Test
    void everyImageIsReadOnceAndBrokenOnesAreLeftOut() throws IOException {
        TaggedFoldersTest.images(root, "cat/1.png", "cat/2.png", "dog/1.png");
        Files.copy(root.resolve("cat/1.png"), root.resolve("dog/copy.png"));
        Files.copy(root.resolve("cat/2.png"), root.resolve("cat/copy.png"));
        Files.writeString(root.resolve("dog/broken.png"), "no image");
        FolderReport report = FolderReport.of(TaggedFolders.read(root, Selection.all()), ReadSettings.DEFAULT, 3,
                Progress.silent());
        assertEquals(List.of("cat/1.png", "cat/2.png", "cat/copy.png", "dog/1.png", "dog/copy.png"),
                report.folder().images().stream().map(TaggedImage::name).toList());
        assertEquals(6, report.checks().size());
        ImageCheck first = report.checks().get(0);
        assertTrue(first.isUsable() && first.width() == 4 && first.height() == 3 && first.sha256().length() == 64);
        assertFalse(report.checks().get(4).isUsable());
        assertEquals("dog/broken.png", report.folder().skipped().get(0).name());
        assertOneSays(report.folder().warnings(), "1 of 6 images", "broken.png");
        assertOneSays(report.folder().warnings(), "cat/1.png (cat) = dog/copy.png (dog)");
        assertOneSays(report.folder().warnings(), "cat/2.png = cat/copy.png");
    }

    @Test
    void theChecksumIsThatOfTheFile() throws IOException {
        TaggedFoldersTest.images(root, "a.png");
        Path file = Files.writeString(root.resolve("abc.txt"), "abc"); // the first example of FIPS 180
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ImageCheck.sha256(file));
    }

    @Test
    void checkingCanBeCancelled() {
        TaggedFoldersTest.images(root, "cat/1.png", "cat/2.png");
        TaggedFolder folder = TaggedFolders.read(root, Selection.all());
        Progress cancelled = new CancellableProgress(() -> true);
        assertThrows(CancelledException.class, () -> FolderReport.of(folder, ReadSettings.DEFAULT, 2, cancelled));
    }

    @Test
    void aFolderOfBrokenImagesIsRefused() throws IOException {
        Files.createDirectories(root.resolve("cat"));
        Files.writeString(root.resolve("cat/1.png"), "no image");
        TaggedFolder folder = TaggedFolders.read(root, Selection.all());
        String sentence = assertThrows(UserException.class,
                () -> FolderReport.of(folder, ReadSettings.DEFAULT, 1, Progress.silent())).getMessage();
        assertTrue(sentence.contains("1.png") && sentence.contains(root.toString()), sentence);
    }

    @Test
    void facesWithoutBodiesAreMissedInTheSharedPhotographs() {
        TaggedFolder folder = TaggedFolders.read(TaggedFoldersTest.shared("msrc_v2"), Selection.split("train"));
        FolderReport report = FolderReport.of(folder, ReadSettings.DEFAULT, 2, Progress.silent());
        assertEquals(365, report.folder().images().size());
        assertOneSays(report.folder().warnings(), "The tag face is within body", "tell them apart");
    }
}
