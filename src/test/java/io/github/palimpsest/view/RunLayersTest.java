package io.github.palimpsest.view;

import static io.github.palimpsest.view.ViewedRun.digits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;
import io.github.palimpsest.task.UserException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

/** The layers of a run as ImgLib2 images. */
class RunLayersTest {

    @TempDir
    Path temp;

    private ViewedRun viewed;

    @BeforeEach
    void write() {
        viewed = ViewedRun.write(temp);
    }

    private static float[] floats(RandomAccessibleInterval<FloatType> image) {
        float[] values = new float[(int) image.size()];
        int[] i = {0};
        image.forEach(value -> values[i[0]++] = value.get());
        return values;
    }

    private static byte[] bytes(RandomAccessibleInterval<UnsignedByteType> image) {
        byte[] values = new byte[(int) image.size()];
        int[] i = {0};
        image.forEach(value -> values[i[0]++] = (byte) value.get());
        return values;
    }

    private static int[] colours(RandomAccessibleInterval<ARGBType> image) {
        int[] values = new int[(int) image.size()];
        int[] i = {0};
        image.forEach(value -> values[i[0]++] = value.get());
        return values;
    }

    @Test
    void theImageIsAsItsFile() {
        RandomAccessibleInterval<ARGBType> image = viewed.layers().original("two.png");
        assertEquals(6, image.dimension(0));
        assertEquals(4, image.dimension(1));
        assertArrayEquals(IntStream.range(0, 24).map(i -> 0xFF000000 | 0x0A0502 * (i + 1)).toArray(), colours(image));
        assertEquals(0xFF000000 | 0x0A0502 * 9, image.getAt(2, 1).get());
    }

    @Test
    void mapsAreAsTheyAreMined() {
        RunLayers layers = viewed.layers();
        Tensor dog = Resize.bilinear(Tensor.of(new float[] {0, 0, 4, 0, 0, 1}, 1, 2, 3), 4, 6);
        assertArrayEquals(dog.data(), floats(layers.cam("two.png", "dog", 1)));
        float[] once = floats(layers.accumulated("two.png", "dog", 1));
        float[] twice = floats(layers.accumulated("two.png", "dog"));
        Tensor first = Resize.bilinear(Tensor.of(new float[] {0, 0, 1, 0, 0, .25f}, 1, 2, 3), 4, 6);
        Tensor both = Resize.bilinear(Tensor.of(new float[] {0, 0, 1, 0, 0, 1}, 1, 2, 3), 4, 6);
        assertArrayEquals(first.data(), once);
        assertArrayEquals(both.data(), twice);
        assertArrayEquals(new float[24], floats(layers.accumulated("two.png", "dog", 0)));
    }

    @Test
    void regionsAndErasedPixelsHaveTheirRounds() {
        RunLayers layers = viewed.layers();
        assertArrayEquals(digits(ViewedRun.CAT), bytes(layers.regions("two.png", "cat")));
        assertArrayEquals(digits(ViewedRun.DOG), bytes(layers.regions("two.png", "dog")));
        byte[] by = bytes(layers.erasedBy("two.png"));
        assertArrayEquals(digits("210001" + "110001" + "000022" + "000000"), by);
        int[] original = colours(layers.original("two.png"));
        for (int round = 0; round <= 2; round++) {
            int[] left = colours(layers.erased("two.png", round));
            for (int i = 0; i < 24; i++)
                assertEquals(by[i] > 0 && by[i] <= round ? 0xFF808080 : original[i], left[i], "round " + round + ", pixel " + i);
        }
    }

    @Test
    void cueMasksAndPredictionsAreThere() throws IOException {
        Files.createDirectories(temp.resolve("masks"));
        Files.write(temp.resolve("classes.txt"), List.of("background", "dog", "cat"));
        new LabelImage(6, 4, digits("220000" + "220001" + "000011" + "000000"))
                .write(temp.resolve("masks").resolve("two.png"), List.of());
        RunLayers layers = viewed.layers(temp.resolve("masks"));
        assertEquals(7 / 23f, layers.background("two.png").getAt(1, 1).get());
        assertEquals(2, layers.mask("two.png").getAt(5, 1).get());
        assertArrayEquals(digits("100000" + "100002" + "000022" + "000000"), bytes(layers.prediction("two.png")),
                "the last pass, not the first");
        assertArrayEquals(digits("110000" + "110002" + "000022" + "000000"), bytes(layers.truth("two.png")),
                "labels travel by name");
        for (Layer layer : Layer.values()) {
            assertTrue(layers.has(layer, "two.png"), layer.title());
            assertEquals(layer == Layer.ORIGINAL || layer == Layer.ERASED, layers.has(layer, "none.png"), layer.title());
        }
    }

    @Test
    void nothingIsReadUntilItIsLookedAt() {
        RunLayers layers = viewed.layers();
        RandomAccessibleInterval<FloatType> map = layers.cam("two.png", "cat", 1);
        assertEquals(6, map.dimension(0));
        assertEquals(FloatType.class, map.getType().getClass());
        assertEquals(0, layers.cache().loads());
        map.getAt(0, 0);
        map.getAt(3, 3);
        assertEquals(1, layers.cache().loads());
    }

    @Test
    void whatAnUnfinishedRoundWroteIsNotThereYet() {
        RunRecord all = viewed.layers().record();
        finished(all, 1);
        RunLayers layers = viewed.layers();
        assertArrayEquals(digits(ViewedRun.CAT.replace('2', '0')), bytes(layers.regions("two.png", "cat")));
        assertEquals(0, layers.erasedBy("two.png").getAt(0, 0).get());
        assertSentence(() -> layers.cam("two.png", "cat", 2), "There is no round 2", "has finished 1 so far.");
    }

    @Test
    void aRunThatIsTrainedIsFollowed() {
        RunRecord all = viewed.layers().record();
        finished(all, 0);
        RunLayers layers = viewed.layers();
        assertEquals(0, layers.rounds());
        assertFalse(layers.has(Layer.CAM, "two.png"));
        assertSentence(() -> layers.cam("two.png", "cat", 1), "There is no round 1", "has finished none yet.");
        assertFalse(layers.refresh(), "nothing has happened");
        finished(all, 1);
        assertTrue(layers.refresh());
        RandomAccessibleInterval<UnsignedByteType> regions = layers.regions("two.png", "cat");
        assertEquals(0, regions.getAt(0, 0).get());
        finished(all, 2);
        assertTrue(layers.refresh());
        assertEquals(2, regions.getAt(0, 0).get(), "what was handed out shows the newer state");
        assertFalse(layers.refresh());
    }

    private void finished(RunRecord all, int rounds) {
        Json.write(viewed.run().record(), new RunRecord(all.format(), all.program(), all.command(), all.settings(), all.engine(),
                all.device(), all.threads(), all.folder(), all.tags(), all.mean(), all.images(), all.skipped(), all.warnings(),
                all.rounds().subList(0, rounds), rounds == 2));
    }

    @Test
    void wrongNamesAreSentences() {
        RunLayers layers = viewed.layers();
        assertSentence(() -> layers.original("three.png"), "has no image three.png.", "Its first one is called two.png.");
        assertSentence(() -> layers.cam("two.png", "cow", 1), "two.png has no tag cow, but cat, dog.");
        assertSentence(() -> layers.regions("none.png", "cat"), "none.png has no tag cat, but none at all.");
        assertSentence(() -> layers.erased("two.png", 3), "There is no round 3");
        assertSentence(() -> layers.truth("two.png"), "Give masks= a folder");
        assertSentence(() -> RunLayers.open(temp), "There is no run in " + temp + " (no run.json). Choose the folder that training wrote "
                + "the run to.");
        assertSentence(() -> viewed.layers(temp.resolve("nowhere")), "There is no folder");
        assertSentence(() -> Subject.choose(layers, Optional.of("none.png"), Optional.of("cat")), "has not the tag cat");
        assertSentence(() -> Subject.choose(layers, Optional.empty(), Optional.of("cow")),
                "has no tag cow. Its tags are cat, dog.");
        assertEquals("two.png", Subject.choose(layers, Optional.empty(), Optional.of("dog")).image().name());
    }

    @Test
    void missingDamagedAndForeignFilesAreSentences() throws IOException {
        RunLayers layers = viewed.layers();
        Files.delete(viewed.run().cam(2, "two.png"));
        assertSentence(() -> floats(layers.cam("two.png", "cat", 2)), viewed.run().cam(2, "two.png") + " is missing");
        assertSentence(() -> floats(layers.background("none.png")), "It is written by train-psl");
        Files.writeString(viewed.run().regions("two.png"), "no TIFF");
        assertSentence(() -> bytes(layers.regions("two.png", "cat")), viewed.run().regions("two.png") + " is damaged");
        Files.writeString(viewed.run().mask("two.png"), "no PNG");
        assertSentence(() -> bytes(layers.mask("two.png")), viewed.run().mask("two.png").toString());
        new MapStack(List.of("horse"), Tensor.zeros(1, 2, 3)).write(viewed.run().cam(1, "two.png"));
        assertSentence(() -> floats(layers.cam("two.png", "cat", 1)), "has no slice of the tag cat, only of horse.");
        new LabelImage(3, 4, new byte[12]).write(viewed.run().prediction(1, "two.png"), List.of());
        assertSentence(() -> bytes(layers.prediction("two.png")), "is 3×4 pixels, but the image was 6×4");
        Files.delete(layers.file("two.png"));
        assertSentence(() -> colours(layers.original("two.png")), "is not there. Give images= the folder");
        Files.writeString(viewed.run().record(), "{");
        assertSentence(viewed::layers, "run.json");
    }

    @Test
    void movedImagesAreFoundWhereTheyAreNow() throws IOException {
        Files.move(temp.resolve("images"), temp.resolve("moved"));
        assertSentence(() -> colours(viewed.layers().original("two.png")), "Give images=");
        RunLayers layers = RunLayers.open(viewed.run().root(), Optional.of(temp.resolve("moved")), Optional.empty());
        assertEquals(0xFF0A0502, layers.original("two.png").getAt(0, 0).get());
    }

    /** The work that opening is does not hang on the number of images, and walking through them fills no memory. */
    @Test
    void tenThousandImagesOpenOneFileAndAreHeldInBoundedMemory() {
        int withFiles = 60;
        RunRecord small = viewed.layers().record();
        List<ImageRecord> images = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            String name = "plate " + i % 96 + "/" + i + ".png";
            images.add(new ImageRecord(name, "", 100, 50, List.of("cat")));
            if (i < withFiles)
                new MapStack(List.of("cat"), Tensor.of(new float[] {i + 1, 0}, 1, 1, 2)).write(viewed.run().cam(1, name));
        }
        Json.write(viewed.run().record(), new RunRecord(small.format(), small.program(), small.command(), small.settings(),
                "", "", 1, temp.resolve("gone").toString(), List.of("cat"), small.mean(), images, List.of(), List.of(),
                small.rounds().subList(0, 1), true));
        long capacity = 10 * 4 * 5000;
        RunLayers layers = RunLayers.open(viewed.run().root(), Optional.empty(), Optional.empty(), new LayerCache(capacity));
        assertEquals(10_000, layers.images().size());
        assertEquals(0, layers.cache().loads(), "no file of an image was opened: most are not even there");
        List<RandomAccessibleInterval<FloatType>> all = new ArrayList<>();
        for (ImageRecord image : images)
            all.add(layers.cam(image.name(), "cat", 1));
        assertEquals(0, layers.cache().loads());
        for (int i = 0; i < withFiles; i++) {
            assertEquals(i + 1, all.get(i).getAt(0, 0).get());
            assertTrue(layers.cache().bytes() <= capacity, layers.cache().bytes() + " bytes");
        }
        assertEquals(withFiles, layers.cache().loads());
        assertEquals(1, all.get(0).getAt(0, 0).get(), "what had to go comes back");
        assertEquals(withFiles + 1, layers.cache().loads());
    }

    static void assertSentence(Executable wrong, String... parts) {
        String sentence = assertThrows(UserException.class, wrong).getMessage();
        for (String part : parts)
            assertTrue(sentence.contains(part), sentence);
    }
}
