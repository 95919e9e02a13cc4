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
        images(root, "dog/1.png", "cat/1.png", "cat/old/2.png", "untagged/3.png", "masks/1.png", ".cache/1.png", "loose.png");
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
