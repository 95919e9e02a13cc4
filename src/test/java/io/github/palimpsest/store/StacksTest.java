package io.github.palimpsest.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;

class StacksTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void mapsComeBackAndOpenInImageJ(int tags) throws IOException {
        List<String> labels = List.of("cow", "細胞 (é)", "c", "d", "e").subList(0, tags);
        Tensor maps = Tensor.zeros(tags, 3, 4);
        Random random = new Random(1);
        for (int i = 0; i < maps.length(); i++)
            maps.data()[i] = (float) random.nextGaussian();
        MapStack stack = new MapStack(labels, maps);
        Path file = folder.resolve("cam/a.png.tif");
        stack.write(file);
        assertEquals(stack, MapStack.read(file));
        byte[] bytes = Files.readAllBytes(file);
        MapStack.read(file).write(file);
        assertArrayEquals(bytes, Files.readAllBytes(file));

        ImagePlus opened = new Opener().openImage(file.toString());
        assertEquals(tags, opened.getStackSize());
        for (int c = 0; c < tags; c++) {
            assertEquals(labels.get(c), opened.getStack().getSliceLabel(c + 1));
            assertArrayEquals(maps.slice(c).data(), (float[]) opened.getStack().getPixels(c + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void labelsComeBackAndOpenInImageJ(int tags) throws IOException {
        List<String> labels = List.of("cow", "sheep", "細胞").subList(0, tags);
        List<byte[]> slices = List.of(new byte[] {0, 1, 2, 3, 4, (byte) 255}, new byte[6], new byte[] {9, 8, 7, 6, 5, 4});
        LabelStack stack = new LabelStack(labels, 3, 2, slices.subList(0, tags));
        Path file = folder.resolve("a.tif");
        stack.write(file);
        LabelStack read = LabelStack.read(file);
        assertEquals(labels, read.labels());
        assertEquals(3, read.width());
        assertEquals(2, read.height());
        ImagePlus opened = new Opener().openImage(file.toString());
        assertEquals(tags, opened.getStackSize());
        for (int c = 0; c < tags; c++) {
            assertArrayEquals(slices.get(c), read.slices().get(c));
            assertEquals(labels.get(c), opened.getStack().getSliceLabel(c + 1));
            assertArrayEquals(slices.get(c), (byte[]) opened.getStack().getPixels(c + 1));
        }
        byte[] bytes = Files.readAllBytes(file);
        read.write(file);
        assertArrayEquals(bytes, Files.readAllBytes(file));
    }

    @Test
    void whatImageJSavedAgainIsRead() {
        Path file = folder.resolve("a.tif");
        new LabelStack(List.of("a", "b"), 2, 1, List.of(new byte[] {1, 2}, new byte[] {3, 4})).write(file);
        ImagePlus opened = new Opener().openImage(file.toString());
        new FileSaver(opened).saveAsTiff(file.toString());
        assertEquals(List.of("a", "b"), LabelStack.read(file).labels());
        assertArrayEquals(new byte[] {3, 4}, LabelStack.read(file).slices().get(1));
    }

    @Test
    void anImageWithoutTagsHasNoFile() {
        assertThrows(IllegalArgumentException.class, () -> new MapStack(List.of(), null).write(folder.resolve("a")));
        assertThrows(IllegalArgumentException.class,
                () -> new LabelStack(List.of(), 2, 2, List.of()).write(folder.resolve("a")));
        assertThrows(IllegalArgumentException.class, () -> new MapStack(List.of("a"), Tensor.zeros(2, 2, 2)));
        assertThrows(IllegalArgumentException.class, () -> new LabelStack(List.of("a"), 2, 2, List.of(new byte[3])));
    }

    @Test
    void otherFilesAreRefusedInASentence() throws IOException {
        assertSentence(folder.resolve("absent.tif"), "no such file");
        assertSentence(Files.write(folder.resolve("empty.tif"), new byte[0]), "damaged");
        assertSentence(Files.writeString(folder.resolve("text.tif"), "no image at all, but a text"), "damaged");
        Path other = folder.resolve("other.tif");
        new FileSaver(new ImagePlus("", new ByteProcessor(4, 4))).saveAsTiff(other.toString());
        assertSentence(other, "damaged or was not written by Palimpsest");
        new FileSaver(new ImagePlus("", new ColorProcessor(4, 4))).saveAsTiff(other.toString());
        assertSentence(other, "damaged");
        ImageStack unlabelled = new ImageStack(4, 4);
        unlabelled.addSlice(null, new FloatProcessor(4, 4));
        unlabelled.addSlice(null, new FloatProcessor(4, 4));
        new FileSaver(new ImagePlus("", unlabelled)).saveAsTiff(other.toString());
        assertSentence(other, "damaged");
        new LabelStack(List.of("a"), 2, 1, List.of(new byte[2])).write(other);
        assertThrows(UserException.class, () -> MapStack.read(other));
        new MapStack(List.of("a"), Tensor.zeros(1, 2, 2)).write(other);
        assertThrows(UserException.class, () -> LabelStack.read(other));
    }

    @Test
    void aFileCutAnywhereOrWithAnyByteChangedIsReadOrRefusedButNothingElse() throws IOException {
        Path file = folder.resolve("a.tif");
        new MapStack(List.of("a", "bc"), Tensor.zeros(2, 2, 3)).write(file);
        byte[] whole = Files.readAllBytes(file);
        int needed = 0;
        for (int n = 0; n < whole.length; n++)
            if (refused(Files.write(file, Arrays.copyOf(whole, n))))
                needed = n + 1;
        assertTrue(needed > whole.length - 200, needed + " of " + whole.length);
        for (int i = 0; i < whole.length; i++)
            for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
                byte[] changed = whole.clone();
                changed[i] = (byte) value;
                refused(Files.write(file, changed));
            }
    }

    private static boolean refused(Path file) {
        try {
            MapStack.read(file);
            return false;
        } catch (UserException e) {
            return true;
        }
    }

    private static void assertSentence(Path file, String part) {
        UserException e = assertThrows(UserException.class, () -> MapStack.read(file));
        assertTrue(e.getMessage().contains(file.toString()) && e.getMessage().contains(part), e.getMessage());
    }
}
