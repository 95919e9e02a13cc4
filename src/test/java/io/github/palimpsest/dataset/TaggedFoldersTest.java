package io.github.palimpsest.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.task.Progress;

class TaggedFoldersTest {

    @TempDir
    Path root;

    private static int drawn;

    /** Writes small images, each different, below a folder. */
    static void images(Path folder, String... names) {
        try {
            for (String name : names) {
                Path file = folder.resolve(name);
                Files.createDirectories(file.getParent());
                BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
                image.setRGB(0, 0, ++drawn);
                ImageIO.write(image, "png", file.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each image's tags by name. */
    static Map<String, List<String>> tagsOf(TaggedFolder folder) {
        Map<String, List<String>> tags = new LinkedHashMap<>();
        for (TaggedImage image : folder.images()) {
            assertTrue(Files.isRegularFile(image.file()));
            tags.put(image.name(), image.tags().stream().map(folder.tags()::get).toList());
        }
        return tags;
    }

    @Test
    void aSubfolderIsATag() {
        images(root, "dog/1.png", "cat/1.png", "cat/old/2.png", "untagged/3.png", "masks/1.png", ".cache/1.png",
                "loose.png");
        TaggedFolder folder = TaggedFolders.read(root, Selection.all());
        assertEquals(List.of("cat", "dog"), folder.tags());
        assertEquals(Map.of("cat/1.png", List.of("cat"), "cat/old/2.png", List.of("cat"), "dog/1.png", List.of("dog"),
                "untagged/3.png", List.of()), tagsOf(folder));
        assertTrue(folder.format().contains("subfolder"));
        assertTrue(folder.warnings().get(0).contains("loose.png"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file,tags\na.png,cat;dog\nb.png,\n", "\uFEFFfile;tags\r\na.png;cat|dog\r\nb.png;\r\n",
        "File\tTags\na.png\t dog ; cat\nb.png\t\n", "file,cat,dog,comment\na.png,1,1,\"x, y\"\nb.png,0,,\n",
        "sep=;\nfile;tags\na.png;\"cat;dog\"\n\nb.png;\n"})
    void aTableNamesTheTags(String table) throws IOException {
        images(root, "a.png", "images/b.png", "images/masks/no.png");
        Files.move(root.resolve("a.png"), root.resolve("images/a.png"));
        Files.writeString(root.resolve("tags.csv"), table);
        TaggedFolder folder = TaggedFolders.read(root, Selection.all());
        assertEquals(Map.of("a.png", List.of("cat", "dog"), "b.png", List.of()), tagsOf(folder));
        assertEquals(List.of(), folder.warnings());
        assertEquals(List.of(), folder.skipped());
    }

    @Test
    void classesGiveTheOrderAndASplitTheImages() throws IOException {
        images(root, "a.png", "b.png", "c.png");
        Files.writeString(root.resolve("tags.tsv"), "file\ttags\na.png\tcat\nb.png\tdog\nc.png\tcat\n");
        Files.writeString(root.resolve("classes.txt"), "background\nyak\ndog\ncat\n");
        Files.writeString(root.resolve("split.csv"), "file,split\na.png,train\nimages/b.png,val\n");
        TaggedFolder folder = TaggedFolders.read(root, Selection.split("train"));
        assertEquals(List.of("yak", "dog", "cat"), folder.tags());
        assertEquals(Map.of("a.png", List.of("cat")), tagsOf(folder));
        assertTrue(folder.warnings().get(0).contains("c.png"));
    }

    @Test
    void annotationsOfOneCategoryAreMergedOverRows() throws IOException {
        images(root, "a.png", "b.png", "c.png");
        Files.writeString(root.resolve("My Annotations.csv"), " ,Area,Mean,Folder,Image,Category,Comment,Roi\n"
                + "1,12.5,3,C:\\Users\\Me\\Desktop,a.png,mitosis,,0001\n2,1,3,C:\\Users\\Me\\Desktop,a.png,dead,odd,\n"
                + "3,2,3,C:\\Users\\Me\\Desktop,b.png,,,\n");
        TaggedFolder folder = TaggedFolders.read(root, Selection.all());
        assertEquals(Map.of("a.png", List.of("dead", "mitosis"), "b.png", List.of()), tagsOf(folder));
        assertTrue(folder.format().contains("Qualitative Annotations"));
        assertTrue(folder.warnings().get(0).contains("c.png"), folder.warnings().toString());
    }

    @Test
    void annotationsMayBeMarksOrChoices() throws IOException {
        images(root, "images/a.png", "images/b.png");
        Files.writeString(root.resolve("tags.csv"), "Folder,Image,Slice,round,Tail,Round,Weight\n"
                + "/not/here,a.png,,1,Bent,0.5,2.5\n/not/here,b.png,,0,,0.7,3\n/not/here,b.png,,1,Straight,0.7,3\n");
        TaggedFolder folder = TaggedFolders.read(root, Selection.all());
        assertEquals(Map.of("a.png", List.of("Tail=Bent", "round"), "b.png", List.of("Tail=Straight", "round")),
                tagsOf(folder));
        assertTrue(folder.warnings().get(0).contains("Weight"), folder.warnings().toString());
    }

    @Test
    void annotatedImagesAreFoundWhereTheTableSaysOrBesideIt(@TempDir Path elsewhere) throws IOException {
        images(elsewhere, "a.png");
        images(root, "day1/b.png", "day2/b.png");
        Files.writeString(root.resolve("t.csv"), "Folder,Image,Category\n" + elsewhere
                + ",a.png,x\n/gone/day1,b.png,y\nD:\\gone\\day2,b.png,z\n");
        assertEquals(Map.of("a.png", List.of("x"), "day1/b.png", List.of("y"), "day2/b.png", List.of("z")),
                tagsOf(TaggedFolders.read(root, Selection.all())));
    }

    @Test
    void annotatedSlicesOfAStackAreSkippedInASentence() throws IOException {
        images(root, "a.png", "b.png");
        Files.writeString(root.resolve("t.csv"),
                "Folder,Image,Slice,Category\n/x,a.png,\"C:1,Z:2,T:3\",x\n/x,b.png,,y\n");
        TaggedFolder folder = TaggedFolders.read(root, Selection.all());
        assertEquals(Map.of("b.png", List.of("y")), tagsOf(folder));
        assertTrue(folder.skipped().get(0).reason().contains("C:1,Z:2,T:3 of the stack a.png"),
                folder.skipped().toString());
    }

    @Test
    void vocListsNameTagsAndSplits() throws IOException {
        images(root, "JPEGImages/1.png", "JPEGImages/2.png", "JPEGImages/3.png", "SegmentationClass/1.png");
        Path sets = Files.createDirectories(root.resolve("ImageSets/Main"));
        Files.writeString(sets.resolve("cow_train.txt"), "1  1\n2 -1\n");
        Files.writeString(sets.resolve("cow_val.txt"), "3 -1\n");
        Files.writeString(sets.resolve("potted_plant_train.txt"), "1 -1\n2  0\n");
        Files.writeString(sets.resolve("train.txt"), "1\n2\n");
        TaggedFolder train = TaggedFolders.read(root, Selection.split("train"));
        assertEquals(Map.of("1.png", List.of("cow"), "2.png", List.of("potted_plant")), tagsOf(train));
        assertEquals(Map.of("3.png", List.of()), tagsOf(TaggedFolders.read(root, Selection.split("val"))));
        assertEquals(3, TaggedFolders.read(root, Selection.all()).images().size());
        assertEquals(1, train.warnings().size(), train.warnings().toString());
        assertTrue(train.warnings().get(0).contains("hard to see"));
    }

    @Test
    void aFormatCanBeForcedAndAConflictIsSaid() throws IOException {
        images(root, "images/a.png", "cat/1.png");
        Files.writeString(root.resolve("tags.csv"), "file,tags\na.png,dog\n");
        TaggedFolder folder = TaggedFolders.read(root, Selection.all());
        assertEquals(Map.of("a.png", List.of("dog")), tagsOf(folder));
        assertTrue(folder.warnings().get(0).contains("format=subfolders"), folder.warnings().toString());
        assertEquals(Map.of("cat/1.png", List.of("cat")), tagsOf(TaggedFolders.read(root,
                new Selection("subfolders", ""))));
    }

    @Test
    void namesThatLeaveTheFolderAreSkipped(@TempDir Path outside) throws IOException {
        images(outside, "secret.png");
        images(root, "a.png");
        Files.createSymbolicLink(root.resolve("link.png"), outside.resolve("secret.png"));
        Files.createSymbolicLink(root.resolve("circle"), root);
        Files.writeString(root.resolve("tags.csv"), "file,tags\na.png,x\n../secret.png,x\n" + outside
                + "/secret.png,x\nC:\\secret.png,x\nlink.png,x\ngone.png,x\nnotes.txt,x\nx/../../secret.png,x\n");
        TaggedFolder folder = TaggedFolders.read(root, Selection.all());
        assertEquals(Map.of("a.png", List.of("x")), tagsOf(folder));
        assertEquals(8, folder.skipped().size(), folder.skipped().toString());
        for (SkippedFile skipped : folder.skipped())
            assertTrue(skipped.reason().contains(skipped.name()) && skipped.reason().endsWith("."), skipped.reason());
        assertTrue(folder.warnings().get(0).startsWith("8 files were skipped."), folder.warnings().toString());
    }

    @Test
    void aCircleOfLinksDoesNotCatchTheSearch() throws IOException {
        images(root, "cat/1.png");
        Files.createSymbolicLink(root.resolve("cat/again"), root.resolve("cat"));
        Files.createSymbolicLink(root.resolve("dog"), root.resolve("cat"));
        TaggedFolder folder = TaggedFolders.read(root, Selection.all());
        assertEquals(Map.of("cat/1.png", List.of("cat")), tagsOf(folder));
        assertEquals(2, folder.skipped().size());
    }

    @Test
    void anUmlautIsTheSameInEitherOfItsTwoForms() throws IOException {
        images(root, "Ba\u0308r/1.png");
        Files.writeString(root.resolve("classes.txt"), "B\u00e4r\n");
        assertEquals(List.of("B\u00e4r"), TaggedFolders.read(root, Selection.all()).tags());
    }

    @Test
    void nothingIsWrittenIntoTheFolder() throws IOException {
        images(root, "images/a.png", "images/b.png");
        Files.writeString(root.resolve("tags.csv"), "file,tags\na.png,dog\nb.png,\n");
        List<String> before = listing();
        FolderReport.of(TaggedFolders.read(root, Selection.all()), ReadSettings.DEFAULT, 2, Progress.silent());
        assertEquals(before, listing());
    }

    private List<String> listing() throws IOException {
        try (var files = Files.walk(root)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    /** The data beside the project, if they are there. */
    static Path shared(String name) {
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent())
            if (Files.isDirectory(p.resolveSibling("shared/data/" + name)))
                return p.resolveSibling("shared/data/" + name);
        assumeTrue(false, "the shared data are not there");
        return null;
    }

    @Test
    void theSharedPhotographsAreRead() {
        TaggedFolder folder = TaggedFolders.read(shared("msrc_v2"), Selection.split("train"));
        assertEquals(365, folder.images().size());
        assertEquals(15, folder.tags().size());
        assertEquals("cow", folder.tags().get(0));
        assertEquals(List.of(), folder.skipped());
        assertEquals(List.of(), folder.warnings());
    }
}
