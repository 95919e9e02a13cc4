package io.github.palimpsest.segmentation.masks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.tensor.Tensor;

/**
 * A run over grey pictures with one disc each, of which the truth is known; many are cut by the border, so that what
 * touches the border need not be ground. The maps of its one round are blobs that only roughly tell where the disc
 * is; its features tell better, among others that tell nothing.
 */
final class Discs {

    static final int SIZE = 64;

    private static final int CELLS = 8;

    final WrittenRun written;
    final RunRecord record;
    private final Map<String, boolean[]> truth = new HashMap<>();
    private final Map<String, Tensor> features = new HashMap<>();

    /** @param disc and ground: grey levels, to which noise is added */
    Discs(Path folder, int images, int disc, int ground) {
        this(folder, images, disc, ground, false);
    }

    /** @param blind whether no feature tells anything of the discs */
    Discs(Path folder, int images, int disc, int ground, boolean blind) {
        SplittableRandom random = new SplittableRandom(images);
        written = new WrittenRun(folder, "disc");
        written.round(true);
        for (int i = 0; i < images; i++)
            add("disc" + i + ".png", random, disc, ground, blind);
        written.image("empty.png", SIZE, SIZE);
        record = written.record();
    }

    private void add(String name, SplittableRandom random, int disc, int ground, boolean blind) {
        double radius = random.nextDouble(12, 20);
        double x = random.nextDouble(SIZE);
        double y = random.nextDouble(SIZE);
        boolean[] inside = new boolean[SIZE * SIZE];
        int[] rgb = new int[inside.length];
        float[] covered = new float[CELLS * CELLS];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = Math.hypot(i % SIZE - x, i / SIZE - y) < radius;
            int grey = (inside[i] ? disc : ground) + random.nextInt(-20, 21);
            rgb[i] = grey * 0x010101;
            if (inside[i])
                covered[i / SIZE / CELLS * CELLS + i % SIZE / CELLS] += 1f / CELLS / CELLS;
        }
        ImageRecord image = written.image(name, SIZE, rgb, "disc");
        float[] map = new float[CELLS * CELLS];
        float[] seen = new float[3 * map.length];
        double blobX = x + random.nextDouble(-6, 6);
        double blobY = y + random.nextDouble(-6, 6);
        for (int i = 0; i < map.length; i++) {
            double distance = Math.hypot(8 * (i % CELLS) + 4 - blobX, 8 * (i / CELLS) + 4 - blobY);
            map[i] = (float) Math.exp(-distance * distance / 800);
            seen[i] = (blind ? 0 : covered[i]) + (float) random.nextDouble(-.3, .3);
            seen[map.length + i] = (float) random.nextDouble();
            seen[2 * map.length + i] = (float) random.nextDouble();
        }
        written.cam(1, image, CELLS, map);
        truth.put(name, inside);
        features.put(name, Tensor.of(seen, 3, CELLS, CELLS));
    }

    Tensor features(TaggedImage image) {
        return features.get(image.name());
    }

    boolean[] truth(TaggedImage image) {
        return truth.get(image.name());
    }

    /** The intersection over union of the discs and what masks label as discs, over all pictures. */
    double iou(Function<TaggedImage, byte[]> masks) {
        long both = 0;
        long either = 0;
        for (TaggedImage image : written.images()) {
            if (image.tags().isEmpty())
                continue;
            byte[] mask = masks.apply(image);
            boolean[] disc = truth(image);
            for (int i = 0; i < mask.length; i++) {
                both += mask[i] == 1 && disc[i] ? 1 : 0;
                either += mask[i] == 1 || disc[i] ? 1 : 0;
            }
        }
        return (double) both / either;
    }

    /** The share of an image that its disc takes, 0..1. */
    double share(String image) {
        int inside = 0;
        for (boolean one : truth.get(image))
            inside += one ? 1 : 0;
        return (double) inside / truth.get(image).length;
    }
}
