package io.github.palimpsest.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.task.UserException;

class ImageFolderTest {

    @TempDir
    Path root;

    private List<String> names(String split) {
        return ImageFolder.read(root, split).images().stream().map(TaggedImage::name).toList();
    }

    private void text(String name, String... lines) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.write(root.resolve(name), List.of(lines));
    }

    @Test
    void allImagesAreThereWhateverTheTableSays() throws IOException {
        TaggedFoldersTest.images(root, "images/a.png", "images/deep/b.png", "masks/a.png");
        text("tags.csv", "file,tags", "a.png,cow");
        assertEquals(List.of("a.png", "deep/b.png"), names(""));
        assertTrue(ImageFolder.read(root, "").tags().isEmpty());
    }

    @Test
    void namesAreThoseThatTheTaggedFolderGives() throws IOException {
        TaggedFoldersTest.images(root, "cow/a.png", "sheep/a.png", "loose.png");
        List<String> tagged = TaggedFolders.read(root, Selection.all()).images().stream().map(TaggedImage::name)
                .toList();
        assertEquals(List.of("cow/a.png", "loose.png", "sheep/a.png"), names(""));
        assertTrue(names("").containsAll(tagged));
    }

    @Test
    void aVocFolderGivesItsPicturesAndNotItsMasks() throws IOException {
        TaggedFoldersTest.images(root, "JPEGImages/1.jpg", "JPEGImages/2.jpg", "SegmentationClass/1.png");
        text("ImageSets/Main/cow_train.txt", "1 1");
        text("ImageSets/Main/cow_val.txt", "2 -1");
        assertEquals(List.of("1.jpg", "2.jpg"), names(""));
        assertEquals(List.of("2.jpg"), names("val"));
    }

    @Test
    void aSplitSelects() throws IOException {
        TaggedFoldersTest.images(root, "a.png", "b.png", "c.png");
        text("split.csv", "file,split", "a.png,train", "c.png,val");
        assertEquals(List.of("c.png"), names("val"));
        assertTrue(assertThrows(UserException.class, () -> names("test")).getMessage().contains("train, val"));
    }

    @Test
    void anEmptyFolderIsASentence() {
        assertTrue(assertThrows(UserException.class, () -> names("")).getMessage().contains("add images"));
    }
}
