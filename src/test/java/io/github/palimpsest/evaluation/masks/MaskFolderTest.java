package io.github.palimpsest.evaluation.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.function.Executable;

import io.github.palimpsest.task.UserException;

class MaskFolderTest {

    @TempDir
    Path root;

    private Path masks;

    @BeforeEach
    void makeFolder() throws IOException {
        masks = Files.createDirectories(root.resolve("masks"));
        classes("background\nsky\ncow\nsheep\n");
    }

    @Test
    void valuesBecomeTheLabelsOfTheTagsByName() throws IOException {
        Path mask = grey("a.png", 3, 2, 0, 1, 2, 3, 255, 2);
        MaskFolder folder = MaskFolder.open(masks, List.of("sheep", "Cow"));
        assertArrayEquals(new byte[] {0, 0, 2, 1, (byte) 255, 2}, folder.read(mask, 3, 2));
        assertEquals(1, folder.warnings().size());
        assertTrue(folder.warnings().get(0).contains("\"sky\""), folder.warnings().get(0));
    }

    @Test
    void theIndexOfAPaletteIsTheValueWhateverItsColours() throws IOException {
        byte[] colours = new byte[256];
        for (int i = 0; i < 256; i++)
            colours[i] = (byte) (i * 37);
        for (int bits : new int[] {2, 8}) {
            BufferedImage image = new BufferedImage(4, 1, bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED
                    : BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(bits, 1 << bits, colours, colours, colours));
            image.getRaster().setPixels(0, 0, 4, 1, new int[] {0, 3, 2, 1});
            Path mask = masks.resolve(bits + ".png");
            ImageIO.write(image, "png", mask.toFile());
            assertArrayEquals(new byte[] {0, 1, 2, 0}, MaskFolder.open(masks, List.of("sheep", "cow")).read(mask, 4, 1));
        }
    }

    @Test
    void classesBesideTheMasksComeBeforeThoseAbove() throws IOException {
        Path mask = grey("a.png", 1, 1, 1);
        Files.writeString(masks.resolve("classes.txt"), "\ufeffbackground\r\ncow\r\n\r\n");
        assertArrayEquals(new byte[] {1}, MaskFolder.open(masks, List.of("cow")).read(mask, 1, 1));
    }

    @Test
    void masksAreFoundByTheNamesOfTheImages() throws IOException {
        grey("a.png", 1, 1, 0);
        grey("b.jpg.png", 1, 1, 0);
        grey("deep/c.png", 1, 1, 0);
        grey("flat.png", 1, 1, 0);
        grey("twice.png", 1, 1, 0);
        grey("nobody.png", 1, 1, 0);
        Files.writeString(masks.resolve("._a.png"), "");
        MaskFolder folder = MaskFolder.open(masks, List.of("cow"));
        MaskFolder.Matches matches = folder.match(List.of("a.tif", "b.jpg", "deep/c.jpg", "x/flat.jpg", "x/twice.jpg",
                "y/twice.jpg", "none.jpg"));
        assertEquals(List.of("a.tif", "b.jpg", "deep/c.jpg", "x/flat.jpg"), List.copyOf(matches.masks().keySet()));
        assertEquals(masks.resolve("deep").resolve("c.png"), matches.masks().get("deep/c.jpg"));
        assertEquals(List.of("x/twice.jpg", "y/twice.jpg", "none.jpg"), matches.imagesWithout());
        assertEquals(1, matches.masksWithout());
        assertSentence(() -> folder.match(List.of("other.jpg")), masks.toString(), "other.jpg");
    }

    @Test
    void whatIsWrongWithTheFolderIsSaid() throws IOException {
        assertSentence(() -> MaskFolder.open(root.resolve("absent"), List.of()), "absent");
        assertSentence(() -> MaskFolder.open(masks, List.of("cow")), "no PNG masks in " + masks);
        grey("a.png", 1, 1, 0);
        assertSentence(() -> MaskFolder.open(masks, List.of("cow", "horse")), "\"horse\"", "classes.txt", "cow");
        classes("background\ncow\ncow\n");
        assertSentence(() -> MaskFolder.open(masks, List.of("cow")), "\"cow\" 2 times");
        classes("x\n".repeat(256));
        assertSentence(() -> MaskFolder.open(masks, List.of("cow")), "256 lines");
        Files.write(root.resolve("classes.txt"), new byte[] {(byte) 0xe9, 0, (byte) 0xff});
        assertSentence(() -> MaskFolder.open(masks, List.of("cow")), "classes.txt", "UTF-8");
        Files.delete(root.resolve("classes.txt"));
        assertSentence(() -> MaskFolder.open(masks, List.of("cow")), "no classes.txt");
    }

    @Test
    void whatIsWrongWithAMaskIsSaid() throws IOException {
        Path mask = grey("a.png", 2, 2, 0, 1, 2, 9);
        MaskFolder folder = MaskFolder.open(masks, List.of("cow"));
        assertSentence(() -> folder.read(mask, 2, 2), mask.toString(), "value 9 (at 1, 1)", "classes.txt");
        assertSentence(() -> folder.read(mask, 3, 2), mask.toString(), "2×2", "3×2");
        Path colour = masks.resolve("colour.png");
        ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "png", colour.toFile());
        assertSentence(() -> folder.read(colour, 2, 2), colour.toString(), "colour image");
        Path text = Files.writeString(masks.resolve("text.png"), "text");
        assertSentence(() -> folder.read(text, 2, 2), text.toString(), "Cannot read");
        byte[] bytes = Files.readAllBytes(mask);
        Path cut = Files.write(masks.resolve("cut.png"), Arrays.copyOf(bytes, bytes.length / 2));
        assertSentence(() -> folder.read(cut, 2, 2), cut.toString(), "Cannot read");
        assertSentence(() -> folder.read(masks.resolve("absent.png"), 2, 2), "absent.png");
    }

    private void classes(String text) throws IOException {
        Files.writeString(root.resolve("classes.txt"), text);
    }

    private Path grey(String name, int width, int height, int... values) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, width, height, values);
        Path file = masks.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private static void assertSentence(Executable action, String... parts) {
        UserException e = assertThrows(UserException.class, action);
        for (String part : parts)
            assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
