package io.github.palimpsest.erasing;

import java.util.List;
import java.util.Map;

import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.network.Trunk;
import io.github.palimpsest.network.View;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.Seed;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Tensor;

/**
 * What all rounds of a run share.
 *
 * @param images that take part, in order
 * @param tagNames in order
 * @param mean colour of the training images, RGB 0..255
 * @param trunk that features come from
 * @param trunkWeights pretrained, or empty
 * @param fold of each image, 0..4
 */
record RoundContext(ErasingSettings settings, RunFolder run, List<TaggedImage> images, List<String> tagNames,
        List<Double> mean, Engine engine, Trunk trunk, Map<String, Tensor> trunkWeights, int[] fold, WorkerPool pool) {

    /** The images as a round sees them. */
    RoundImages images(int round) {
        return new RoundImages(run, mean, round);
    }

    /** The tags of every image. */
    List<List<Integer>> tags() {
        return images.stream().map(TaggedImage::tags).toList();
    }

    /** The names of an image's tags. */
    List<String> namesOf(TaggedImage image) {
        return image.tags().stream().map(tagNames::get).toList();
    }

    /** The views that activation maps are averaged over. */
    List<View> views() {
        return View.all(settings.scales(), settings.mirrored());
    }

    int threads() {
        return settings.engine().threads();
    }

    /** A seed for one purpose of one round. */
    long seed(int round, long purpose) {
        return Seed.of(settings.seed(), round, purpose);
    }
}
