package io.github.palimpsest.segmentation.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.view.Views;

import io.github.palimpsest.dataset.Normalization;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

class SegmentationToolTest {

    private static final int HEIGHT = 48;
    private static final int WIDTH = 64;
    private static final int PLANE = HEIGHT * WIDTH;

    @TempDir
    private Path folder;
    private SegmentationTool tool;

    @BeforeEach
    void open() {
        Path file = folder.resolve("model.palimpsest");
        SmallModel.telling().write(file);
        tool = SegmentationTool.open(file, new EngineSettings(EngineSettings.Device.CPU, 2, 4L << 30),
                Progress.silent());
    }

    @AfterEach
    void close() {
        tool.close();
    }

    private static Segmentation expected(Tensor rgb) {
        try (Segmenter segmenter = new Segmenter(SmallModel.telling(), SmallModel.engine(), 1, 1, Limits.DEFAULT,
                Progress.silent())) {
            return segmenter.segment(rgb, Segmenter.Options.DEFAULT, 0);
        }
    }

    private static short[] values(Img<UnsignedShortType> labels) {
        short[] values = new short[(int) labels.size()];
        int i = 0;
        for (UnsignedShortType label : Views.flatIterable(labels))
            values[i++] = label.getShort();
        return values;
    }

    @Test
    void coloursOfBothKindsGiveTheSame() {
        Tensor rgb = SmallModel.waves(HEIGHT, WIDTH);
        int[] argb = new int[PLANE];
        byte[] channels = new byte[3 * PLANE];
        for (int i = 0; i < 3 * PLANE; i++) {
            channels[i] = (byte) rgb.data()[i];
            argb[i % PLANE] |= (int) rgb.data()[i] << 16 - 8 * (i / PLANE);
        }
        SegmentationTool.Result packed = tool.segment(ArrayImgs.argbs(argb, WIDTH, HEIGHT));
        SegmentationTool.Result planes = tool.segment(ArrayImgs.unsignedBytes(channels, WIDTH, HEIGHT, 3));
        Segmentation expected = expected(rgb);
        assertArrayEquals(expected.labels(), values(packed.labels()));
        assertArrayEquals(expected.labels(), values(planes.labels()));
        assertEquals(List.of("background", "disc", "ring"), packed.shown());
        assertEquals(SmallModel.TAGS, tool.tags());
        assertEquals(2, packed.confidences().size());
        assertArrayEquals(new long[] {WIDTH, HEIGHT, 3}, packed.probabilities().dimensionsAsLongArray());
        float there = packed.probabilities().getAt(5, 7, 2).get();
        assertEquals(expected.probabilities().data()[2 * PLANE + 7 * WIDTH + 5], there);
    }

    @Test
    void greyIsRepeatedAndSixteenBitsAreNormalised() {
        float[] grey = new float[PLANE];
        short[] deep = new short[PLANE];
        byte[] bytes = new byte[PLANE];
        float[] repeated = new float[3 * PLANE];
        for (int i = 0; i < PLANE; i++) {
            bytes[i] = (byte) SmallModel.waves(HEIGHT, WIDTH).data()[i];
            deep[i] = (short) (100 * (bytes[i] & 255));
            grey[i] = deep[i] & 0xffff;
            for (int c = 0; c < 3; c++)
                repeated[c * PLANE + i] = bytes[i] & 255;
        }
        assertArrayEquals(expected(Tensor.of(repeated, 3, HEIGHT, WIDTH)).labels(),
                values(tool.segment(ArrayImgs.unsignedBytes(bytes, WIDTH, HEIGHT)).labels()));
        Normalization.DEFAULT.apply(new float[][] {grey});
        for (int c = 0; c < 3; c++)
            System.arraycopy(grey, 0, repeated, c * PLANE, PLANE);
        assertArrayEquals(expected(Tensor.of(repeated, 3, HEIGHT, WIDTH)).labels(),
                values(tool.segment(ArrayImgs.unsignedShorts(deep, WIDTH, HEIGHT)).labels()));
    }

    @Test
    void viewsThatDoNotBeginAtZeroWorkToo() {
        Img<UnsignedByteType> image = ArrayImgs.unsignedBytes(WIDTH + 10, HEIGHT + 10);
        SegmentationTool.Result result = tool.segment(Views.interval(image, new long[] {10, 10}, new long[] {9 + WIDTH,
                9 + HEIGHT}), Set.of("ring"));
        assertEquals(WIDTH, result.labels().dimension(0));
        assertEquals(List.of("background", "ring"), result.shown());
    }

    @Test
    void otherImagesAreRefusedInASentence() {
        for (Img<UnsignedByteType> wrong : List.of(ArrayImgs.unsignedBytes(4, 4, 2), ArrayImgs.unsignedBytes(4),
                ArrayImgs.unsignedBytes(4, 4, 3, 2)))
            assertTrue(assertThrows(UserException.class, () -> tool.segment(wrong)).getMessage()
                    .contains("dimensions"));
        assertTrue(assertThrows(UserException.class, () -> tool.segment(ArrayImgs.argbs(4, 4), Set.of("cube")))
                .getMessage().contains("cube"));
    }
}
