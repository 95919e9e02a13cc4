package io.github.palimpsest.dataset;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.palimpsest.task.UserException;

/** What is wrong with a folder is told in a sentence that names the file and what to do. */
class BadFoldersTest {

    @TempDir
    Path root;

    private interface Setup {
        void in(Path root) throws IOException;
    }

    /** A folder gone wrong: what is put into it, how it is read, and what the sentence must say. */
    private record Case(String what, Setup setup, Selection selection, List<String> says) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Case bad(String what, Setup setup, String... says) {
        return new Case(what, setup, Selection.all(), List.of(says));
    }

    private static Case bad(String what, Setup setup, Selection selection, String... says) {
        return new Case(what, setup, selection, List.of(says));
    }

    private static Case table(String what, String text, String... says) {
        return bad(what, root -> write(root, "tags.csv", text), says);
    }

    private static void write(Path root, String name, String text) throws IOException {
        TaggedFoldersTest.images(root, "a.png", "b.png");
        Files.writeString(root.resolve(name), text);
    }

    private static void bytes(Path root, String name, int... values) throws IOException {
        TaggedFoldersTest.images(root, "a.png", "b.png");
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++)
            bytes[i] = (byte) values[i];
        Files.write(root.resolve(name), bytes);
    }

    private static void beside(Path root, String name, String text) throws IOException {
        write(root, "tags.csv", "file,tags\na.png,cat\nb.png,dog\n");
        Files.writeString(root.resolve(name), text);
    }

    static Stream<Case> cases() {
        String many = IntStream.range(0, 255).mapToObj(i -> "t" + i).collect(Collectors.joining(";"));
        return Stream.of(
                bad("missing", root -> Files.delete(root), "does not exist", "check its name"),
                bad("empty", root -> {}, "is empty", "tags.csv", "subfolder", "ImageSets/Main", "Add one"),
                bad("no table", root -> TaggedFoldersTest.images(root, "a.png"), "No tags were found", "tags.csv",
                "Add one"),
                bad("empty subfolders", root -> Files.createDirectories(root.resolve("cat")), "No tags were found"),
                bad("only masks", root -> TaggedFoldersTest.images(root, "masks/a.png"), "No tags were found"),
                bad("splits for tags", root -> TaggedFoldersTest.images(root, "train/cat/a.png", "val/cat/b.png"),
                        "named like splits", "train"),
                bad("background as a subfolder", root -> TaggedFoldersTest.images(root, "cat/a.png",
                "background/b.png"),
                        "\"background\"", "untagged"),
                bad("only untagged", root -> TaggedFoldersTest.images(root, "untagged/b.png"), "No image in",
                "tag at least some"),
                table("empty table", "", "tags.csv is empty", "file,tags"),
                table("only column names", "file,tags\n", "no image", "add images"),
                table("no column names", "a.png,cat\nb.png,dog\n", "tags.csv has no column named file", "file,tags"),
                table("only files", "file\na.png\n", "tags.csv has no column named tags", "file,tags"),
                table("a column twice", "file,cat,cat\na.png,1,0\n", "tags.csv has two columns named cat",
                "rename or remove"),
                table("too many cells", "file,tags\n\na.png,cat,dog\n", "Line 3 of", "tags.csv has 3 cells", "quotes",
                "|"),
                table("too few cells", "file,tags\na.png\n", "Line 2 of", "1 cell where", "2"),
                table("an open quote", "file,tags\na.png,\"cat\nb.png,dog\n", "tags.csv the quotes do not match",
                "closing quote"),
                table("a stray quote", "file,tags\n\"a.png\"x,cat\n", "tags.csv the quotes do not match"),
                table("not 0 or 1", "file,cat\na.png,yes\n", "Line 2 of", "\"yes\" in the column cat", "0 or 1"),
                table("no file", "file,tags\n,cat\n", "Line 2 of", "names no file", "fill in"),
                table("all files missing", "file,tags\nx.png,cat\n", "x.png", "not in",
                "add the file or correct the line"),
                table("a file outside", "file,tags\n../x.png,cat\n", "../x.png", "leads out of the folder", "relative"),
                table("no tag at all", "file,tags\na.png,\n", "No image in", "nothing to learn"),
                table("background as a tag", "file,tags\na.png,Background\n", "\"Background\"", "rename the tag"),
                table("too many tags", "file,tags\na.png," + many + "\n", "255 tags", "254", "use fewer"),
                bad("zero bytes", root -> bytes(root, "tags.csv", 'f', 0, 'i', 0), "tags.csv is not a text file",
                "CSV in UTF-8"),
                bad("UTF-16", root -> bytes(root, "tags.csv", 0xff, 0xfe, 'f', 0), "tags.csv is in UTF-16", "UTF-8"),
                bad("Latin-1", root -> Files.write(root.resolve("tags.csv"),
                "file,tags\nB\u00e4r.png,x".getBytes(StandardCharsets.ISO_8859_1)),
                        "tags.csv is not in UTF-8", "CSV UTF-8"),
                bad("a huge table", root -> {
                    try (RandomAccessFile file = new RandomAccessFile(root.resolve("tags.csv").toFile(), "rw")) {
                        file.setLength(1L << 30);
                    }
                }, "tags.csv is larger than 256 MB", "right file"),
                bad("a folder named tags.csv", root -> Files.createDirectory(root.resolve("tags.csv")),
                "tags.csv cannot be read"),
                bad("unknown split", root -> beside(root, "split.csv", "file,split\na.png,train\nb.png,val\n"),
                Selection.split("test"),
                        "no split named test", "train, val"),
                bad("no splits", root -> beside(root, "x.txt", ""), Selection.split("test"), "split=test", "split.csv",
                "leave the split empty"),
                bad("split without column", root -> beside(root, "split.csv", "file,part\na.png,train\n"),
                "split.csv has no column named split"),
                bad("two splits", root -> beside(root, "split.csv", "file,split\na.png,train\na.png,val\n"),
                "Line 3 of", "a.png", "keep one"),
                bad("tag not in classes", root -> beside(root, "classes.txt", "cat\n"), "The tag dog", "classes.txt",
                "add it there"),
                bad("a class twice", root -> beside(root, "classes.txt", "cat\ndog\ncat\n"),
                "classes.txt lists cat twice", "remove"),
                bad("background last", root -> beside(root, "classes.txt", "cat\ndog\nbackground\n"),
                "classes.txt lists background"),
                bad("forced table", root -> TaggedFoldersTest.images(root, "cat/a.png"), new Selection("table", ""),
                "no tags.csv"),
                bad("forced subfolders", root -> write(root, "tags.csv", "file,tags\n"),
                new Selection("subfolders", ""), "no subfolder"),
                bad("forced VOC", root -> {}, new Selection("voc", ""), "ImageSets", "choose the folder"),
                bad("forced annotations", root -> {}, new Selection("annotations", ""), "no table of annotations",
                "save the plugin's table"),
                bad("two annotation tables", root -> {
                    write(root, "x.csv", "Folder,Image,Category\n");
                    write(root, "y.csv", "Folder,Image,Category\n");
                }, "x.csv, y.csv", "keep the one"),
                bad("annotations without tags", root -> write(root, "x.csv", "Folder,Image,Area\n/x,a.png,3\n"),
                "x.csv has no column of tags",
                        "Category"),
                bad("annotated slices", root -> write(root, "x.csv", "Folder,Image,Slice,Category\n/x,a.tif,Slice"
                + " 3,cat\n"),
                        "Slice 3 of the stack a.tif", "Stack to Images"),
                bad("an image that is a path", root -> write(root, "x.csv",
                "Folder,Image,Category\n/x,../a.png,cat\n"), "../a.png",
                        "column Folder"),
                bad("VOC line", root -> {
                    TaggedFoldersTest.images(root, "JPEGImages/1.png");
                    Files.createDirectories(root.resolve("ImageSets/Main"));
                    Files.writeString(root.resolve("ImageSets/Main/cow_train.txt"), "1 1\n1 2\n");
                }, "Line 2 of", "cow_train.txt", "1, -1 or 0"),
                bad("VOC without lists", root -> {
                    TaggedFoldersTest.images(root, "JPEGImages/1.png");
                    Files.createDirectories(root.resolve("ImageSets/Main"));
                }, "no list of images", "cow_train.txt", "add one"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSentenceSaysWhatIsWrongAndWhatToDo(Case bad) throws IOException {
        bad.setup().in(root);
        String sentence = assertThrows(UserException.class, () -> TaggedFolders.read(root,
                bad.selection())).getMessage();
        for (String part : bad.says())
            assertTrue(sentence.contains(part), () -> sentence + "\nlacks: " + part);
        assertTrue(sentence.contains(root.toString()) || bad.says().stream().anyMatch(part -> part.contains(".")),
                sentence);
        assertTrue(sentence.endsWith("."), sentence);
        Files.createDirectories(root);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void anUnknownFormatIsRefusedByName(String format) {
        String sentence = assertThrows(UserException.class, () -> new Selection(format, "")).getMessage();
        assertTrue(sentence.contains("format=" + format) && sentence.contains("subfolders, table, annotations, voc"),
                sentence);
    }

    static Stream<String> formats() {
        return Stream.of("folders", "csv");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aFileInsteadOfAFolderIsRefused(String name) throws IOException {
        Path file = Files.writeString(root.resolve(name), "x");
        String sentence = assertThrows(UserException.class, () -> TaggedFolders.read(file,
                Selection.all())).getMessage();
        assertTrue(sentence.contains(file + " is a file") && sentence.contains("choose the folder"), sentence);
    }
}
